"""A Lambda function in a process of its own, run by AWS's own runtime client (awslambdaric).

The test is what is around it: the Lambda Runtime API, on loopback, at version 2018-06-01.
"""

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

from skill.alexa.phrases import read_phrases
from skill.alexa.start import STORE_FILE
from skill.library import read_library
from skill.store.sqlite import SqliteStore
from skill.talk.conversation import Speaker
from skill.talk.speaker import APPLICATION_ID
from skill.talk.understanding import Understanding
from tests.server import PROJECT

LISTENER = "amzn1.ask.account.lambda"
AUDIO_URL = "https://cdn.example/audio"
CONVERSATION = ("open nightfeed", "yes", "tell me more", "the baby's asleep", "it helped", "stop")
PATIENCE = 60
"""Seconds after which an answer is given up: the function hangs."""
API = "/2018-06-01/runtime"
DEADLINE = "4102444800000"
"""Of an invocation, in POSIX milliseconds: far away."""


@dataclass(frozen=True)
class Outcome:
    """What the function came to."""

    path: str
    """Below the API: invocation/<id>/response, invocation/<id>/error or init/error."""
    headers: Mapping[str, str]
    body: Any


@dataclass(frozen=True)
class LambdaFunction:
    """One that is running."""

    events: "Queue[bytes | None]"
    """None: there will be no more."""
    outcomes: "Queue[Outcome]"
    log: Path
    """What it prints."""

    def answer(self, body: str) -> str:
        """Its answer to the event, both as JSON."""
        outcome = self.invoke(body)
        assert outcome.path.endswith("/response"), outcome
        return json.dumps(outcome.body)

    def invoke(self, body: str) -> Outcome:
        """What comes of the event, given as JSON."""
        self.events.put(body.encode())
        return self.outcome()

    def outcome(self) -> Outcome:
        """What it has come to next."""
        return self.outcomes.get(timeout=PATIENCE)


@contextmanager
def running(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], log: Path
) -> Iterator[LambdaFunction]:
    """The command, which is to start awslambdaric, in the folder and with no other environment than that."""
    function = LambdaFunction(Queue(), Queue(), log)
    api = _api(function)
    Thread(target=api.serve_forever, daemon=True).start()
    with log.open("w") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**environment, "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{api.server_port}"},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield function
    finally:
        process.kill()
        process.wait()
        function.events.put(None)
        api.shutdown()
        api.server_close()


def _api(function: LambdaFunction) -> ThreadingHTTPServer:
    class Api(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        numbers = iter(range(1, 1_000))

        def do_GET(self) -> None:
            assert self.path == f"{API}/invocation/next", self.path
            event = function.events.get()
            if event is None:
                self.close_connection = True
                return
            self.send_response(HTTPStatus.OK)
            self.send_header("Lambda-Runtime-Aws-Request-Id", f"request-{next(self.numbers)}")
            self.send_header("Lambda-Runtime-Deadline-Ms", DEADLINE)
            self.send_header("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-west-1:1:function:n")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(event)))
            self.end_headers()
            self.wfile.write(event)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            path = self.path.removeprefix(f"{API}/")
            self.send_response(HTTPStatus.ACCEPTED)
            self.send_header("Content-Length", "0")
            self.end_headers()
            function.outcomes.put(Outcome(path, dict(self.headers), json.loads(body)))

        def log_message(self, *_: object) -> None:
            pass

    return ThreadingHTTPServer(("127.0.0.1", 0), Api)


def variables(data: Path) -> dict[str, str]:
    """The settings of a function."""
    return {
        "NIGHTFEED_DATA": str(data),
        "NIGHTFEED_AUDIO_URL": AUDIO_URL,
        "NIGHTFEED_SKILL_ID": APPLICATION_ID,
        "NIGHTFEED_LISTENER_KEY": "a key for tests",
    }


def hold_a_conversation(function: LambdaFunction, data: Path) -> None:
    """The newest guide begun, and voted on; the vote is looked for in the function's NIGHTFEED_DATA."""
    library = read_library(PROJECT / "audio" / "library.json")
    phrases = read_phrases(PROJECT / "content" / "phrases" / "en.toml")
    understanding = Understanding(phrases, library.guides)
    speaker = Speaker(function.answer, understanding, library, lambda: datetime.now(UTC))
    session, played = None, set[str]()
    for words in CONVERSATION:
        exchange = speaker.hear(words, LISTENER, session)
        session = exchange.session
        played |= {step.url for step in exchange.steps if step.clip}
        assert exchange.steps, words
        assert (session is None) is (words == "stop"), words
    guide = library.guides[0]
    for passage in (guide.sections[0].lead[0], guide.sections[0].more[0]):
        assert f"{AUDIO_URL}/{passage.clips[0].file}" in played
    (report,) = SqliteStore(data / STORE_FILE).report().guides
    assert (report.guide, report.yes, report.no) == (guide.slug, 1, 0)
