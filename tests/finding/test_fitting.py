"""What fits a time, and how Alexa tells a time."""

import pytest

from skill.finding.fitting import best_fitting, duration_seconds, shortest
from skill.talk.durations import spoken_durations
from tests.small_library import library

GUIDES = library().guides
"""Sleep: 65 seconds, parts of 40 and 20. Food: 145 seconds, one part of 140."""


@pytest.mark.parametrize(
    ("duration", "seconds"),
    [
        ("PT5M", 300),
        ("PT1H30M", 5400),
        ("PT30S", 30),
        ("P1D", 86_400),
        ("PT0M", 0),
        ("P1Y", None),
        ("P", None),
        ("PT", None),
        ("five", None),
        ("", None),
    ],
)
def test_a_duration_is_told_in_seconds(duration: str, seconds: float | None) -> None:
    assert duration_seconds(duration) == seconds


def test_every_spoken_duration_is_one_that_is_understood() -> None:
    assert all(duration_seconds(duration) for _, duration in spoken_durations())


@pytest.mark.parametrize(
    ("seconds", "heard", "slug", "section"),
    [
        (300, set(), "food", None),
        (300, {"food"}, "sleep", None),
        (300, {"food", "sleep"}, "food", None),
        (100, {"sleep"}, "sleep", None),
        (64, set(), "sleep", 0),
        (25, set(), "sleep", 1),
    ],
)
def test_the_longest_that_fits_is_chosen_and_the_unheard_first(
    seconds: float, heard: set[str], slug: str, section: int | None
) -> None:
    fitting = best_fitting(GUIDES, seconds, heard)
    assert fitting and (fitting.guide.slug, fitting.section) == (slug, section)
    assert fitting.seconds <= seconds


def test_nothing_fits_where_all_is_longer() -> None:
    assert best_fitting(GUIDES, 19, set()) is None
    assert shortest(GUIDES).seconds == 20
