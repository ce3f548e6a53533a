"""The listening pages in a real Chromium: played, followed, stopped, come back to, offline, for everyone."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from skill.library import Chapter, Sentence, read_library
from tests.server import PROJECT, Server, nightfeed, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.heavy

GUIDE, OTHER = read_library(PROJECT / "audio" / "library.json").guides
assert GUIDE.episode
CHAPTERS: tuple[Chapter, ...] = GUIDE.episode.chapters
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AT_HOUR = "Date.prototype.getHours = () => %d;"
MEDIA_SESSION = """
window.handlers = {};
navigator.mediaSession.setActionHandler = (name, action) => { handlers[name] = action; };
"""

METADATA = """(({title, artist, album, artwork}) => [title, artist, album, artwork[0].src])(
    navigator.mediaSession.metadata
)"""
IS_KEPT = """async () => {
    const files = await (await caches.open("guides")).keys();
    return ["/", ".mp3", ".jpg"].every((ending) => files.some(({url}) => url.endsWith(ending)));
}"""
TARGETS = "button, select, summary, .chapters a, #seek, .home"
TOO_SMALL = """selector => [...document.querySelectorAll(selector)]
    .filter(each => each.offsetParent && (each.offsetHeight < 34 || each.offsetWidth < 44))
    .map(each => each.outerHTML)"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("pages")) as server:
        yield server


@contextmanager
def visiting(
    browser: "Browser",
    server: Server,
    path: str = f"/{GUIDE.slug}/",
    width: int = 390,
    height: int = 844,
    scheme: Any = "dark",
    hour: int = 12,
    script: bool = True,
) -> Iterator["Page"]:
    """A visit that ends with a look for faults, and for requests to others."""
    faults: list[str] = []
    hosts: set[str | None] = set()
    with browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, java_script_enabled=script
    ) as context:
        context.add_init_script(AT_HOUR % hour)
        context.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
        context.on("console", lambda message: faults.append(message.text))
        context.on("weberror", lambda error: faults.append(str(error.error)))
        page = context.new_page()
        page.goto(f"{server.address}{path}")
        yield page
    assert faults == [] and hosts <= {"127.0.0.1"}


@pytest.fixture
def page(browser: "Browser", server: Server) -> Iterator["Page"]:
    """A guide's page, on a telephone."""
    with visiting(browser, server) as page:
        yield page


def now(page: "Page") -> float:
    return float(page.evaluate("audio.currentTime"))


def seconds(page: "Page", seconds: float) -> None:
    """Go there as one who drags does."""
    page.evaluate("at => { seek.value = at; seek.dispatchEvent(new Event('change')); }", seconds)
    page.wait_for_function("at => Math.abs(audio.currentTime - at) < 0.5 && !audio.seeking", arg=seconds)


def button(page: "Page", name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def wait_for_sound(page: "Page") -> None:
    page.wait_for_function("() => !audio.paused && audio.currentTime > 0.3 && audio.readyState > 2")


def sentence_at(moment: float) -> Sentence:
    spoken = [each for chapter in CHAPTERS for paragraph in chapter.paragraphs for each in paragraph]
    return next(each for each in reversed(spoken) if each.start <= moment)


# hearing


def test_one_press_plays_and_another_stops(page: "Page") -> None:
    button(page, "Play")
    wait_for_sound(page)
    button(page, "Pause")
    page.get_by_role("button", name="Play", exact=True).wait_for()
    assert page.evaluate("audio.paused")
    assert not page.evaluate("audio.controls")


def test_a_part_is_gone_to_by_its_name(page: "Page") -> None:
    page.get_by_role("link", name=CHAPTERS[2].title).click()
    wait_for_sound(page)
    assert CHAPTERS[2].start <= now(page) < CHAPTERS[2].start + 5
    assert page.locator(".chapters [aria-current]").inner_text().startswith(CHAPTERS[2].title)
    assert page.locator("#part").inner_text() == CHAPTERS[2].title
    assert urlsplit(page.url).path == f"/{GUIDE.slug}/"


def test_the_words_follow_the_voice_into_sight(page: "Page") -> None:
    button(page, "Play")
    seconds(page, CHAPTERS[1].start + 1)
    page.locator("#transcript .now", has_text=CHAPTERS[1].title).wait_for()
    page.locator("#transcript .now").scroll_into_view_if_needed()
    moved = page.evaluate("scrollY")
    later = sentence_at(CHAPTERS[1].start + 60)
    seconds(page, later.start + 0.2)
    page.locator("#transcript .now", has_text=later.text).wait_for()
    page.wait_for_function("before => scrollY > before", arg=moved)
    page.wait_for_function("""() => {
        const box = document.querySelector(".now[data-start]").getBoundingClientRect();
        return box.top >= 0 && box.bottom <= player.getBoundingClientRect().top;
    }""")


def test_a_sentence_that_is_tapped_is_heard(page: "Page") -> None:
    sentence = CHAPTERS[1].paragraphs[1][1]
    page.get_by_text(sentence.text, exact=True).click()
    wait_for_sound(page)
    assert sentence.start - 0.1 <= now(page) < sentence.start + 4


def test_back_and_forward_go_fifteen_seconds_and_next_and_previous_a_part(page: "Page") -> None:
    button(page, "Forward 15 seconds")
    assert now(page) == pytest.approx(15, abs=0.3)
    button(page, "Back 15 seconds")
    assert now(page) == pytest.approx(0, abs=0.3)
    button(page, "Next part")
    button(page, "Next part")
    assert now(page) == pytest.approx(CHAPTERS[2].start, abs=0.1)
    seconds(page, CHAPTERS[2].start + 10)
    button(page, "Previous part")
    assert now(page) == pytest.approx(CHAPTERS[2].start, abs=0.1)
    button(page, "Previous part")
    assert now(page) == pytest.approx(CHAPTERS[1].start, abs=0.1)


def test_keys_do_what_buttons_do(page: "Page") -> None:
    page.keyboard.press(" ")
    wait_for_sound(page)
    page.keyboard.press("k")
    assert page.evaluate("audio.paused")
    before = now(page)
    page.keyboard.press("ArrowRight")
    assert now(page) == pytest.approx(before + 15, abs=0.3)
    page.keyboard.press("n")
    assert now(page) == pytest.approx(CHAPTERS[2].start, abs=0.1)


def test_it_is_heard_as_fast_as_she_likes_the_next_time_too(page: "Page") -> None:
    page.get_by_label("Speed").select_option("1.5")
    assert page.evaluate("audio.playbackRate") == 1.5
    page.reload()
    assert page.get_by_label("Speed").input_value() == "1.5"
    assert page.evaluate("audio.playbackRate") == 1.5


def test_it_stops_after_this_part_where_that_was_wished(page: "Page") -> None:
    seconds(page, CHAPTERS[2].start - 1.5)
    button(page, "Stop after this part")
    button(page, "Play")
    page.get_by_text("Stopped after this part. Sleep well.").wait_for()
    assert page.evaluate("audio.paused")
    assert now(page) == pytest.approx(CHAPTERS[2].start, abs=1)
    button(page, "Play")
    wait_for_sound(page)
    page.wait_for_timeout(1500)
    assert not page.evaluate("audio.paused")


def test_the_place_is_kept_on_this_device_and_told_at_home(page: "Page", server: Server) -> None:
    seconds(page, 61)
    button(page, "Play")
    wait_for_sound(page)
    page.reload()
    page.get_by_text("You had got to 1:0").wait_for()
    assert 60 < now(page) < 75
    assert page.locator(".chapters [aria-current]").inner_text().startswith(CHAPTERS[1].title)
    page.goto(server.address)
    page.get_by_text("you are at 1:0").wait_for()


def test_a_guide_heard_to_its_end_begins_anew(page: "Page") -> None:
    assert GUIDE.episode
    seconds(page, GUIDE.episode.seconds - 0.7)
    button(page, "Play")
    page.wait_for_function("() => audio.ended")
    page.reload()
    assert now(page) == 0


def test_the_lock_screen_shows_the_part_and_its_keys_work(browser: "Browser", server: Server) -> None:
    with browser.new_context() as context:
        context.add_init_script(MEDIA_SESSION)
        page = context.new_page()
        page.goto(f"{server.address}/{GUIDE.slug}/")
        page.evaluate("handlers.nexttrack()")
        told = page.evaluate(METADATA)
        assert told[:3] == [CHAPTERS[1].title, GUIDE.title, "Nightfeed"]
        assert context.request.get(told[3]).headers["content-type"] == "image/jpeg"
        page.evaluate("handlers.play()")
        wait_for_sound(page)
        page.evaluate("handlers.pause()")
        assert page.evaluate("audio.paused")
        page.evaluate("handlers.seekforward()")
        assert now(page) > CHAPTERS[1].start + 14
        page.evaluate("handlers.previoustrack()")
        assert now(page) == pytest.approx(CHAPTERS[1].start, abs=0.1)


# offline


def opened(context: "BrowserContext", address: str) -> "Page":
    """The guide's page, once all of it is kept."""
    page = context.new_page()
    page.goto(address)
    while not page.evaluate(IS_KEPT):
        page.wait_for_timeout(50)
    return page


def test_a_guide_that_was_opened_plays_without_a_network(browser: "Browser", tmp_path: Path) -> None:
    with browser.new_context() as context:
        with serving(tmp_path) as server:
            address = f"{server.address}/{GUIDE.slug}/"
            opened(context, address).close()
        page = context.new_page()
        page.goto(address)
        assert page.locator("h1").inner_text() == GUIDE.title
        button(page, "Play")
        wait_for_sound(page)
        seconds(page, 150)
        wait_for_sound(page)
        page.goto(server.address)
        assert page.get_by_text(OTHER.title).is_visible()


def test_a_recording_begun_without_a_network_goes_on_when_it_is_back(
    browser: "Browser", server: Server
) -> None:
    with browser.new_context() as context:
        page = opened(context, f"{server.address}/{GUIDE.slug}/")
        context.set_offline(True)
        page.reload()
        button(page, "Play")
        wait_for_sound(page)
        context.set_offline(False)
        seconds(page, 150)
        wait_for_sound(page)


# the vote


def test_a_vote_reaches_the_store_and_can_be_changed(browser: "Browser", tmp_path: Path) -> None:
    def told(server: Server) -> Any:
        guides = json.loads(nightfeed(server.data, "report", "--json").stdout)
        return [(each["yes"], each["no"]) for each in guides if each["guide"] == GUIDE.slug]

    with serving(tmp_path) as server, visiting(browser, server) as page:
        button(page, "Not really")
        page.get_by_text("Thank you. That helps").wait_for()
        assert told(server) == [(0, 1)]
        button(page, "Yes, it did")
        page.locator("[aria-pressed=true]", has_text="Yes, it did").wait_for()
        assert told(server) == [(1, 0)]
        assert page.context.cookies() == []


def test_a_vote_that_does_not_arrive_is_not_confirmed(browser: "Browser", server: Server) -> None:
    with browser.new_context(service_workers="block") as context:
        page = context.new_page()
        page.goto(f"{server.address}/{GUIDE.slug}/")
        context.set_offline(True)
        button(page, "Yes, it did")
        page.get_by_text("That didn't reach us").wait_for()
        assert page.locator("#vote [aria-pressed=true]").count() == 0


# for everyone


def test_without_javascript_it_can_be_heard_read_and_answered(browser: "Browser", server: Server) -> None:
    with visiting(browser, server, script=False) as page:
        assert page.locator("audio[controls]").is_visible()
        assert not page.locator("#controls").is_visible()
        href = page.get_by_role("link", name=CHAPTERS[1].title).get_attribute("href")
        assert href and href.endswith(f"#t={CHAPTERS[1].start}")
        button(page, "Yes, it did")
        assert page.locator("h1").inner_text() == "Thank you"


@pytest.mark.parametrize("scheme", ["dark", "light"])
@pytest.mark.parametrize("path", ["/", f"/{GUIDE.slug}/", f"/{OTHER.slug}/", "/thanks/"])
@pytest.mark.parametrize("width", [320, 1280])
def test_nobody_is_shut_out(browser: "Browser", server: Server, path: str, scheme: str, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    with visiting(browser, server, path, width=width, scheme=scheme) as page:
        page.locator("summary").click()
        # Its script is put into the page by the driver, past the page's own policy.
        found = axe.run(page, options={"runOnly": {"type": "tag", "values": RULES}})
        told = [
            (rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found.response["violations"]
        ]
        assert told == []
        assert len(found.response["passes"]) > 15
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def is_dark(page: "Page") -> bool:
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return int(ground.removeprefix("rgb(").split(",")[0]) < 60


@pytest.mark.parametrize(
    ("hour", "scheme", "dark"),
    [(3, "light", True), (12, "light", False), (12, "dark", True), (21, "light", True)],
)
def test_pages_are_dark_at_night_and_as_the_device_is_by_day(
    browser: "Browser", server: Server, hour: int, scheme: str, dark: bool
) -> None:
    with visiting(browser, server, hour=hour, scheme=scheme) as page:
        assert is_dark(page) == dark
        page.locator("#theme").click()
        page.reload()
        assert is_dark(page) != dark


def test_what_a_thumb_has_to_hit_is_large(page: "Page") -> None:
    page.locator("summary").click()
    assert page.evaluate(TOO_SMALL, TARGETS) == []


def test_the_app_can_be_put_on_the_telephone(page: "Page", server: Server) -> None:
    href = page.locator("link[rel=manifest]").get_attribute("href")
    manifest = page.evaluate("href => fetch(href).then(answer => answer.json())", href)
    assert manifest["display"] == "standalone" and manifest["start_url"] == "./"
    for icon in manifest["icons"]:
        assert server.ask(f"/{icon['src']}").headers["Content-Type"].startswith(icon["type"])


def test_the_feeds_address_can_be_copied(page: "Page", server: Server) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("summary").click()
    button(page, "Copy")
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{server.address}/feed.xml"
