"""The report's page in a real Chromium: for everyone, on a telephone and on paper, from the one file."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from skill.library import read_library
from skill.reporting.page import report_page
from skill.show import read_show
from skill.store.contract import Report
from skill.store.sqlite import SqliteStore
from tests.a_year import NOW, write_a_year
from tests.conversing import CONTENT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.heavy

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NAMES = """selector => [...document.querySelectorAll(selector)].map(each => each.getBoundingClientRect())
    .filter(({width}) => width).map(({left, right}) => [left, right])"""
CUT_OFF = """[...document.querySelectorAll("svg text, svg circle, .told, .name")]
    .filter(each => each.getBoundingClientRect().right > innerWidth || each.getBoundingClientRect().left < 0)
    .map(each => each.outerHTML)"""
UNPAINTED = """selector => [...document.querySelectorAll(selector)]
    .filter(each => !each.checkVisibility({contentVisibilityAuto: true}) || !each.offsetHeight).length"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the page of a year, and that of nothing."""
    folder = tmp_path_factory.mktemp("report")
    library, show = read_library(CONTENT.parent / "audio" / "library.json"), read_show(CONTENT / "show.toml")
    store = SqliteStore(folder / "listeners.sqlite3")
    with store.together():
        write_a_year(store, library, listeners=400)
    for name, report in (("year", store.report()), ("nothing", Report())):
        (folder / f"{name}.html").write_text(report_page(report, library, show, NOW), encoding="utf-8")
    return folder


@contextmanager
def reading(browser: "Browser", path: Path, width: int = 390, scheme: Any = "light") -> "Iterator[Page]":
    """Without JavaScript of its own; it ends with a look for faults, and for requests."""
    asked: list[str] = []
    faults: list[str] = []
    with browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme) as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda told: faults.append(told.text) if told.type == "error" else None)
        page.goto(path.as_uri())
        yield page
        assert asked == [path.as_uri()]
        assert faults == []


@pytest.mark.parametrize("name", ["year", "nothing"])
@pytest.mark.parametrize("scheme", ["dark", "light"])
@pytest.mark.parametrize("width", [320, 1280])
def test_nobody_is_shut_out(browser: "Browser", pages: Path, name: str, scheme: str, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    with reading(browser, pages / f"{name}.html", width, scheme) as page:
        for summary in page.locator("summary").all():
            summary.click()
        found = axe.run(page, options={"runOnly": {"type": "tag", "values": RULES}})
        told = [
            (rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found.response["violations"]
        ]
        assert told == []
        assert len(found.response["passes"]) > 10
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_is_cut_off_and_no_month_covers_another(browser: "Browser", pages: Path, width: int) -> None:
    with reading(browser, pages / "year.html", width) as page:
        assert page.evaluate(CUT_OFF) == []
        shown = page.evaluate(NAMES, "section:first-of-type g text:first-of-type")
        assert len(shown) >= 6
        assert all(right < left for (_, right), (left, _) in pairwise(shown))


def test_the_csv_comes_out_of_the_file_itself(browser: "Browser", pages: Path, tmp_path: Path) -> None:
    with reading(browser, pages / "year.html") as page:
        with page.expect_download() as downloading:
            page.get_by_role("link", name="listeners and finishes").click()
        downloading.value.save_as(tmp_path / "kept.csv")
        assert downloading.value.suggested_filename == "listeners.csv"
        lines = (tmp_path / "kept.csv").read_text(encoding="utf-8-sig").splitlines()
        assert lines[0] == "Week from,Listeners,Finishes"
        assert len(lines) == 1 + page.locator("table").first.locator("tbody tr").count()


def test_a_screen_reader_finds_each_chart_with_what_it_shows(browser: "Browser", pages: Path) -> None:
    with reading(browser, pages / "year.html") as page:
        chart = page.get_by_role("img", name="Listeners and finishes, week by week")
        assert chart.count() == 1
        page.get_by_text("The figures of listeners and finishes").first.click()
        assert page.get_by_role("table", name="The figures of listeners and finishes").count() == 1


def test_on_paper_every_table_is_open_and_no_button_is_left(browser: "Browser", pages: Path) -> None:
    with reading(browser, pages / "year.html", 794, "dark") as page:
        assert page.evaluate(UNPAINTED, "table") == 5
        page.emulate_media(media="print")
        # What was hidden is laid out with the next frame.
        while page.evaluate(UNPAINTED, "table"):
            page.wait_for_timeout(50)
        assert page.evaluate(UNPAINTED, ".button") == 5
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(34, 34, 43)"
        assert page.pdf(format="A4").startswith(b"%PDF")
