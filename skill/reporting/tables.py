"""The figures behind each chart, as a table and as CSV: the same cells in both. Pure."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from skill.reporting.figures import DropOff, GuideFigures, Theme, WeekFigures

Cell = str | int | date


@dataclass(frozen=True)
class Table:
    """Rows of one kind."""

    name: str
    """Of the CSV file, without its ending."""
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def csv(self) -> str:
        """As RFC 4180 has it; dates as ISO 8601 has them."""
        out = io.StringIO()
        csv.writer(out).writerows([self.columns, *self.rows])
        return out.getvalue()

    @property
    def link(self) -> str:
        """The CSV as the address of itself. It begins with a mark by which Excel knows UTF-8."""
        return f"data:text/csv;charset=utf-8,{quote(self.csv.encode('utf-8-sig'))}"


def listening(weeks: Sequence[WeekFigures]) -> Table:
    """Listeners and finishes by week."""
    rows = tuple((week.week, week.listeners, week.finishes) for week in weeks)
    return Table("listeners", ("Week from", "Listeners", "Finishes"), rows)


def helpfulness(guides: Sequence[GuideFigures]) -> Table:
    """What became of each guide; shares in percent."""
    columns = ("Guide", "Starts", "Finishes", "Yes", "No", "Yes (%)", "Likely from (%)", "Likely to (%)")
    rows = []
    for guide in guides:
        counts, likely = guide.counts, guide.likely
        shares = [percent(guide.share), percent(likely.low), percent(likely.high)] if likely else [""] * 3
        rows.append((guide.title, counts.starts, counts.finishes, counts.yes, counts.no, *shares))
    return Table("helpfulness", columns, tuple(rows))


def stops(guides: Sequence[DropOff]) -> Table:
    """Where listeners of each guide are."""
    rows: list[tuple[Cell, ...]] = []
    for guide in guides:
        rows += [(guide.title, step.part, step.reached, step.stopped) for step in guide.steps]
        rows.append((guide.title, "Heard to the end", guide.finished, ""))
        rows.append((guide.title, "Not known where", "", guide.elsewhere))
    return Table("where-people-stop", ("Guide", "Part", "Got there", "Stopped there"), tuple(rows))


def questions(themes: Sequence[Theme]) -> Table:
    """Questions without an answer, by theme."""
    rows = tuple((theme.title, theme.topic, theme.questions) for theme in themes)
    return Table("questions-without-an-answer", ("Nearest guide", "Its theme", "Questions"), rows)


def reminders(weeks: Sequence[WeekFigures]) -> Table:
    """Reminders by week."""
    rows = tuple((week.week, week.reminders_set, week.reminders_cancelled) for week in weeks)
    return Table("reminders", ("Week from", "Set", "Cancelled"), rows)


def percent(share: float) -> int:
    """The share, from 0 to 1, in whole percent."""
    return round(100 * share)
