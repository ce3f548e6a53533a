"""Where one answer begins and ends: pure decisions."""

from dataclasses import replace

import pytest

from skill.bookmark import Bookmark
from skill.dialogue.reading import Portion, portion_at, reached, seconds_left
from tests.small_library import library

SLEEP, FOOD = library().guides


def files(portion: Portion) -> list[str]:
    return [clip.file for clip in portion.clips]


def test_a_section_that_fits_is_read_whole_and_leads_to_the_next() -> None:
    portion = portion_at(SLEEP, Bookmark("sleep"))
    assert files(portion) == ["sleep/part-1-lead-1.mp3", "sleep/part-1-lead-2.mp3"]
    assert portion.next == Bookmark("sleep", 1)
    assert portion.ends_section


def test_a_section_of_more_than_five_clips_is_read_in_two_goes() -> None:
    portion = portion_at(FOOD, Bookmark("food"))
    assert len(portion.clips) == 5
    assert portion.next == Bookmark("food", 0, 5)
    assert not portion.ends_section
    assert len(portion_at(FOOD, portion.next).clips) == 2


def test_clips_of_more_than_240_seconds_together_are_read_in_two_goes() -> None:
    (first, *others) = FOOD.sections[0].lead
    long = replace(first, clips=(replace(first.clips[0], seconds=119),))
    guide = replace(FOOD, sections=(replace(FOOD.sections[0], lead=(long, long, *others)),))
    assert sum(clip.seconds for clip in portion_at(guide, Bookmark("food")).clips) == 238


def test_deeper_passages_lead_back_to_the_path() -> None:
    portion = portion_at(SLEEP, Bookmark("sleep", 0, deeper=True))
    assert files(portion) == ["sleep/part-1-more-1.mp3", "sleep/part-1-more-2.mp3"]
    assert portion.next == Bookmark("sleep", 1)


def test_the_tip_is_the_end() -> None:
    assert portion_at(SLEEP, Bookmark("sleep", 2)).next is None


@pytest.mark.parametrize(
    "lost",
    [
        Bookmark("sleep", 9),
        Bookmark("sleep", -1),
        Bookmark("sleep", 0, 99),
        Bookmark("sleep", 0, -3),
        Bookmark("sleep", 1, deeper=True),
        Bookmark("sleep", 2, 4, deeper=True),
    ],
)
def test_a_bookmark_that_the_guide_no_longer_has_leads_to_a_place_that_it_has(lost: Bookmark) -> None:
    assert portion_at(SLEEP, lost).clips


@pytest.mark.parametrize(
    ("elapsed", "place"),
    [
        (0, Bookmark("sleep", 0, 0)),
        (19.9, Bookmark("sleep", 0, 0)),
        (20.1, Bookmark("sleep", 0, 1)),
        (38.5, Bookmark("sleep", 0, 1)),
        (39.5, Bookmark("sleep", 1)),
        (99_999, Bookmark("sleep", 1)),
    ],
)
def test_time_tells_how_far_a_listener_got(elapsed: float, place: Bookmark) -> None:
    assert reached(portion_at(SLEEP, Bookmark("sleep")), elapsed) == place


def test_what_is_left_counts_the_path_and_the_tip() -> None:
    assert seconds_left(SLEEP, Bookmark("sleep")) == 65
    assert seconds_left(SLEEP, Bookmark("sleep", 0, deeper=True)) == 65
    assert seconds_left(SLEEP, Bookmark("sleep", 1)) == 25
    assert seconds_left(SLEEP, Bookmark("sleep", 2)) == 5
