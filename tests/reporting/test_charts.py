"""Where the marks of the charts lie."""

from datetime import date, timedelta

import pytest

from skill.reporting import charts
from skill.reporting.charts import MOST_RULES, PLOT, Bar, Row, ticks
from skill.reporting.figures import DropOff, GuideFigures, Step, Theme, WeekFigures
from skill.store.contract import GuideReport

WEEKS = [date(2025, 11, 24) + timedelta(weeks=number) for number in range(8)]


def week(number: int, **counts: int) -> WeekFigures:
    nothing = {"listeners": 0, "finishes": 0, "reminders_set": 0, "reminders_cancelled": 0}
    return WeekFigures(WEEKS[number], **{**nothing, **counts})


@pytest.mark.parametrize("most", [*range(60), 99, 100, 101, 4_999, 1_000_001])
def test_an_axis_has_few_round_numbers_and_room_for_the_highest(most: int) -> None:
    numbers = ticks(most)
    step = numbers[1]
    assert numbers[0] == 0 and numbers[-1] >= most and numbers[-1] - most < 2 * step
    assert numbers == tuple(range(0, numbers[-1] + 1, step))
    assert len(numbers) <= MOST_RULES + 2
    assert str(step).rstrip("0") in ("1", "2", "5")


def test_months_stand_at_their_first_monday_with_the_year_where_it_changes() -> None:
    named = [(month.x, month.name, month.year, month.odd) for month in charts.months(WEEKS)]
    assert named == [(12.5, "Dec", "2025", False), (75, "Jan", "2026", True)]
    (only,) = charts.months(WEEKS[:1])
    assert (only.x, only.name, only.year) == (0, "Nov", "2025")


def test_lines_are_high_where_many_listened() -> None:
    chart = charts.lines([week(0, listeners=4, finishes=0), week(1, listeners=2, finishes=1)])
    top = chart.rules[-1].number
    assert chart.rules[0].y == PLOT and chart.rules[-1].y == 0
    assert chart.listeners == ((25, PLOT - 4 * PLOT / top), (75, PLOT - 2 * PLOT / top))
    assert chart.finishes == ((25, PLOT), (75, PLOT - PLOT / top))


def test_reminders_are_set_upwards_and_cancelled_downwards_on_one_scale() -> None:
    chart = charts.up_and_down([week(0, reminders_set=4, reminders_cancelled=1), week(1)])
    scale = PLOT / max(rule.number for rule in chart.rules)
    assert chart.bars == (Bar(6.25, 37.5, 4 * scale, 1 * scale), Bar(56.25, 37.5, 0, 0))
    below = [rule for rule in chart.rules if rule.y > PLOT]
    assert [rule.number for rule in below] == [1]
    assert chart.height == below[0].y == PLOT + scale


@pytest.mark.parametrize(("made", "cancelled"), [(1, 0), (0, 1), (0, 7), (3, 40)])
def test_there_is_room_for_every_bar(made: int, cancelled: int) -> None:
    chart = charts.up_and_down([week(0, reminders_set=made, reminders_cancelled=cancelled)])
    (bar,) = chart.bars
    assert bar.above <= PLOT and PLOT + bar.below <= chart.height


def test_a_share_lies_in_its_stretch_and_says_so() -> None:
    voted, new = charts.helpfulness(
        [
            GuideFigures("Sleep", GuideReport("sleep", 9, 5, 3, 1)),
            GuideFigures("New", GuideReport("new", 1, 0, 0, 0)),
        ]
    )
    assert voted.told == "75%: 3 of 4 said yes; likely 30% to 95%"
    assert voted.solid == 75 and voted.low < 75 < voted.high
    assert new == Row("New", "no votes yet")


def test_the_bars_of_a_guide_go_down_like_stairs() -> None:
    rows = charts.steps(DropOff("Sleep", (Step("One", 8, 2), Step("Two", 6, 3)), 3, 1))
    assert rows == (
        Row("1. One", "2 of 8 stopped here", 75, 25),
        Row("2. Two", "3 of 6 stopped here", 37.5, 37.5),
        Row("Heard to the end", "3 of 8: 38%", 37.5),
    )


def test_the_longest_bar_is_of_the_most_questions() -> None:
    rows = charts.questions([Theme("Sleep", "Nights", 1_200), Theme("Food", "Eating", 300)])
    assert rows == (Row("Sleep", "1,200", 100), Row("Food", "300", 25))
