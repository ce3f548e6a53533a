"""POST /alexa over real HTTP: who is let in, and how everybody else is refused."""

import http.client
import json
import socket
from collections.abc import Iterable
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest

from skill.limits import MAX_REQUEST_BYTES
from skill.talk.speaker import APPLICATION_ID, Device, request_envelope
from skill.talk.understanding import LAUNCH, Heard
from tests.amazon_certificates import CHAIN_PATH, Amazon, certificate_host, signed
from tests.server import PATIENCE, Server, serving

JSON = {"Content-Type": "application/json"}
SECRET = "SECRETWORD"
"""Part of bodies that no log may quote."""


def launch() -> dict[str, Any]:
    return request_envelope(Heard(LAUNCH), Device(f"amzn1.ask.account.{SECRET}"), None, datetime.now(UTC))


def heard(body: bytes) -> str:
    speech: str = json.loads(body)["response"]["outputSpeech"]["ssml"]
    return speech


def raw(server: Server, *lines: str) -> bytes:
    """The answer to those bytes."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as connection:
        connection.sendall("\r\n".join((*lines, "", "")).encode())
        return connection.recv(4096)


def test_a_launch_is_answered(unsigned: Server) -> None:
    answer = unsigned.post("/alexa", launch())
    assert answer.status == HTTPStatus.OK
    assert answer.headers["Content-Type"] == "application/json"
    assert heard(answer.body).startswith("<speak>Hello")
    assert answer.json["response"]["shouldEndSession"] is False


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_only_post_is_answered(unsigned: Server, method: str) -> None:
    answer = unsigned.ask("/alexa", method, json.dumps(launch()).encode(), JSON)
    assert (answer.status, answer.text) == (HTTPStatus.METHOD_NOT_ALLOWED, "Method Not Allowed\n")
    assert "POST" in answer.headers["Allow"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""])
def test_only_json_is_read(unsigned: Server, kind: str) -> None:
    answer = unsigned.ask("/alexa", "POST", json.dumps(launch()).encode(), {"Content-Type": kind})
    assert (answer.status, answer.text) == (HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Unsupported Media Type\n")


BAD_BODIES = {
    "nothing": b"",
    "half": b'{"secret": "SECRETWORD',
    "a list": b'["SECRETWORD"]',
    "a text": b'"SECRETWORD"',
    "words": b"SECRETWORD",
    "UTF-16": '{"secret": "SECRETWORD"}'.encode("utf-16"),
    "no UTF-8": b'{"secret": "SECRETWORD\xff"}',
    "a lone surrogate": b'{"secret": "SECRETWORD\xed\xa0\x80"}',
    "not a number": b'{"secret": NaN, "SECRETWORD": 1}',
    "nested without end": b'{"SECRETWORD":' * 9000,
    "nested lists": b'{"SECRETWORD":' + b"[" * 100_000,
}


@pytest.mark.parametrize("body", BAD_BODIES.values(), ids=BAD_BODIES)
def test_what_is_no_json_object_is_refused_and_not_quoted(unsigned: Server, body: bytes) -> None:
    answer = unsigned.ask("/alexa", "POST", body, JSON)
    assert (answer.status, answer.text) == (HTTPStatus.BAD_REQUEST, "Bad Request\n")
    check_log(unsigned)


ODD_ENVELOPES: dict[str, Any] = {
    "empty": {},
    "no request": {**launch(), "request": None},
    "a request of tomorrow": {**launch(), "request": {"type": "Tomorrow", "secret": SECRET}},
    "a request that is a text": {**launch(), "request": SECRET},
    "a session that is a list": {**launch(), "session": [SECRET]},
    "a context that is a number": {**launch(), "context": 7},
    "no user": {"version": "1.0", "request": {**launch()["request"], "secret": SECRET}},
}


@pytest.mark.parametrize("envelope", ODD_ENVELOPES.values(), ids=ODD_ENVELOPES)
def test_an_envelope_of_an_odd_shape_gets_a_valid_answer(unsigned: Server, envelope: Any) -> None:
    answer = unsigned.post("/alexa", envelope)
    assert answer.status == HTTPStatus.OK
    assert answer.json["version"] == "1.0" and isinstance(answer.json["response"], dict)
    check_log(unsigned)


def test_a_body_that_is_too_large_is_refused(unsigned: Server) -> None:
    body = json.dumps({**launch(), "padding": "SECRETWORD" * MAX_REQUEST_BYTES}).encode()[
        : MAX_REQUEST_BYTES + 1
    ]
    answer = unsigned.ask("/alexa", "POST", body, JSON)
    assert (answer.status, answer.text) == (
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "Request Entity Too Large\n",
    )
    check_log(unsigned)


def test_a_huge_body_is_refused_before_it_is_sent(unsigned: Server) -> None:
    head = ("POST /alexa HTTP/1.1", "Host: localhost", "Content-Type: application/json")
    assert raw(unsigned, *head, "Content-Length: 1000000000").startswith(b"HTTP/1.1 413 ")


def test_a_body_in_chunks_without_a_length_is_read(unsigned: Server) -> None:
    answer = in_chunks(unsigned, chunks(launch()))
    assert answer.status == HTTPStatus.OK
    assert heard(answer.read()).startswith("<speak>Hello")


def test_too_many_chunks_are_refused(unsigned: Server) -> None:
    assert in_chunks(unsigned, [b'{"secret": "'] + [b"SECRETWORD" * 100] * 200).status == (
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    )
    check_log(unsigned)


def test_a_post_that_tells_no_length_has_no_body(unsigned: Server) -> None:
    head = ("POST /alexa HTTP/1.1", "Host: localhost", "Content-Type: application/json", "Connection: close")
    assert raw(unsigned, *head).startswith(b"HTTP/1.1 400 ")


def test_without_a_signature_nobody_is_let_in(signed_only: Server) -> None:
    answer = signed_only.post("/alexa", launch())
    assert (answer.status, answer.text) == (HTTPStatus.BAD_REQUEST, "Bad Request\n")
    assert (
        signed_only.log.read_text()
        .splitlines()[-1]
        .endswith("refused a request: there is no Signature-256 header")
    )
    check_log(signed_only)


def test_what_alexa_signed_for_this_skill_is_answered_and_nothing_else(tmp_path: Path) -> None:
    amazon = Amazon.make()
    with (
        certificate_host(tmp_path, {CHAIN_PATH: amazon.chain()}, amazon) as host,
        serving(tmp_path, NIGHTFEED_SKILL_ID=APPLICATION_ID, **host.environment) as server,
    ):
        body = json.dumps(launch()).encode()
        answer = server.ask("/alexa", "POST", body, JSON | signed(body))
        assert (answer.status, heard(answer.body)[:12]) == (HTTPStatus.OK, "<speak>Hello")
        changed = body.replace(b"en-GB", b"en-US")
        assert server.ask("/alexa", "POST", changed, JSON | signed(body)).status == HTTPStatus.BAD_REQUEST
        others = body.replace(APPLICATION_ID.encode(), b"amzn1.ask.skill.other")
        assert server.ask("/alexa", "POST", others, JSON | signed(others)).status == HTTPStatus.BAD_REQUEST
        check_log(server)


def chunks(values: Any) -> list[bytes]:
    body = json.dumps(values).encode()
    return [body[start : start + 100] for start in range(0, len(body), 100)]


def in_chunks(server: Server, pieces: Iterable[bytes]) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    connection.request("POST", "/alexa", pieces, JSON, encode_chunked=True)
    return connection.getresponse()


def check_log(server: Server) -> None:
    log = server.log.read_text()
    assert "Traceback" not in log
    assert SECRET not in log
