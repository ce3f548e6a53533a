"""`nightfeed serve --workers`, as the public meets it: Alexa signs, and voters come through a proxy."""

import contextlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

from skill.alexa.phrases import read_phrases
from skill.library import read_library
from skill.talk.conversation import Speaker
from skill.talk.speaker import APPLICATION_ID
from skill.talk.understanding import Understanding
from tests.amazon_certificates import CHAIN_PATH, Amazon, certificate_host, signed
from tests.server import PROJECT, Server, serving

JSON = {"Content-Type": "application/json"}
KEY = "key of the public server"


@contextlib.contextmanager
def public_server(folder: Path, workers: int = 2, *options: str) -> Iterator[Server]:
    """The server behind one proxy, and the host of Alexa's certificate beside it."""
    amazon = Amazon.make()
    own = {"NIGHTFEED_SKILL_ID": APPLICATION_ID, "NIGHTFEED_LISTENER_KEY": KEY}
    with (
        certificate_host(folder, {CHAIN_PATH: amazon.chain()}, amazon) as host,
        serving(
            folder, "--workers", str(workers), "--proxies", "1", *options, **own, **host.environment
        ) as server,
    ):
        yield server


def alexa(server: Server) -> Speaker:
    """A speaker whose requests are signed, and go to the server."""

    def answer(body: str) -> str:
        data = body.encode()
        answered = server.ask("/alexa", "POST", data, JSON | signed(data))
        assert answered.status == HTTPStatus.OK, answered
        return answered.text

    library = read_library(PROJECT / "audio" / "library.json")
    phrases = read_phrases(PROJECT / "content" / "phrases" / "en.toml")
    return Speaker(answer, Understanding(phrases, library.guides), library, lambda: datetime.now(UTC))


def entries(server: Server) -> list[dict[str, object]]:
    """What the server has logged; every line is an object of JSON."""
    return [json.loads(line) for line in server.log.read_text().splitlines()]
