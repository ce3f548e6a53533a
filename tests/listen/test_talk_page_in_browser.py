"""The talk page in a real Chromium, on a real server: heard, interrupted, muted, seen on small screens."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from skill.prompts import read_prompts
from tests.server import PROJECT, Server, nightfeed, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Response

pytestmark = pytest.mark.heavy

PROMPTS = read_prompts(PROJECT / "content" / "prompts" / "en.toml").texts
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HURRY = 16
"""Times as fast as recorded: the most that Chromium plays."""
MOST_TURNS = 30
NOTE_WHAT_IS_PLAYED = """
window.noted = [];
for (const type of ["playing", "ended", "pause"])
    document.addEventListener(type, ({target}) => noted.push([type, target.currentSrc]), true);
"""
A_VOICE = """
window.voiced = [];
const voice = {
    getVoices: () => [{lang: "en-GB", name: "stand-in"}],
    cancel: () => { window.speaking?.onerror(); },
    speak: (utterance) => {
        window.speaking = utterance;
        voiced.push(utterance.text);
        setTimeout(() => { utterance.onstart(); if (!window.long) utterance.onend(); });
    },
};
Object.defineProperty(window, "speechSynthesis", {value: voice});
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
"""
"""Headless Chromium has no voices. This one keeps what it is to say, and is done at once unless `long`."""


LAST_IN_SIGHT = """() => {
    const box = (selector) => document.querySelector(selector)?.getBoundingClientRect();
    return !box("#conversation p") || box("#conversation p:last-child").bottom <= box("footer").top;
}"""


@dataclass
class Visit:
    """The page, open, and what came of it."""

    page: "Page"
    server: Server
    answers: list[dict[str, Any]] = field(default_factory=list)
    """Of the server, in order."""
    hosts: set[str] = field(default_factory=set)
    """Every one that was asked for something."""
    faults: list[str] = field(default_factory=list)
    """What the console told of them."""

    def keep(self, response: "Response") -> None:
        """What the server answered to something said."""
        if response.url.endswith("/talk") and response.ok:
            self.answers.append(response.json())

    def say(self, words: str) -> None:
        """Type it, and send it."""
        self.page.get_by_role("textbox").fill(words)
        self.page.keyboard.press("Enter")

    def tap(self, words: str) -> None:
        """Take it from the suggestions."""
        self.page.get_by_role("button", name=words, exact=True).click()

    def wait(self, state: str) -> None:
        """Until the page is in that state."""
        self.page.wait_for_selector(f"body[data-state={state}]")

    def wait_for_words(self, words: str) -> None:
        """Until Nightfeed says them."""
        self.page.locator("p.spoken", has_text=words).wait_for()

    def wait_for_sound(self) -> None:
        """Until a recording is heard, and not only begun."""
        self.page.wait_for_function("player.currentTime > 0.3 && !player.paused")

    def hurry(self) -> None:
        """Play what follows faster."""
        self.page.evaluate(f"player.defaultPlaybackRate = player.playbackRate = {HURRY}")

    def lines(self, kind: str) -> list[str]:
        """The conversation's lines of that kind."""
        return [text.strip() for text in self.page.locator(f"p.{kind}").all_text_contents()]

    def noted(self, type: str) -> list[str]:
        """The recordings to which that happened, in order; one that faltered plays on as the same."""
        addresses = (address for kind, address in self.page.evaluate("noted") if kind == type)
        return [address for address, _ in groupby(addresses)]


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """Chromium, without a window."""
    sync_api = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        pytest.skip("there is no Chromium on this machine")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server that nobody has talked to yet."""
    with serving(tmp_path) as server:
        yield server


@pytest.fixture
def visit(browser: "Browser", server: Server) -> Iterator[Visit]:
    """A first visit, on a telephone."""
    with visiting(browser, server) as visit:
        yield visit


@contextmanager
def visiting(
    browser: "Browser", server: Server, width: int = 390, height: int = 844, script: str = NOTE_WHAT_IS_PLAYED
) -> Iterator[Visit]:
    """A visit, ending with a look for what must never be: faults, and requests to other hosts."""
    with browser.new_context(viewport={"width": width, "height": height}) as context:
        context.add_init_script(script)
        visit = Visit(context.new_page(), server)
        visit.page.on("request", lambda request: visit.hosts.add(urlsplit(request.url).hostname or ""))
        visit.page.on("console", lambda message: visit.faults.append(message.text))
        visit.page.on("pageerror", lambda error: visit.faults.append(str(error)))
        visit.page.on("response", visit.keep)
        visit.page.goto(f"{server.address}/talk")
        yield visit
        assert visit.faults == []
        assert visit.hosts <= {"127.0.0.1", ""}


def test_a_guide_is_heard_from_the_opening_to_the_vote(visit: Visit) -> None:
    visit.hurry()
    visit.tap("open Nightfeed")
    visit.wait("listening")
    assert visit.lines("spoken")[-1].endswith(PROMPTS["ask.start.say"])

    visit.tap("yes")
    visit.wait_for_sound()
    visit.page.wait_for_selector("p.playing .now")
    visit.page.wait_for_function("document.querySelector('p.playing progress').value > 0")
    visit.wait("listening")
    for words in ("tell me more", "what's the top tip"):
        visit.say(words)
        visit.wait("listening")
    for _ in range(MOST_TURNS):
        visit.say("carry on")
        visit.wait("listening")
        if visit.lines("spoken")[-1].endswith(PROMPTS["ask.helped.say"]):
            break

    clips = [step for answer in visit.answers for step in answer["steps"] if step["url"]]
    assert len(clips) > len(visit.answers)
    assert visit.noted("ended") == visit.noted("playing") == [clip["url"] for clip in clips]
    assert visit.lines("clip") == [
        " ".join(sentence["text"] for sentence in clip["sentences"]) for clip in clips
    ]

    visit.say("yes")
    visit.wait_for_words(PROMPTS["feedback.thanks_helped"])
    (line,) = json.loads(nightfeed(visit.server.data, "report", "--json").stdout)
    assert (line["starts"], line["finishes"], line["yes"], line["no"]) == (1, 1, 1, 0)
    visit.wait("listening")
    visit.say("stop")
    visit.wait("closed")


def test_coming_back_offers_to_carry_on(visit: Visit) -> None:
    visit.tap("open Nightfeed")
    visit.tap("yes")
    visit.wait_for_sound()
    visit.page.reload()
    visit.wait("closed")
    visit.tap("open Nightfeed")
    visit.wait("listening")
    (greeting,) = visit.lines("spoken")
    assert greeting.startswith("Hello again. We'd got to part 1 of ")
    visit.tap("yes")
    visit.wait_for_sound()


@pytest.mark.parametrize("interrupt", ["by typing", "by tapping"])
def test_who_speaks_is_listened_to(visit: Visit, interrupt: str) -> None:
    visit.tap("open Nightfeed")
    visit.wait("listening")
    visit.tap("yes")
    visit.wait_for_sound()
    if interrupt == "by typing":
        visit.page.get_by_role("textbox").press_sequentially("w")
        visit.wait("listening")
        assert visit.page.evaluate("player.paused")
        visit.page.get_by_role("textbox").press_sequentially("hat's in it")
        visit.page.keyboard.press("Enter")
    else:
        visit.tap("what’s in it")
    visit.wait_for_words("and a top tip at the end")
    visit.wait("listening")
    assert visit.page.evaluate("player.paused")
    assert visit.noted("ended") == []
    assert len(visit.noted("playing")) == len(visit.lines("clip")) == 1
    assert visit.page.locator(".playing, .now, progress").count() == 0


def test_what_is_said_before_an_answer_is_here_belongs_behind_it(visit: Visit) -> None:
    held: list[Any] = []
    visit.page.route("**/talk", lambda route: held.append(route), times=1)
    visit.tap("open Nightfeed")
    visit.wait("waiting")
    visit.say("what's in it")
    while not held:
        visit.page.wait_for_timeout(10)
    held[0].continue_()
    visit.wait_for_words("and a top tip at the end")
    visit.wait("listening")
    opened, contents = visit.answers
    assert contents["request"]["session"]["sessionId"] == opened["session"]["id"]
    assert visit.lines("mine") == ["open Nightfeed", "what's in it"]
    assert visit.lines("spoken") == [step["text"] for step in contents["steps"]]


def test_a_double_click_says_it_once(visit: Visit) -> None:
    visit.tap("open Nightfeed")
    visit.wait("listening")
    visit.page.get_by_role("button", name="yes", exact=True).dblclick()
    visit.wait_for_sound()
    visit.say("stop")
    visit.wait("closed")
    assert visit.lines("mine") == ["open Nightfeed", "yes", "stop"]
    visit.page.get_by_role("button", name="Say it").dblclick()
    visit.wait("listening")
    assert visit.lines("mine")[3:] == ["open Nightfeed"]


def test_nothing_typed_opens_nightfeed_and_is_then_a_silence(visit: Visit) -> None:
    visit.say("   ")
    visit.wait("listening")
    assert visit.lines("mine") == ["open Nightfeed"]
    visit.say("")
    visit.page.wait_for_function("document.querySelectorAll('p.spoken').length == 2")
    assert visit.lines("mine") == ["open Nightfeed"]
    assert visit.lines("spoken")[1] == visit.answers[0]["again"]
    assert len(visit.answers) == 1


def test_a_server_that_has_gone_is_told_and_the_words_are_kept(visit: Visit) -> None:
    visit.tap("open Nightfeed")
    visit.wait("listening")
    assert visit.server.end() == 0
    visit.say("tell me more")
    visit.page.locator("p.fault").wait_for()
    visit.wait("listening")
    assert visit.page.get_by_role("textbox").input_value() == "tell me more"
    assert len(visit.faults) == 1 and "ERR_CONNECTION_REFUSED" in visit.faults.pop()


def test_a_recording_that_is_not_there_is_read_and_passed_over(visit: Visit) -> None:
    visit.page.route("**/audio/**", lambda route: route.fulfill(status=404))
    visit.tap("open Nightfeed")
    visit.wait("listening")
    visit.tap("top tip")
    visit.page.locator("p.fault").wait_for()
    visit.wait("listening")
    (clip,) = [step for step in visit.answers[-1]["steps"] if step["url"]]
    assert visit.lines("clip") == [" ".join(sentence["text"] for sentence in clip["sentences"])]
    assert visit.lines("spoken")[-1].endswith("?")
    assert all("404" in fault for fault in visit.faults)
    visit.faults.clear()


def test_a_voice_says_the_words_until_it_is_muted(browser: "Browser", server: Server) -> None:
    with visiting(browser, server, script=NOTE_WHAT_IS_PLAYED + A_VOICE) as visit:
        visit.hurry()
        visit.tap("open Nightfeed")
        visit.wait("listening")
        visit.tap("top tip")
        visit.wait_for_sound()
        assert visit.page.evaluate("voiced") == visit.lines("spoken")
        assert not visit.page.evaluate("player.muted")
        visit.tap("Mute")
        assert visit.page.evaluate("player.muted")
        visit.wait("listening")
        assert len(visit.noted("ended")) == 1
        assert visit.page.evaluate("voiced") == visit.lines("spoken")[:1]

        visit.tap("Mute")
        assert not visit.page.evaluate("player.muted")
        visit.page.evaluate("window.long = true")
        visit.tap("what’s in it")
        visit.page.wait_for_function("voiced.length == 2")
        assert visit.page.evaluate("document.body.dataset.state") == "speaking"
        visit.tap("Mute")
        visit.wait("listening")


def test_words_are_for_the_screen_reader_only_where_nobody_says_them(
    browser: "Browser", server: Server
) -> None:
    for script, live in ((NOTE_WHAT_IS_PLAYED, "polite"), (A_VOICE, "off")):
        with visiting(browser, server, script=script) as visit:
            visit.tap("open Nightfeed")
            visit.wait("listening")
            assert visit.page.get_by_role("log").get_attribute("aria-live") == live
            visit.tap("top tip")
            visit.wait_for_sound()
            assert visit.page.get_by_role("log").get_attribute("aria-live") == "off"


def test_keys_are_enough(visit: Visit) -> None:
    keyboard = visit.page.keyboard
    keyboard.type("open nightfeed")
    keyboard.press("Enter")
    visit.wait("listening")
    for _ in range(len(visit.page.get_by_role("button").all())):
        keyboard.press("Shift+Tab")
        if visit.page.evaluate("document.activeElement.dataset.say") == "stop":
            break
    keyboard.press("Enter")
    visit.wait("closed")
    assert visit.lines("mine") == ["open nightfeed", "stop"]
    assert visit.page.evaluate("document.activeElement.dataset.say") == "open Nightfeed"


@pytest.mark.parametrize(("width", "height"), [(320, 568), (390, 844), (844, 390), (1280, 800)])
def test_it_fits_every_screen(browser: "Browser", server: Server, width: int, height: int) -> None:
    with visiting(browser, server, width, height) as visit:
        check_fit(visit)
        visit.page.get_by_role("textbox").focus()
        visit.page.keyboard.insert_text("a" * 600)
        visit.page.keyboard.press("Enter")
        visit.wait("listening")
        assert visit.lines("mine") == ["a" * 500]
        check_fit(visit)
        visit.tap("what else is there")
        visit.page.locator("p.card").wait_for()
        visit.wait("listening")
        check_fit(visit)
        visit.tap("yes")
        visit.wait_for_sound()
        check_fit(visit)


def check_fit(visit: Visit) -> None:
    """No scrolling sideways; what came last is in sight, and what can be said; buttons are a thumb's size."""
    visit.page.wait_for_function(LAST_IN_SIGHT)
    assert visit.page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
    assert visit.page.locator("main").evaluate("main => main.scrollWidth - main.clientWidth") == 0
    assert visit.page.get_by_role("textbox").bounding_box()["y"] + 44 <= visit.page.viewport_size["height"]
    for button in visit.page.get_by_role("button").all():
        box = button.bounding_box()
        assert box["height"] >= 44 and box["width"] >= 44
