"""The report of any store, counted listener by listener. Pure."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from skill.bookmark import Bookmark
from skill.store.contract import GuideReport, Hearing, Listener, Report, Stops, Tally, Week

COUNTS = ("starts", "finishes", "yes", "no")
"""Of a GuideReport."""
FINISHED, ELSEWHERE = "finished", "elsewhere"
"""As Stops has them."""


def week_of(at: datetime) -> date:
    """The Monday of its week, in UTC."""
    day = at.astimezone(UTC).date()
    return day - timedelta(days=day.weekday())


def counts_of(hearing: Hearing) -> dict[str, int]:
    """What the hearing adds to its guide's counts."""
    counted = (True, hearing.finished is not None, hearing.helpful is True, hearing.helpful is False)
    return dict(zip(COUNTS, map(int, counted), strict=True))


class Counting:
    """A report that is being counted."""

    def __init__(self) -> None:
        self._listeners = 0
        self._guides: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._weeks: defaultdict[date, Counter[str]] = defaultdict(Counter)
        self._stops: defaultdict[str, Counter[int | str]] = defaultdict(Counter)
        self._tallies: list[Tally] = []

    def add_listener(self, listener: Listener) -> None:
        """Her hearings, and her place."""
        self._listeners += bool(listener.hearings)
        weeks: set[date] = set()
        for hearing in listener.hearings:
            self.add_past(hearing.guide, counts_of(hearing))
            self._stops[hearing.guide][_reached(hearing, listener.bookmark)] += 1
            weeks.add(week_of(hearing.started))
            if hearing.finished:
                weeks.add(week_of(hearing.finished))
                self._weeks[week_of(hearing.finished)]["finishes"] += 1
        for week in weeks:
            self._weeks[week]["listeners"] += 1

    def add_past(self, guide: str, counts: Mapping[str, int]) -> None:
        """What is counted of a guide already."""
        self._guides[guide].update(counts)

    def add_tally(self, tally: Tally) -> None:
        """Something that was counted without a listener."""
        self._tallies.append(tally)

    def report(self) -> Report:
        """All of it, in order."""
        return Report(
            listeners=self._listeners,
            guides=tuple(
                GuideReport(guide, *(counts[count] for count in COUNTS))
                for guide, counts in sorted(self._guides.items())
            ),
            weeks=tuple(
                Week(week, counts["listeners"], counts["finishes"])
                for week, counts in sorted(self._weeks.items())
            ),
            stops=tuple(_stops(guide, counts) for guide, counts in sorted(self._stops.items())),
            tallies=tuple(sorted(self._tallies)),
        )


def _reached(hearing: Hearing, place: Bookmark | None) -> int | str:
    """The section that she has got to; or, in a word, where else she is."""
    if hearing.finished:
        return FINISHED
    return place.section if place and place.guide == hearing.guide else ELSEWHERE


def _stops(guide: str, counts: Counter[int | str]) -> Stops:
    last = max((section for section in counts if isinstance(section, int)), default=-1)
    sections = tuple(counts[section] for section in range(last + 1))
    return Stops(guide, counts[FINISHED], sections, counts[ELSEWHERE])
