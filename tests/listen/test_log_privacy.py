"""Marked data goes in at every door, in good order and in bad; none of it is in the log or the store."""

import json
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from skill.talk.conversation import Speaker
from skill.talk.speaker import AUTHORITY
from tests.amazon_certificates import signed
from tests.conversing import sending
from tests.public import JSON, alexa, public_server
from tests.server import Server, nightfeed, serving

MARK = "zanzibar"
"""In all that a listener says, or is called by."""
LISTENER = f"amzn1.ask.account.{MARK}"
ADDRESS = "203.0.113.77"
TALK = ("open nightfeed", "yes", "it helped", "remind me every sunday at eight in the evening", "yes", "yes")
FORM = {"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": ADDRESS, "User-Agent": MARK}


def marked(envelope: dict[str, Any]) -> None:
    """Every id and token of the envelope is marked, and so is every word that was said."""
    envelope["request"]["requestId"] += MARK
    envelope["session"]["sessionId"] += MARK
    system = envelope["context"]["System"]
    system["device"]["deviceId"] += MARK
    system |= {"apiAccessToken": MARK, "person": {"personId": MARK, "accessToken": MARK}}
    for slot in (envelope["request"].get("intent") or {}).get("slots", {}).values():
        values = [{"value": {"name": MARK, "id": MARK}}]
        slot["value"] += f" {MARK}"
        matched = {"authority": AUTHORITY, "status": {"code": "ER_SUCCESS_MATCH"}, "values": values}
        slot["resolutions"] = {"resolutionsPerAuthority": [matched]}


def as_nobody_knows_it(envelope: dict[str, Any]) -> None:
    """Names that nobody knows are marked, too."""
    marked(envelope)
    envelope["request"] |= {"locale": MARK, "type": MARK}


def intent_of_another(envelope: dict[str, Any]) -> None:
    marked(envelope)
    envelope["request"] |= {"type": "IntentRequest", "intent": {"name": MARK, "slots": {}}}


def wrong_types(envelope: dict[str, Any]) -> None:
    marked(envelope)
    envelope["session"]["attributes"] = {"nightfeed": {"place": MARK, "ask": {"question": MARK}}}
    envelope["context"]["AudioPlayer"] = {"token": MARK, "offsetInMilliseconds": MARK}


CHANGES: tuple[Callable[[dict[str, Any]], None], ...] = (
    marked,
    as_nobody_knows_it,
    intent_of_another,
    wrong_types,
)


def talk(speaker: Speaker) -> None:
    session = None
    for words in (*TALK, f"ask nightfeed about {MARK}", f"search for {MARK}", "forget me", "yes"):
        session = speaker.hear(words, LISTENER, session).session


def post(server: Server, body: bytes, **headers: str) -> None:
    server.ask("/alexa", "POST", body, JSON | {"X-Forwarded-For": ADDRESS} | headers)


def go_in_everywhere(server: Server, speaker: Speaker) -> None:
    for change in CHANGES:
        talk(sending(speaker, change))
    for body in (b"", MARK.encode(), json.dumps({MARK: MARK}).encode(), json.dumps([MARK]).encode()):
        post(server, body)
        post(server, body, **signed(body))
        post(server, body, SignatureCertChainUrl=f"https://{MARK}/echo.api/x.pem", **{"Signature-256": MARK})
    for guide in ("building-secure-relationships", MARK):
        for helpful in ("yes", MARK):
            form = urlencode({"helpful": helpful, "listener": MARK, MARK: MARK}).encode()
            server.ask(f"/{guide}/vote?{MARK}={MARK}", "POST", form, FORM)
    for path in (f"/{MARK}", f"/?{MARK}", f"/audio/{MARK}.mp3", f"/../{MARK}", f"/health?{MARK}"):
        server.ask(path, headers=FORM)


def check_nothing_is_told(server: Server) -> None:
    log = server.log.read_text()
    assert MARK not in log.lower() and ADDRESS not in log
    for file in server.data.iterdir():
        kept = file.read_bytes()
        assert MARK.encode() not in kept and ADDRESS.encode() not in kept, file.name


def spoil_store(server: Server) -> None:
    for file in server.data.glob("nightfeed.sqlite3*"):
        file.unlink()
    (server.data / "nightfeed.sqlite3").write_bytes(b"no database at all, but rather long" * 400)


def test_the_public_server_tells_nobody(tmp_path: Path) -> None:
    with public_server(tmp_path) as server:
        go_in_everywhere(server, alexa(server))
        assert '"outcome": "asks"' in server.log.read_text() and '"intent": "other"' in server.log.read_text()
        check_nothing_is_told(server)
        spoil_store(server)
        go_in_everywhere(server, alexa(server))
        assert "check the file" in server.log.read_text()
        check_nothing_is_told(server)


def test_the_server_at_the_desk_tells_nobody(tmp_path: Path) -> None:
    with serving(tmp_path, "--unsigned") as server:
        for path, sent in (
            ("/talk", {"text": MARK, "listener": LISTENER}),
            ("/talk", {"text": f"ask nightfeed about {MARK}", "listener": LISTENER}),
            ("/talk/touch", {"intent": MARK, "listener": LISTENER}),
            ("/talk", {"text": MARK, MARK: [MARK], "listener": 7}),
        ):
            server.post(path, sent)
        go_in_everywhere(server, alexa(server))
        assert server.ask("/health").status == HTTPStatus.OK
        check_nothing_is_told(server)


@pytest.mark.parametrize("words", [[MARK], ["yes", "it helped", f"search for {MARK}"]])
def test_a_typed_conversation_is_kept_nowhere(tmp_path: Path, words: list[str]) -> None:
    talked = nightfeed(tmp_path, "talk", *words)
    assert talked.returncode == 0 and MARK not in talked.stderr
    assert all(MARK.encode() not in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
