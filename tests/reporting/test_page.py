"""The report's page, parsed: all that it shows is what the store tells, and nothing of who listened."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest

from skill.library import Library, read_library
from skill.reporting.figures import wilson
from skill.reporting.page import report_page
from skill.show import read_show
from skill.store.contract import Report
from skill.store.counting import week_of
from skill.store.sqlite import SqliteStore
from tests.a_year import NOW, write_a_year
from tests.conversing import CONTENT

LIBRARY = read_library(CONTENT.parent / "audio" / "library.json")
SHOW = read_show(CONTENT / "show.toml")
LISTENERS = 300
EMPTY = {"meta", "link", "line", "rect", "circle", "path", "polyline", "polygon"}


FETCHING = {"script", "img", "iframe", "object", "image", "use", "form", "base"}


class Page(HTMLParser):
    """What is in the page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.tables: list[list[list[str]]] = []
        self.csvs: dict[str, list[list[str]]] = {}
        self.ids: list[str] = []
        self.words = ""
        self._cell = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.tags.append((tag, attributes))
        self.ids += [attributes["id"]] if "id" in attributes else []
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self._cell = True
        elif tag == "time" and self._cell:
            self.tables[-1][-1][-1] = attributes["datetime"]
            self._cell = False
        elif tag == "a":
            kind, _, data = attributes["href"].partition(",")
            assert kind == "data:text/csv;charset=utf-8"
            text = unquote_to_bytes(data).decode("utf-8-sig")
            self.csvs[attributes["download"]] = list(csv.reader(io.StringIO(text, newline="")))

    def handle_endtag(self, tag: str) -> None:
        self._cell = self._cell and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        self.words += data
        if self._cell:
            # Numbers are easier to read with a comma at the thousands, and easier to reckon with without.
            self.tables[-1][-1][-1] += re.sub(r"(?<=\d),(?=\d{3})", "", data.strip())


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    store = SqliteStore(tmp_path_factory.mktemp("year") / "listeners.sqlite3")
    with store.together():
        write_a_year(store, LIBRARY, LISTENERS)
    return store.report()


@pytest.fixture(scope="module")
def text(report: Report) -> str:
    return report_page(report, LIBRARY, SHOW, NOW)


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return Page(text)


def rows(page: Page, name: str) -> list[dict[str, str]]:
    columns, *rows = page.csvs[name]
    return [dict(zip(columns, row, strict=True)) for row in rows]


def test_every_table_is_there_as_csv_cell_by_cell(page: Page) -> None:
    assert page.tables == list(page.csvs.values())
    assert list(page.csvs) == [
        "listeners.csv",
        "helpfulness.csv",
        "where-people-stop.csv",
        "questions-without-an-answer.csv",
        "reminders.csv",
    ]


def test_the_weeks_are_those_of_the_store(page: Page, report: Report) -> None:
    told = rows(page, "listeners.csv")
    heard = {row["Week from"]: (int(row["Listeners"]), int(row["Finishes"])) for row in told}
    assert {week: counts for week, counts in heard.items() if counts != (0, 0)} == {
        week.week.isoformat(): (week.listeners, week.finishes) for week in report.weeks
    }
    assert told[-1]["Week from"] == week_of(NOW).isoformat()


def test_the_guides_are_those_of_the_store(page: Page, report: Report) -> None:
    told = {row["Guide"]: row for row in rows(page, "helpfulness.csv")}
    assert len(told) == len(report.guides) == len(LIBRARY.guides)
    for counts in report.guides:
        guide = LIBRARY.guide(counts.guide)
        assert guide
        row, likely = told[guide.title], wilson(counts.yes, counts.yes + counts.no)
        assert [int(row[column]) for column in ("Starts", "Finishes", "Yes", "No")] == [
            counts.starts,
            counts.finishes,
            counts.yes,
            counts.no,
        ]
        assert (row["Likely from (%)"], row["Likely to (%)"]) == (
            f"{100 * likely.low:.0f}",
            f"{100 * likely.high:.0f}",
        )


def test_the_stops_are_those_of_the_store(page: Page, report: Report) -> None:
    told = rows(page, "where-people-stop.csv")
    for stops in report.stops:
        guide = LIBRARY.guide(stops.guide)
        assert guide
        hers = [row for row in told if row["Guide"] == guide.title]
        assert [int(row["Stopped there"]) for row in hers[:-2]] == list(stops.sections)
        assert [int(row["Got there"]) for row in hers[:-1]][-1] == stops.finished
        assert int(hers[-1]["Stopped there"]) == stops.elsewhere
        assert int(hers[0]["Got there"]) == stops.finished + sum(stops.sections)


def test_questions_and_reminders_are_those_of_the_store(page: Page, report: Report) -> None:
    def counted(what: str) -> int:
        return sum(tally.times for tally in report.tallies if tally.what == what)

    questions, reminders = rows(page, "questions-without-an-answer.csv"), rows(page, "reminders.csv")
    assert sum(int(row["Questions"]) for row in questions) == counted("no_answer") > 0
    assert sum(int(row["Set"]) for row in reminders) == counted("reminder_kept") > 0
    assert sum(int(row["Cancelled"]) for row in reminders) == counted("reminder_cancelled") > 0


def test_it_asks_nothing_of_any_network_and_needs_no_script(page: Page, text: str) -> None:
    assert not {tag for tag, _ in page.tags} & {
        "script",
        "img",
        "iframe",
        "object",
        "image",
        "use",
        "form",
        "base",
    }
    for tag, attributes in page.tags:
        for name in ("href", "src", "srcset", "action", "xlink:href", "poster"):
            assert attributes.get(name, "data:").startswith("data:"), tag
        assert not any(name.startswith("on") for name in attributes), tag
    assert "http:" not in text and "https:" not in text and "@import" not in text
    assert set(re.findall(r"url\(([^)]*)\)", text)) == {"#hatch"}


def test_it_tells_nothing_of_any_listener(text: str) -> None:
    assert not re.search(r"listener \d", unquote_to_bytes(text).decode())


def test_every_chart_has_a_title_and_every_id_is_its_own(page: Page) -> None:
    charts = [attributes for tag, attributes in page.tags if tag == "svg" and attributes.get("role") == "img"]
    titles = [tag for tag, _ in page.tags if tag == "title"]
    assert len(charts) > 5
    # One is the page's own.
    assert len(titles) == len(charts) + 1
    assert len(set(page.ids)) == len(page.ids)
    for attributes in charts:
        assert set(attributes.get("aria-labelledby", "").split()) <= set(page.ids)


def test_every_tag_is_closed(text: str) -> None:
    open_tags: list[str] = []

    class Nesting(HTMLParser):
        def handle_starttag(self, tag: str, attrs: Any) -> None:
            if tag not in EMPTY:
                open_tags.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert open_tags.pop() == tag, self.getpos()

        def handle_startendtag(self, tag: str, attrs: Any) -> None:
            """Nothing is opened."""

    Nesting().feed(text)
    assert open_tags == []


def test_with_no_data_it_says_so_kindly(tmp_path: Path) -> None:
    page = Page(report_page(SqliteStore(tmp_path / "new.sqlite3").report(), LIBRARY, SHOW, NOW))
    assert "Nobody has heard a guide yet" in page.words and "nightfeed report --html" in page.words
    assert page.tables == [] and page.csvs == {}


def parts(report: Report) -> Iterator[Report]:
    """The report with some of it alone: a young store has not all of it."""
    yield Report(listeners=report.listeners, guides=report.guides, weeks=report.weeks)
    yield Report(guides=report.guides)
    yield Report(stops=report.stops, guides=report.guides)
    for what in ("no_answer", "reminder_kept", "reminder_cancelled"):
        yield Report(tallies=tuple(tally for tally in report.tallies if tally.what == what))


def test_what_is_not_there_yet_is_told_in_its_place(report: Report) -> None:
    for part in parts(report):
        page = Page(report_page(part, LIBRARY, SHOW, NOW))
        assert len(page.tables) == len(page.csvs) < 5
        for heading in ("Listeners and finishes", "Did it help?", "Where people stop", "Weekly reminders"):
            assert heading in page.words


def test_a_title_is_text_whatever_is_in_it(report: Report) -> None:
    name = "<script>alert('\"')</script> & naïve, “quoted”"
    first = LIBRARY.recorded[0]
    library = Library((replace(first, guide=replace(first.guide, title=name)),))
    page = Page(report_page(report, library, SHOW, NOW))
    assert not any(tag == "script" for tag, _ in page.tags)
    assert name in {row[0] for row in page.csvs["helpfulness.csv"]}
    assert name in {row[0] for row in page.tables[1]}
