"""The report's page: one file with all that it needs, which asks nothing of any network. Pure."""

from datetime import date, datetime
from typing import Any

import jinja2

from skill.library import Library
from skill.reporting import charts, tables
from skill.reporting.figures import by_guide, by_week, drop_offs, unanswered, wilson
from skill.show import Show
from skill.store.contract import Report
from skill.store.counting import week_of


def report_page(report: Report, library: Library, show: Show, now: datetime) -> str:
    """The page, as it is made now."""
    weeks, guides = by_week(report, week_of(now)), by_guide(report, library)
    stops = drop_offs(report, library)
    themes = unanswered(report, library, weeks[0].week) if weeks else ()
    votes = sum(guide.votes for guide in guides)
    return (
        _templates()
        .get_template("report.html")
        .render(
            show=show,
            now=now,
            listeners=report.listeners,
            weeks=weeks,
            guides=guides,
            stops=stops,
            themes=themes,
            votes=votes,
            likely=wilson(sum(guide.counts.yes for guide in guides), votes) if votes else None,
            charts=charts,
            tables=tables,
        )
    )


def shown(cell: tables.Cell) -> str:
    """As people of these islands write it."""
    if isinstance(cell, date):
        return f"{cell.day} {cell:%b %Y}"
    return f"{cell:,}" if isinstance(cell, int) else cell


def pixels(number: float) -> str:
    """As short as it can be without being seen."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _templates() -> jinja2.Environment:
    templates = jinja2.Environment(
        loader=jinja2.PackageLoader("skill.reporting"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    filters: dict[str, Any] = {"shown": shown, "percent": tables.percent, "pixels": pixels}
    templates.filters |= filters
    return templates
