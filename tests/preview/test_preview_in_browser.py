"""The preview in a real Chromium: the page follows what is saved, and comes back to the change."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.listen.conftest import browser
from tests.preview.conftest import Preview, previewing
from tests.studio.conftest import Project, guide_text

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["browser"]

pytestmark = pytest.mark.heavy

LONG = [f"This is paragraph number {number} of a guide." for number in range(30)]
IN_SIGHT = """element => {
    const box = element.getBoundingClientRect();
    return box.top >= 0 && box.bottom <= innerHeight;
}"""


@pytest.fixture
def preview(project: Project) -> Iterator[Preview]:
    project.write("alpha", guide_text(*LONG, title="Alpha"))
    project.record("alpha")
    with previewing(project, "alpha", "--draft") as preview:
        yield preview


@pytest.fixture
def page(browser: "Browser", preview: Preview) -> Iterator["Page"]:
    faults: list[str] = []
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        context.on("weberror", lambda error: faults.append(str(error.error)))
        page = context.new_page()
        page.goto(f"{preview.address}/alpha/")
        page.locator("#preview").wait_for()
        yield page
    assert faults == []


def test_a_saved_sentence_is_come_back_to_and_heard_at_a_press(project: Project, page: "Page") -> None:
    page.get_by_text("Preview, with what is new in the draft voice.").wait_for()
    assert page.locator(".changed").count() == 0
    new = "This sentence was written a moment ago."
    project.write("alpha", guide_text(*LONG[:24], new, *LONG[25:], title="Alpha"))
    changed = page.locator(".changed", has_text=new)
    changed.wait_for()
    assert page.locator(".changed").count() == 1
    page.wait_for_function(IN_SIGHT, arg=changed.element_handle())
    start = float(changed.get_attribute("data-start") or 0)
    page.wait_for_function("start => Math.abs(audio.currentTime - start) < 0.05", arg=start)
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function("() => !audio.paused && audio.readyState > 2 && audio.played.length > 0")
    assert start - 0.05 <= page.evaluate("audio.played.start(0)") < start + 0.5
    page.locator("#transcript .now", has_text=new).wait_for()


def test_a_place_that_was_kept_gives_way_to_the_change_and_stays_without_one(
    project: Project, page: "Page"
) -> None:
    page.evaluate("seek.value = 30; seek.dispatchEvent(new Event('change'))")
    page.wait_for_function("Math.abs(audio.currentTime - 30) < 0.5")
    page.reload()
    page.wait_for_function("Math.abs(audio.currentTime - 30) < 0.5")
    project.write("alpha", guide_text("Another beginning.", *LONG[1:], title="Alpha"))
    page.locator(".changed").wait_for()
    page.wait_for_function("audio.currentTime < 10")
    assert page.locator("#told").inner_text() == ""


def test_a_mistake_is_on_the_page_until_it_is_mended(project: Project, page: "Page") -> None:
    good = guide_text(*LONG, title="Alpha")
    page.evaluate("scrollTo(0, 1000)")
    project.write("alpha", good.replace("topic: Nights", "topic: [Nights"))
    page.locator("#preview.amiss", has_text="alpha.md:4: front matter").wait_for()
    assert page.locator("h1").inner_text() == "Alpha"
    assert page.evaluate(IN_SIGHT, page.locator("#preview").element_handle())
    project.write("alpha", good)
    page.locator("#preview:not(.amiss)").wait_for()


def test_a_preview_that_has_ended_says_so(preview: Preview, page: "Page") -> None:
    preview.end()
    page.locator("#preview.amiss", has_text="The preview has ended.").wait_for()
