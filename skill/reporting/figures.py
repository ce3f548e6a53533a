"""What the report's charts show, worked out from what the store tells. Pure."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from statistics import NormalDist

from skill.library import Library
from skill.store.contract import Counted, GuideReport, Report, Stops

CONFIDENCE = 0.95
"""How often an interval holds the true share."""
MOST_WEEKS = 57
"""That are shown: the 13 months for which hearings are kept, with the weeks at both ends."""

NO_GUIDE = "No guide came near"


@dataclass(frozen=True)
class Interval:
    """Where a share lies in all likelihood, from 0 to 1."""

    low: float
    high: float


@dataclass(frozen=True)
class WeekFigures:
    """What came to pass in one week."""

    week: date
    """Its Monday."""
    listeners: int
    finishes: int
    reminders_set: int
    reminders_cancelled: int


@dataclass(frozen=True)
class GuideFigures:
    """How a guide was received, since the beginning."""

    title: str
    counts: GuideReport

    @property
    def votes(self) -> int:
        """Yes and no."""
        return self.counts.yes + self.counts.no

    @property
    def share(self) -> float:
        """Of yes, from 0 to 1; 0 without votes."""
        return self.counts.yes / self.votes if self.votes else 0.0

    @property
    def likely(self) -> Interval | None:
        """Where the share would lie if everybody voted; None without votes."""
        return wilson(self.counts.yes, self.votes) if self.votes else None


@dataclass(frozen=True)
class Step:
    """A part of a guide, on the way through it."""

    part: str
    reached: int
    """Listeners who got there."""
    stopped: int
    """Those of them who got no further."""


@dataclass(frozen=True)
class DropOff:
    """How far the listeners of a guide have got."""

    title: str
    steps: tuple[Step, ...]
    finished: int
    elsewhere: int
    """Not finished, and no place is kept."""

    @property
    def known(self) -> int:
        """Those of whom it is known."""
        return self.finished + sum(step.stopped for step in self.steps)


@dataclass(frozen=True)
class Theme:
    """Questions that found no answer, by the guide that came nearest."""

    title: str
    topic: str
    questions: int


def wilson(yes: int, votes: int) -> Interval:
    """Wilson's score interval, without continuity correction, of one vote or more.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927; method 3 of
    R. G. Newcombe, "Two-sided confidence intervals for the single proportion", 1998. Unlike the usual one it
    holds for few votes, and for votes that all agree.
    """
    z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    share, weight = yes / votes, z * z / votes
    centre = (share + weight / 2) / (1 + weight)
    half = z / (1 + weight) * (share * (1 - share) / votes + weight / (4 * votes)) ** 0.5
    return Interval(max(0.0, centre - half), min(1.0, centre + half))


def by_week(report: Report, this_week: date) -> tuple[WeekFigures, ...]:
    """Every week from the first in which there was anything; no more than MOST_WEEKS, up to this one."""
    heard = {week.week: week for week in report.weeks}
    counted: Counter[tuple[date, str]] = Counter()
    for tally in report.tallies:
        counted[tally.week, tally.what] += tally.times
    known = [*heard, *(tally.week for tally in report.tallies)]
    weeks = _weeks(max(min(known), this_week - timedelta(weeks=MOST_WEEKS - 1)), this_week) if known else ()
    return tuple(
        WeekFigures(
            week,
            heard[week].listeners if week in heard else 0,
            heard[week].finishes if week in heard else 0,
            counted[week, Counted.REMINDER_KEPT],
            counted[week, Counted.REMINDER_CANCELLED],
        )
        for week in weeks
    )


def by_guide(report: Report, library: Library) -> tuple[GuideFigures, ...]:
    """The guide that was started most comes first."""
    guides = (GuideFigures(_title(library, counts.guide), counts) for counts in report.guides)
    return tuple(sorted(guides, key=lambda guide: (-guide.counts.starts, guide.title)))


def drop_offs(report: Report, library: Library) -> tuple[DropOff, ...]:
    """Of the guides of which any place is known; that of most listeners comes first."""
    known = (_drop_off(stops, library) for stops in report.stops)
    return tuple(sorted((each for each in known if each.known), key=lambda each: (-each.known, each.title)))


def unanswered(report: Report, library: Library, since: date) -> tuple[Theme, ...]:
    """The theme with most questions comes first."""
    times: Counter[str] = Counter()
    for tally in report.tallies:
        if tally.what == Counted.NO_ANSWER and tally.week >= since:
            times[tally.subject] += tally.times
    themes = (
        Theme(_title(library, slug) or NO_GUIDE, _topic(library, slug), count)
        for slug, count in times.items()
    )
    return tuple(sorted(themes, key=lambda theme: (-theme.questions, theme.title)))


def _weeks(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(weeks=1)


def _drop_off(stops: Stops, library: Library) -> DropOff:
    guide = library.guide(stops.guide)
    names = [*(section.heading for section in guide.sections), "Top tip"] if guide else []
    # The guide may have had more parts when she heard it; and a place at its tip is rare.
    count = max(len(names) - 1, len(stops.sections))
    names += [f"Part {number + 1}" for number in range(len(names), count)]
    stopped = [*stops.sections, *[0] * (count - len(stops.sections))]
    gone = [0, *accumulate(stopped)]
    known = stops.finished + sum(stopped)
    steps = tuple(Step(names[each], known - gone[each], stopped[each]) for each in range(count))
    return DropOff(_title(library, stops.guide), steps, stops.finished, stops.elsewhere)


def _title(library: Library, slug: str) -> str:
    guide = library.guide(slug)
    return guide.title if guide else slug


def _topic(library: Library, slug: str) -> str:
    guide = library.guide(slug)
    return guide.topic if guide else ""
