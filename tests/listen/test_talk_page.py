"""The talk page's two addresses, over real HTTP."""

import json
import re
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from skill.limits import MAX_REQUEST_BYTES
from skill.listen.talk_page import MAX_WORDS
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
        assert signed_only.ask(address).status == HTTPStatus.OK


def test_words_are_answered_though_alexa_must_sign(signed_only: Server) -> None:
    opened = signed_only.post("/talk", OPENING).json
    assert opened["intent"] == "LaunchRequest"
    assert opened["steps"][0]["text"].startswith("Hello")
    assert opened["again"].endswith("?")
    assert opened["request"]["request"]["type"] == "LaunchRequest"
    assert opened["response"]["response"]["shouldEndSession"] is False
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
        assert "https://cdn.example/audio/" in server.post("/alexa", tip["request"]).text


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


def test_a_form_of_another_site_is_refused(unsigned: Server) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        answer = unsigned.ask("/talk", "POST", json.dumps(OPENING).encode(), {"Content-Type": kind})
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
