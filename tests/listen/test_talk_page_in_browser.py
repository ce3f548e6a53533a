"""The talk page in a real Chromium, on a real server: heard, interrupted, muted, seen on small screens."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
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
HURRY = 16
"""Times as fast as recorded: the most that Chromium plays."""
MOST_TURNS = 30
NOTE_WHAT_IS_PLAYED = """
window.noted = [];
for (const type of ["playing", "ended", "pause"])
    document.addEventListener(type, ({target}) => noted.push([type, target.currentSrc]), true);
"""
NO_MICROPHONE = "delete window.SpeechRecognition; delete window.webkitSpeechRecognition;"
A_MICROPHONE = """
window.SpeechRecognition = class {
    start() { window.recognition = this; }
    abort() { this.onend(); }
};
"""
"""Hears what the test lets it hear: recognition.onresult, .onerror."""
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
        if response.request.method == "POST" and response.url.endswith("/talk") and response.ok:
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
        for audio in ("player", "stream"):
            self.page.evaluate(f"{audio}.defaultPlaybackRate = {audio}.playbackRate = {HURRY}")

    def wait_for_stream(self) -> None:
        """Until the device's AudioPlayer is heard, and not only begun."""
        self.page.wait_for_function("stream.currentTime > 0.3 && !stream.paused")

    def sent(self, path: str, act: Callable[[], None]) -> Any:
        """What comes to be sent there by the act, as JSON."""
        with self.page.expect_request(f"**{path}") as request:
            act()
        return request.value.post_data_json

    def lines(self, kind: str) -> list[str]:
        """The conversation's lines of that kind."""
        return [text.strip() for text in self.page.locator(f"p.{kind}").all_text_contents()]

    def noted(self, type: str) -> list[str]:
        """The recordings to which that happened, in order; one that faltered plays on as the same."""
        addresses = (address for kind, address in self.page.evaluate("noted") if kind == type)
        return [address for address, _ in groupby(addresses)]


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
    assert visit.page.locator("#conversation").locator(".playing, .now, progress").count() == 0


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
    assert contents["exchanges"][0]["request"]["session"]["sessionId"] == opened["session"]["id"]
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


def test_a_whole_guide_is_streamed_to_its_end(visit: Visit) -> None:
    visit.hurry()
    visit.tap("ask Nightfeed to play it all")
    visit.page.wait_for_function("noted.filter(([type]) => type == 'ended').length == 2")
    assert visit.lines("spoken") == [step["text"] for step in visit.answers[0]["steps"]]
    player = visit.page.get_by_role("region", name="Player")
    part = player.locator("#title").text_content()
    visit.tap("Next part")
    visit.page.wait_for_function("part => title.textContent != part", arg=part)
    for _ in range(MOST_TURNS):
        if "tip" in player.locator("#title").text_content().lower():
            break
        part = player.locator("#title").text_content()
        visit.tap("Next part")
        visit.page.wait_for_function("part => title.textContent != part", arg=part)
    visit.wait("closed")
    assert not player.is_visible()
    heard = visit.noted("playing")
    assert len(heard) == len(set(heard)) == len(visit.lines("clip"))
    assert visit.noted("ended")[-1] == heard[-1]
    (line,) = json.loads(nightfeed(visit.server.data, "report", "--json").stdout)
    assert (line["starts"], line["finishes"]) == (1, 1)


def test_a_stream_waits_while_there_is_talk_and_goes_on_after_it(visit: Visit) -> None:
    visit.tap("ask Nightfeed to play it all")
    visit.wait_for_stream()
    visit.page.route(
        "**/talk", lambda route: visit.page.wait_for_function("stream.paused") and route.continue_()
    )
    said = visit.sent("/talk", lambda: visit.say("loop"))
    assert (
        300
        <= 1000 * said["player"]["offset"]
        == pytest.approx(visit.page.evaluate("1000 * stream.currentTime"), abs=5)
    )
    visit.wait("playing")
    visit.page.wait_for_function(f"stream.currentTime > {said['player']['offset']} && !stream.paused")
    visit.say("what's in it")
    visit.wait("listening")
    assert visit.page.evaluate("stream.paused")
    offset = visit.page.evaluate("stream.currentTime")
    visit.tap("Play")
    visit.page.wait_for_function(f"stream.currentTime > {offset} && !stream.paused")
    assert visit.page.evaluate("document.body.dataset.state") == "playing"
    assert len(set(visit.noted("playing"))) == 1
    visit.say("stop")
    visit.wait("closed")
    assert visit.page.evaluate("stream.paused")


def test_buttons_pause_and_play_from_there(visit: Visit) -> None:
    visit.tap("ask Nightfeed to play it all")
    visit.wait_for_stream()
    paused = visit.sent("/talk/press", lambda: visit.tap("Pause"))
    visit.wait("closed")
    offset = visit.page.evaluate("stream.currentTime")
    assert paused["button"] == "Pause" and paused["player"]["offset"] == offset > 0.3
    visit.tap("Play")
    visit.wait("playing")
    visit.wait_for_stream()
    assert offset <= visit.page.evaluate("stream.currentTime")
    assert visit.page.get_by_role("button", name="Pause", exact=True).is_visible()


def test_leaving_the_page_is_a_bookmark(visit: Visit) -> None:
    visit.tap("ask Nightfeed to play it all")
    visit.wait_for_stream()
    visit.page.reload()
    visit.wait("closed")
    assert not visit.page.get_by_role("region", name="Player").is_visible()
    with closing(sqlite3.connect(visit.server.data / "nightfeed.sqlite3")) as store:
        while store.execute('SELECT "offset" FROM bookmark').fetchone()[0] < 0.3:
            visit.page.wait_for_timeout(10)


def test_a_screen_shows_where_she_is_and_is_touched(browser: "Browser", server: Server) -> None:
    for width, height in ((390, 844), (1280, 800)):
        with visiting(browser, server, width, height) as visit:
            screen = visit.page.get_by_role("complementary", name="The device’s screen")
            visit.tap("Screen")
            visit.tap("open Nightfeed")
            visit.wait("listening")
            assert screen.get_by_role("heading").count() >= 1
            check_fit(visit)
            visit.say("carry on")
            visit.wait_for_sound()
            screen.get_by_role("button", name="Top tip").click()
            visit.page.locator("p.clip", has_text="Top tip").wait_for()
            assert visit.lines("mine")[-1] == "Top tip"
            assert "Top tip" in screen.get_by_role("heading").all_text_contents()
            visit.tap("Screen")
            assert not screen.is_visible()


def test_a_reminder_that_is_set_is_shown_until_it_is_cancelled(visit: Visit) -> None:
    shown = visit.page.get_by_role("note", name="Reminders")
    visit.say("ask nightfeed to remind me every sunday at eight in the evening")
    for words in ("yes", "yes"):
        visit.wait("listening")
        assert not shown.is_visible()
        visit.tap(words)
    visit.wait("listening")
    assert shown.text_content() == "Reminder on Sundays at 20:00."
    visit.say("cancel my reminder")
    shown.wait_for(state="hidden")


def test_a_stream_that_is_not_there_is_passed_over(visit: Visit) -> None:
    visit.page.route("**/audio/**", lambda route: route.fulfill(status=404), times=1)
    failed = visit.sent("/talk/playback", lambda: visit.tap("ask Nightfeed to play it all"))
    assert failed["event"] == "PlaybackFailed"
    visit.wait_for_stream()
    assert len(visit.lines("fault")) == 1
    assert len(visit.lines("clip")) == 2
    assert all("404" in fault for fault in visit.faults)
    visit.faults.clear()


def test_a_server_that_has_gone_stops_the_stream(visit: Visit) -> None:
    visit.tap("ask Nightfeed to play it all")
    visit.wait_for_stream()
    assert visit.server.end() == 0
    visit.tap("Pause")
    visit.page.locator("p.fault").wait_for()
    visit.wait("closed")
    assert visit.page.evaluate("stream.paused")
    assert visit.page.get_by_role("button", name="Play", exact=True).is_visible()
    visit.faults.clear()


def test_what_is_spoken_to_the_microphone_is_said(browser: "Browser", server: Server) -> None:
    with visiting(browser, server, script=NOTE_WHAT_IS_PLAYED + A_MICROPHONE) as visit:
        visit.tap("ask Nightfeed to play it all")
        visit.wait_for_stream()
        visit.tap("Speak")
        visit.wait("hearing")
        assert visit.page.evaluate("stream.paused")
        assert visit.page.evaluate("recognition.lang") == "en-GB"
        visit.page.evaluate("recognition.onresult({results: [[{transcript: ' what is in it'}]]})")
        visit.wait("listening")
        assert visit.lines("mine")[1:] == ["what is in it"]

        visit.tap("Speak")
        visit.wait("hearing")
        visit.tap("Speak")
        visit.wait("listening")
        visit.tap("Speak")
        visit.page.evaluate("recognition.onerror({error: 'not-allowed'})")
        visit.wait("listening")
        assert len(visit.lines("fault")) == 1 and "microphone" in visit.lines("fault")[0]
        assert len(visit.answers) == 2


def test_there_is_no_microphone_where_the_browser_recognises_nothing(
    browser: "Browser", server: Server
) -> None:
    with visiting(browser, server, script=NOTE_WHAT_IS_PLAYED + NO_MICROPHONE) as visit:
        assert visit.page.get_by_role("button", name="Speak").count() == 0


def test_developers_see_and_copy_what_was_sent_and_answered(visit: Visit) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.tap("ask Nightfeed to play it all")
    visit.wait("playing")
    visit.page.get_by_text("For developers").click()
    for name in ("request", "response"):
        visit.page.get_by_role("button", name=f"Copy the {name}").click()
        visit.page.get_by_text(f"The {name} is copied.").wait_for()
        copied = json.loads(visit.page.evaluate("navigator.clipboard.readText()"))
        assert copied == visit.answers[0]["exchanges"][0][name]
    visit.page.get_by_label("Exchange").select_option("2. PlaybackStarted")
    started = json.loads(visit.page.get_by_label("Request", exact=True).text_content())
    assert started == visit.answers[0]["exchanges"][1]["request"]


def test_keys_are_enough(visit: Visit) -> None:
    keyboard = visit.page.keyboard
    visit.page.wait_for_function("document.activeElement.id == 'words'")
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
        visit.tap("play it all")
        visit.wait_for_stream()
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
