"""The talk page's two addresses, over real HTTP."""

import json
import re
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from skill.limits import MAX_REQUEST_BYTES
from skill.listen.talk_page import MAX_WORDS
from skill.talk.speaker import ALEXA_ASKS
from tests.server import Server, serving

JSON = {"Content-Type": "application/json"}
OPENING = {"text": "open nightfeed", "listener": "amzn1.ask.account.page"}


def test_the_page_and_all_that_it_loads_come_from_this_server(signed_only: Server) -> None:
    page = signed_only.ask("/talk")
    assert page.status == HTTPStatus.OK
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    loaded = re.findall(r'(?:src|href)="([^"]*)"', page.text)
    files = [address for address in loaded if not address.startswith("data:")]
    assert len(files) == 2
    for address in files:
        assert address.startswith("/static/")
        file = signed_only.ask(address)
        assert file.status == HTTPStatus.OK
        # Modules name others.
        files += {f"/static/{name}" for name in re.findall(r'from "\./(.*)"', file.text)} - {*files}
    assert len(files) > 2


def test_words_are_answered_though_alexa_must_sign(signed_only: Server) -> None:
    opened = signed_only.post("/talk", OPENING).json
    (exchange,) = opened["exchanges"]
    assert exchange["name"] == "LaunchRequest"
    assert opened["steps"][0]["text"].startswith("Hello")
    assert opened["again"].endswith("?")
    assert exchange["request"]["request"]["type"] == "LaunchRequest"
    assert exchange["response"]["response"]["shouldEndSession"] is False
    begun = signed_only.post("/talk", {**OPENING, "text": "yes", "session": opened["session"]}).json
    clips = [step for step in begun["steps"] if step["url"]]
    assert clips
    for clip in clips:
        assert clip["text"]
        assert 0 <= clip["sentences"][0]["start"] < clip["sentences"][-1]["end"] <= clip["seconds"]
        recording = signed_only.ask(urlsplit(clip["url"]).path, "HEAD")
        assert (recording.status, recording.headers["Content-Type"]) == (HTTPStatus.OK, "audio/mpeg")
    left = signed_only.post("/talk", {**OPENING, "text": "stop", "session": begun["session"]}).json
    assert left["session"] is None


def test_the_page_plays_this_servers_recordings_wherever_alexa_finds_hers(tmp_path: Path) -> None:
    with serving(tmp_path, "--unsigned", NIGHTFEED_AUDIO_URL="https://cdn.example/audio") as server:
        tip = server.post("/talk", {**OPENING, "text": "top tip"}).json
        assert [
            step["url"].startswith(f"{server.address}/audio/") for step in tip["steps"] if step["url"]
        ] == [True]
        assert "https://cdn.example/audio/" in server.post("/alexa", tip["exchanges"][0]["request"]).text


class Listening:
    """A device of the page's that plays."""

    def __init__(self, server: Server, listener: str) -> None:
        self._server = server
        self._listener = listener
        self.answer: Any = {"player": {}, "session": None}

    def send(self, path: str, offset: float | None = None, **event: str) -> None:
        """Send it, with the player as it was answered, and where its stream is now."""
        player = self.answer["player"] | ({} if offset is None else {"offset": offset})
        told = {"listener": self._listener, "session": self.answer["session"], "player": player}
        answer = self._server.post(path, told | event)
        assert answer.status == HTTPStatus.OK
        self.answer = answer.json

    @property
    def names(self) -> list[str]:
        """What was sent to the skill."""
        return [exchange["name"] for exchange in self.answer["exchanges"]]

    @property
    def player(self) -> tuple[str, float, int]:
        """What it does, where its stream is, and how many come after."""
        player = self.answer["player"]
        return player["activity"], player["offset"], len(player["queue"])


def test_a_guide_is_streamed_clip_after_clip_as_its_player_reports(unsigned: Server) -> None:
    device = Listening(unsigned, "amzn1.ask.account.stream")
    device.send("/talk", text="ask nightfeed to play it all")
    assert device.names == ["PlayAllIntent", "PlaybackStarted"]
    assert device.player == ("PLAYING", 0, 0)
    first = device.answer["stream"]
    assert device.answer["player"]["stream"]["url"] == first["url"]
    assert device.answer["player"]["stream"]["title"] and device.answer["player"]["stream"]["subtitle"]
    assert first["sentences"][-1]["end"] <= first["seconds"]

    device.send("/talk/playback", 5.5, event="PlaybackNearlyFinished")
    assert device.answer["stream"] is None
    assert device.player == ("PLAYING", 5.5, 1)
    device.send("/talk/playback", first["seconds"], event="PlaybackFinished")
    assert device.names == ["PlaybackFinished", "PlaybackStarted"]
    assert device.answer["stream"]["url"] not in ("", first["url"])
    assert device.player == ("PLAYING", 0, 0)

    device.send("/talk/press", 2.25, button="Pause")
    assert device.names == ["Pause", "PlaybackStopped"]
    (stopped,) = (exchange["request"]["request"] for exchange in device.answer["exchanges"][1:])
    assert stopped["offsetInMilliseconds"] == 2250
    device.send("/talk/press", button="Play")
    assert device.player == ("PLAYING", 2.25, 0)
    device.send("/talk/playback", 3, event="PlaybackFailed")
    assert device.names == ["PlaybackFailed", "PlaybackStarted"]
    device.send("/talk/playback", 1, event="PlaybackStopped")
    assert device.player == ("STOPPED", 1, 0)


def test_a_screen_is_shown_to_who_has_one_and_can_be_touched(unsigned: Server) -> None:
    said = {"text": "open nightfeed", "listener": "amzn1.ask.account.screen"}
    asked = unsigned.post("/talk", said).json
    assert asked["screen"] is None
    begun = {**said, "text": "yes", "session": asked["session"], "screen": True}
    opened = unsigned.post("/talk", begun).json
    screen = opened["screen"]
    assert screen["title"] and screen["part"] and screen["progress"]
    clips = [" ".join(each["text"] for each in step["sentences"]) for step in opened["steps"] if step["url"]]
    assert len(screen["paragraphs"]) > len(clips)
    assert "&amp;" not in json.dumps(screen) and "<br>" not in json.dumps(screen)
    (touch,) = (touch for touch in screen["touches"] if touch["intent"] == "TopTipIntent")
    touched = {"intent": touch["intent"], "listener": said["listener"], "session": opened["session"]}
    told = unsigned.post("/talk/touch", {**touched, "screen": True}).json
    (exchange,) = told["exchanges"]
    assert exchange["name"] == exchange["request"]["request"]["type"] == "Alexa.Presentation.APL.UserEvent"
    assert exchange["request"]["session"]["sessionId"] == opened["session"]["id"]
    assert "tip" in told["screen"]["part"].lower()


def test_a_reminder_goes_to_the_stand_in_once_alexa_has_been_told_yes(unsigned: Server) -> None:
    device = Listening(unsigned, "amzn1.ask.account.reminder")
    device.send("/talk", text="ask nightfeed to remind me every sunday at eight in the evening")
    device.send("/talk", text="yes")
    assert [step["text"] for step in device.answer["steps"]] == [ALEXA_ASKS]
    device.send("/talk", text="no")
    assert device.names == ["Connections.Response"] and device.answer["reminders"] == []
    for words in ("remind me every sunday at eight in the evening", "yes", "yes"):
        device.send("/talk", text=words)
    assert device.answer["reminders"] == ["Sundays at 20:00"]
    device.send("/talk", text="change my reminder to monday")
    device.send("/talk", text="yes")
    assert device.answer["reminders"] == ["Mondays at 20:00"]
    device.send("/talk", text="cancel my reminder")
    assert device.answer["reminders"] == []


def test_a_pressed_button_ends_the_session_first(unsigned: Server) -> None:
    device = Listening(unsigned, "amzn1.ask.account.press")
    device.send("/talk", text="open nightfeed")
    device.send("/talk", text="yes")
    assert device.answer["session"]
    device.send("/talk/press", button="Play")
    assert device.names == ["SessionEndedRequest", "Play", "PlaybackStarted"]
    assert device.answer["session"] is None


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'{"text": "yes"}',
        b'{"text": 7, "listener": "one"}',
        b'{"text": "yes", "listener": "one", "session": {"id": "s"}}',
        b'{"text": "yes", "listener": "one", "session": "s"}',
        b'{"text": "\xff", "listener": "one"}',
        b'{"text": "yes", "listener": "one", "session": {"id": "s", "attributes": {"nightfeed": '
        + b"[" * 100_000,
    ],
)
def test_what_the_page_would_not_send_is_refused(unsigned: Server, body: bytes) -> None:
    answer = unsigned.ask("/talk", "POST", body, JSON)
    assert (answer.status, answer.text) == (HTTPStatus.BAD_REQUEST, "Bad Request\n")
    assert "Traceback" not in unsigned.log.read_text()


PLAYING = {"activity": "PLAYING", "stream": {"token": "t", "url": "u"}}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/talk/touch", {}),
        ("/talk/touch", {"intent": ["AMAZON.YesIntent"]}),
        ("/talk/press", {"button": "Play"}),
        ("/talk/press", {"button": "Eject", "player": PLAYING}),
        ("/talk/press", {"button": "Pause", "player": PLAYING | {"offset": 1e308}}),
        ("/talk/press", {"button": "Pause", "player": PLAYING | {"offset": -1}}),
        ("/talk/press", {"button": "Pause", "player": PLAYING | {"queue": [{"token": "t"}]}}),
        ("/talk/playback", {"event": "PlaybackFinished"}),
        ("/talk/playback", {"event": "PlaybackStarted", "player": PLAYING}),
        ("/talk/playback", {"event": "PlaybackFinished", "player": {}}),
        ("/talk/playback", {"event": "PlaybackStopped", "player": {"activity": "STOPPED"}}),
        ("/talk", {"text": "yes", "player": {"stream": {"token": "t", "url": "u", "offset": 1e308}}}),
    ],
)
def test_what_the_pages_device_would_not_send_is_refused(
    unsigned: Server, path: str, body: dict[str, object]
) -> None:
    assert unsigned.post(path, {"listener": "one"} | body).status == HTTPStatus.BAD_REQUEST
    assert "Traceback" not in unsigned.log.read_text()


@pytest.mark.parametrize("event", ["PlaybackNearlyFinished", "PlaybackFinished", "PlaybackFailed"])
@pytest.mark.parametrize("stream", [None, {"token": "", "url": ""}, {"token": '{"guide":"x"}', "url": "x"}])
def test_a_player_that_was_tampered_with_does_no_harm(
    unsigned: Server, event: str, stream: dict[str, str] | None
) -> None:
    player = {"activity": "PLAYING", "stream": stream}
    answer = unsigned.post("/talk/playback", {"listener": "one", "player": player, "event": event})
    assert (answer.status, answer.json["stream"]) == (HTTPStatus.OK, None)
    assert "Traceback" not in unsigned.log.read_text()


def test_a_form_of_another_site_is_refused(unsigned: Server) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        for path in ("/talk", "/talk/touch", "/talk/press", "/talk/playback"):
            answer = unsigned.ask(path, "POST", json.dumps(OPENING).encode(), {"Content-Type": kind})
            assert answer.status == HTTPStatus.UNSUPPORTED_MEDIA_TYPE


@pytest.mark.parametrize("word", ["a", "more ", "part ten ", "é", "🙂", "<b>", "{guide} "])
def test_words_may_be_long_but_not_endless(unsigned: Server, word: str) -> None:
    longest = (word * MAX_WORDS)[:MAX_WORDS]
    answer = unsigned.post("/talk", {**OPENING, "text": longest})
    assert (answer.status, answer.json["session"] is None) == (HTTPStatus.OK, False)
    refused = unsigned.post("/talk", {**OPENING, "text": longest + "a"})
    assert (refused.status, refused.text) == (
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "Request Entity Too Large\n",
    )


def test_a_huge_session_is_refused(unsigned: Server) -> None:
    session = {"id": "s", "attributes": {"padding": "a" * MAX_REQUEST_BYTES}}
    assert (
        unsigned.post("/talk", {**OPENING, "session": session}).status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    )


def test_a_session_that_was_tampered_with_does_no_harm(unsigned: Server) -> None:
    for attributes in ({"nightfeed": 7}, {"nightfeed": {"ask": "no such"}}, {"other": None}):
        session = {"id": "s", "attributes": attributes}
        answer = unsigned.post("/talk", {**OPENING, "text": "yes", "session": session})
        assert (answer.status, answer.json["session"] is None) == (HTTPStatus.OK, False)
    assert "Traceback" not in unsigned.log.read_text()


@pytest.mark.parametrize(
    "name",
    [
        "evil.example",
        "evil.example:{port}",
        "evil.localhost",
        "localhost.evil.example:{port}",
        "127.0.0.1.evil.example",
        "127.0.0.1:{port}@evil.example",
        "10.0.0.1:{port}",
        "[::2]:{port}",
        "[::1",
        "",
    ],
)
def test_a_name_that_somebody_else_lets_point_here_gets_nothing(unsigned: Server, name: str) -> None:
    host = {"Host": name.format(port=unsigned.port)}
    assert unsigned.ask("/talk", headers=host).text == "Forbidden\n"
    assert unsigned.ask("/static/talk.js", headers=host).status == HTTPStatus.FORBIDDEN
    talk = unsigned.ask("/talk", "POST", json.dumps(OPENING).encode(), JSON | host)
    assert (talk.status, talk.text) == (HTTPStatus.FORBIDDEN, "Forbidden\n")


@pytest.mark.parametrize(
    "name", ["localhost", "localhost:{port}", "127.0.0.1:{port}", "127.0.0.2:{port}", "[::1]:{port}", "[::1]"]
)
def test_every_name_of_this_machine_is_let_in(unsigned: Server, name: str) -> None:
    assert unsigned.ask("/talk", headers={"Host": name.format(port=unsigned.port)}).status == HTTPStatus.OK
