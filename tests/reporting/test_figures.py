"""The figures behind the report's charts."""

from datetime import date, timedelta

import pytest

from skill.reporting.figures import (
    MOST_WEEKS,
    Step,
    Theme,
    WeekFigures,
    by_guide,
    by_week,
    drop_offs,
    unanswered,
    wilson,
)
from skill.store.contract import GuideReport, Report, Stops, Tally, Week
from tests.small_library import library

LIBRARY = library()
FIRST = date(2026, 2, 23)
NEXT = timedelta(weeks=1)
ROUNDING = 1e-12


@pytest.mark.parametrize(
    ("yes", "votes", "low", "high"),
    [
        # Newcombe (1998), table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilsons_interval_is_as_published(yes: int, votes: int, low: float, high: float) -> None:
    found = wilson(yes, votes)
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.00005)
    # No counts as yes does, the other way round.
    turned = wilson(votes - yes, votes)
    assert (turned.low, turned.high) == pytest.approx((1 - high, 1 - low), abs=0.00005)


@pytest.mark.parametrize("votes", [1, 2, 3, 10, 1000, 10**6])
def test_an_interval_holds_its_share_and_stays_between_none_and_all(votes: int) -> None:
    for yes in {0, 1, votes // 2, votes - 1, votes}:
        found = wilson(yes, votes)
        assert 0 <= found.low < found.high <= 1
        assert found.low - ROUNDING <= yes / votes <= found.high + ROUNDING


def test_a_week_in_which_nothing_was_is_told_too() -> None:
    report = Report(
        weeks=(Week(FIRST, 3, 1), Week(FIRST + 2 * NEXT, 1, 2)),
        tallies=(
            Tally(FIRST + NEXT, "reminder_kept", "", 2),
            Tally(FIRST + 2 * NEXT, "reminder_cancelled", "", 1),
            Tally(FIRST, "no_answer", "sleep", 5),
            Tally(FIRST, "told by a newer program", "", 7),
        ),
    )
    assert by_week(report, FIRST + 3 * NEXT) == (
        WeekFigures(FIRST, 3, 1, 0, 0),
        WeekFigures(FIRST + NEXT, 0, 0, 2, 0),
        WeekFigures(FIRST + 2 * NEXT, 1, 2, 0, 1),
        WeekFigures(FIRST + 3 * NEXT, 0, 0, 0, 0),
    )


def test_no_more_weeks_are_told_than_hearings_are_kept_for() -> None:
    old = Report(
        tallies=(Tally(FIRST - 200 * NEXT, "reminder_kept", "", 9), Tally(FIRST, "reminder_kept", "", 1))
    )
    weeks = by_week(old, FIRST)
    assert len(weeks) == MOST_WEEKS
    assert sum(week.reminders_set for week in weeks) == 1


def test_without_anything_there_are_no_figures() -> None:
    assert by_week(Report(), FIRST) == ()
    assert (
        by_guide(Report(), LIBRARY)
        == drop_offs(Report(), LIBRARY)
        == unanswered(Report(), LIBRARY, FIRST)
        == ()
    )


def test_guides_come_by_starts_under_their_titles() -> None:
    report = Report(
        guides=(
            GuideReport("food", 2, 1, 0, 0),
            GuideReport("gone", 1, 0, 0, 1),
            GuideReport("sleep", 9, 5, 3, 1),
        )
    )
    guides = by_guide(report, LIBRARY)
    assert [guide.title for guide in guides] == ["Sleeping well", "First foods", "gone"]
    assert [guide.share for guide in guides] == [0.75, 0, 0]
    assert guides[0].likely == wilson(3, 4)
    assert guides[1].likely is None


def test_a_drop_off_tells_of_each_part_who_got_there_and_who_stopped() -> None:
    (guide,) = drop_offs(Report(stops=(Stops("sleep", 4, (3,), 2),)), LIBRARY)
    assert guide.steps == (Step("Why babies wake", 7, 3), Step("A calm evening", 4, 0))
    assert (guide.title, guide.known, guide.finished, guide.elsewhere) == ("Sleeping well", 7, 4, 2)


def test_a_drop_off_knows_the_tip_and_parts_that_are_no_more() -> None:
    stops = (Stops("food", 0, (1, 0, 2), 0), Stops("gone", 1, (1, 1), 0), Stops("sleep", 0, (), 3))
    gone_on, gone = drop_offs(Report(stops=stops), LIBRARY)
    assert gone_on.steps == (Step("Starting slowly", 3, 1), Step("Top tip", 2, 0), Step("Part 3", 2, 2))
    assert gone.steps == (Step("Part 1", 3, 1), Step("Part 2", 2, 1))
    assert gone.title == "gone"


def test_questions_without_an_answer_come_by_the_theme_of_the_nearest_guide() -> None:
    tallies = (
        Tally(FIRST - NEXT, "no_answer", "sleep", 50),
        Tally(FIRST, "no_answer", "", 1),
        Tally(FIRST, "no_answer", "sleep", 2),
        Tally(FIRST, "reminder_kept", "", 9),
        Tally(FIRST + NEXT, "no_answer", "food", 1),
        Tally(FIRST + NEXT, "no_answer", "sleep", 3),
    )
    assert unanswered(Report(tallies=tallies), LIBRARY, FIRST) == (
        Theme("Sleeping well", "Nights", 5),
        Theme("First foods", "Eating", 1),
        Theme("No guide came near", "", 1),
    )
