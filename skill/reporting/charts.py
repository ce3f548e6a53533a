"""Where the marks of a chart lie: percent of its width, pixels of its height. Pure; templates draw them.

Widths in percent let one drawing fit a telephone and a sheet of paper without its letters shrinking.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

from skill.reporting.figures import DropOff, GuideFigures, Theme, WeekFigures

PLOT = 200.0
"""Height of what lies between a chart's axes."""
MOST_RULES = 4
"""Above the zero line."""
GAP = 0.25
"""Of the room of a bar, that is left free beside it."""
JANUARY = 1
LAST_DAY_OF_A_FIRST_WEEK = 7


@dataclass(frozen=True)
class Rule:
    """A line across the chart, with its number."""

    y: float
    number: int


@dataclass(frozen=True)
class Month:
    """Where a month begins."""

    x: float
    name: str
    year: str
    """Empty but for the first one and for January."""
    odd: bool
    """January, March …: where there is room for every second name only."""


@dataclass(frozen=True)
class Lines:
    """Listeners and finishes over the weeks."""

    rules: tuple[Rule, ...]
    months: tuple[Month, ...]
    listeners: tuple[tuple[float, float], ...]
    """Points."""
    finishes: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Bar:
    """Of a chart over the weeks."""

    x: float
    width: float
    above: float
    """Pixels above the zero line."""
    below: float


@dataclass(frozen=True)
class UpAndDown:
    """Reminders set, upwards, and cancelled, downwards; the zero line is at PLOT."""

    rules: tuple[Rule, ...]
    months: tuple[Month, ...]
    height: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Row:
    """A line of a chart that lies: its name, a bar or a stretch, and what that says."""

    name: str
    told: str
    solid: float = 0.0
    """Percent."""
    hatched: float = 0.0
    """Percent, behind the solid ones."""
    low: float = 0.0
    """Percent at which an uncertain stretch begins; the dot in it is at `solid`."""
    high: float = 0.0


def lines(weeks: Sequence[WeekFigures]) -> Lines:
    """Two lines over one zero line."""
    numbers = ticks(max(max(week.listeners, week.finishes) for week in weeks))
    scale = PLOT / numbers[-1]
    return Lines(
        tuple(Rule(PLOT - number * scale, number) for number in numbers),
        months([week.week for week in weeks]),
        _points([week.listeners * scale for week in weeks]),
        _points([week.finishes * scale for week in weeks]),
    )


def up_and_down(weeks: Sequence[WeekFigures]) -> UpAndDown:
    """Bars above and below the zero line, on one scale."""
    lowest = max(week.reminders_cancelled for week in weeks)
    numbers = ticks(max(lowest, *(week.reminders_set for week in weeks)))
    scale = PLOT / numbers[-1]
    # Below the zero line, as much room as is needed.
    under = [number for number, before in zip(numbers[1:], numbers, strict=False) if before < lowest]
    room = 100 / len(weeks)
    return UpAndDown(
        tuple(Rule(PLOT - number * scale, abs(number)) for number in [*numbers, *(-each for each in under)]),
        months([week.week for week in weeks]),
        PLOT + max(under, default=0) * scale,
        tuple(
            Bar(
                (position + GAP / 2) * room,
                (1 - GAP) * room,
                week.reminders_set * scale,
                week.reminders_cancelled * scale,
            )
            for position, week in enumerate(weeks)
        ),
    )


def helpfulness(guides: Sequence[GuideFigures]) -> tuple[Row, ...]:
    """A dot a guide, in the stretch in which it lies in all likelihood."""
    return tuple(_share(guide) for guide in guides)


def steps(guide: DropOff) -> tuple[Row, ...]:
    """A bar a part: who went on, and, behind them, who stopped."""
    parts = [
        Row(
            f"{number}. {step.part}",
            f"{step.stopped:,} of {step.reached:,} stopped here",
            100 * (step.reached - step.stopped) / guide.known,
            100 * step.stopped / guide.known,
        )
        for number, step in enumerate(guide.steps, start=1)
    ]
    share = 100 * guide.finished / guide.known
    told = f"{guide.finished:,} of {guide.known:,}: {share:.0f}%"
    return (*parts, Row("Heard to the end", told, share))


def questions(themes: Sequence[Theme]) -> tuple[Row, ...]:
    """A bar a theme."""
    most = max(theme.questions for theme in themes)
    return tuple(Row(theme.title, f"{theme.questions:,}", 100 * theme.questions / most) for theme in themes)


def ticks(most: int) -> tuple[int, ...]:
    """Round numbers from 0 to that one or a little more: 1, 2 or 5, or tens of them, apart."""
    steps = (digit * 10**power for power in count() for digit in (1, 2, 5))
    step = next(step for step in steps if step * MOST_RULES >= most)
    return tuple(range(0, max(most, 1) + step, step))


def months(weeks: Sequence[date]) -> tuple[Month, ...]:
    """Each at the first Monday in it; the first week, where there is no such Monday among the weeks."""
    begun = [week for week in weeks if week.day <= LAST_DAY_OF_A_FIRST_WEEK] or weeks[:1]
    return tuple(
        Month(
            100 * weeks.index(week) / len(weeks),
            f"{week:%b}",
            f"{week:%Y}" if week == begun[0] or week.month == JANUARY else "",
            week.month % 2 == 1,
        )
        for week in begun
    )


def _points(heights: Sequence[float]) -> tuple[tuple[float, float], ...]:
    """Each in the middle of its week."""
    return tuple(
        (100 * (position + 0.5) / len(heights), PLOT - height) for position, height in enumerate(heights)
    )


def _share(guide: GuideFigures) -> Row:
    likely = guide.likely
    if not likely:
        return Row(guide.title, "no votes yet")
    votes = f"{guide.counts.yes:,} of {guide.votes:,} said yes"
    told = f"{guide.share:.0%}: {votes}; likely {likely.low:.0%} to {likely.high:.0%}"
    return Row(guide.title, told, 100 * guide.share, low=100 * likely.low, high=100 * likely.high)
