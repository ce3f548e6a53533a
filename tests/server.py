"""A real `nightfeed serve` in a process of its own, and a plain HTTP client for it."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PROJECT = Path(__file__).parent.parent
PATIENCE = 60
"""Seconds after which a process or an answer is given up: it hangs."""


@dataclass(frozen=True)
class Answer:
    """What an HTTP server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body, decoded."""
        return self.body.decode()

    @cached_property
    def json(self) -> Any:
        """The body, read as JSON."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Server:
    """One that is running."""

    process: subprocess.Popen[str]
    address: str
    """Such as http://127.0.0.1:41234."""
    port: int
    data: Path
    """Its NIGHTFEED_DATA."""
    log: Path
    """What it writes to standard error."""

    def ask(
        self,
        path: str,
        method: str = "GET",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """The answer to a request whose path is sent as it stands."""
        return ask(f"http://127.0.0.1:{self.port}", path, method, body, headers)

    def post(self, path: str, values: object) -> Answer:
        """The answer to the values, sent as JSON."""
        return self.ask(path, "POST", json.dumps(values).encode(), {"Content-Type": "application/json"})

    def end(self, ending: signal.Signals = signal.SIGTERM) -> int:
        """Its exit code, once it has obeyed the signal."""
        self.process.send_signal(ending)
        return self.process.wait(PATIENCE)


def environment(data: Path, **changes: str) -> dict[str, str]:
    """This one, without any setting of Nightfeed's but the given ones."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NIGHTFEED_")}
    return kept | {"NIGHTFEED_PROJECT": str(PROJECT), "NIGHTFEED_DATA": str(data)} | changes


def nightfeed(
    data: Path, *arguments: str, typed: str = "", **changes: str
) -> subprocess.CompletedProcess[str]:
    """The command, run to its end with that on standard input."""
    return subprocess.run(
        [sys.executable, "-m", "skill", *arguments],
        input=typed,
        capture_output=True,
        text=True,
        cwd=PROJECT,
        env=environment(data, **changes),
        timeout=PATIENCE,
    )


@contextmanager
def serving(folder: Path, *options: str, **changes: str) -> Iterator[Server]:
    """`nightfeed serve` on a free port; the folder takes its data and log, its environment the changes."""
    log = folder / "serve.log"
    data = folder / "data"
    with log.open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "skill", "serve", "--port", "0", *options],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            cwd=PROJECT,
            env=environment(data, **changes),
        )
    assert process.stdout
    try:
        said = process.stdout.readline()
        found = re.search(r"http://\S+:(\d+)", said)
        assert found, f"the server did not start: {log.read_text()}"
        yield Server(process, found[0], int(found[1]), data, log)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def ask(
    address: str,
    path: str,
    method: str = "GET",
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """The answer of the server at the address; nothing of the path is made tidy on the way."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE)
    try:
        connection.request(method, path, body, dict(headers or {}))
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())  # type: ignore[arg-type]
    finally:
        connection.close()
