"""DynamoDB for tests: dynalite, which speaks as it does, and a server that has any fault one likes."""

import http.client
import json
import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

DYNALITE = "dynalite@4.0.0"
SERVER = """
const server = require("dynalite")({createTableMs: 0, deleteTableMs: 0})
server.listen(0, "127.0.0.1", () => console.log(server.address().port))
process.stdin.resume().on("end", () => process.exit())
"""
TABLE = "listeners"
REGION = "eu-west-1"
SIGNED = {
    "X-Amz-Date": "20260301T030000Z",
    "Authorization": "AWS4-HMAC-SHA256 Credential=key/20260301/eu-west-1/dynamodb/aws4_request,"
    " SignedHeaders=host, Signature=0",
}
"""As dynalite wants it; it does not verify."""


@contextmanager
def dynalite_in(folder: Path) -> Iterator[str]:
    """The address of a DynamoDB in memory; the program is kept in the folder."""
    if not folder.exists():
        install(folder)
    node = ["node", "-e", SERVER]
    with subprocess.Popen(
        node, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdin and server.stdout
        yield f"http://127.0.0.1:{int(server.stdout.readline())}"
        server.stdin.close()


def install(folder: Path) -> None:
    """Fetch dynalite with npm; it is there whole or not at all."""
    draft = folder.with_name(f"draft-{os.getpid()}")
    quiet = ["--no-audit", "--no-fund", "--ignore-scripts"]
    try:
        npm = ["npm", "install", *quiet, "--prefix", str(draft), DYNALITE]
        fetched = subprocess.run(npm, capture_output=True, text=True)
        assert fetched.returncode == 0, f"npm could not fetch {DYNALITE}: {fetched.stderr}"
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def make_table(client: Any) -> None:
    """As whoever deploys the skill makes it."""
    client.create_table(
        TableName=TABLE,
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
    )
    client.get_waiter("table_exists").wait(TableName=TABLE, WaiterConfig={"Delay": 0.05})


Answer = Callable[[str, bytes], tuple[int, bytes]]
"""To an operation, and what goes with it: the HTTP status and the body. 0: no answer."""


@contextmanager
def answering(answer: Answer) -> Iterator[str]:
    """The address of a server that speaks DynamoDB's protocol."""
    with ThreadingHTTPServer(
        ("127.0.0.1", 0), type("Answering", (Handler,), {"answer": staticmethod(answer)})
    ) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,)).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


class Faulty:
    """A server that answers each request with the next of the answers; the last one stays."""

    def __init__(self, *answers: tuple[int, str]) -> None:
        """Each: the HTTP status, and DynamoDB's error code; no code: empty success. (0, ""): no answer."""
        self._answers = list(answers)
        self._over = threading.Event()
        self.asked: list[str] = []
        """The operations."""

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Its address."""
        with answering(self._answer) as address:
            yield address
            self._over.set()

    def _answer(self, operation: str, _: bytes) -> tuple[int, bytes]:
        self.asked.append(operation)
        status, code = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if not status:
            self._over.wait()
        kind = {"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "message": "about zoe"} if code else {}
        return status, json.dumps(kind).encode()


@contextmanager
def losing_the_first_answer(dynamodb: str) -> Iterator[str]:
    """The address of a server that passes all on to that one, and tells of a fault where it first answers."""
    lost: list[bytes] = []

    def answer(operation: str, request: bytes) -> tuple[int, bytes]:
        headers = {"X-Amz-Target": operation, "Content-Type": "application/x-amz-json-1.0", **SIGNED}
        passed_on = http.client.HTTPConnection(urlsplit(dynamodb).netloc)
        passed_on.request("POST", "/", request, headers)
        answered = passed_on.getresponse()
        status, body = answered.status, answered.read()
        passed_on.close()
        if not lost:
            lost.append(body)
            return HTTPStatus.INTERNAL_SERVER_ERROR, b"{}"
        return status, body

    with answering(answer) as address:
        yield address


class Handler(BaseHTTPRequestHandler):
    """DynamoDB's protocol."""

    protocol_version = "HTTP/1.1"
    answer: Answer

    def do_POST(self) -> None:
        request = self.rfile.read(int(self.headers["Content-Length"]))
        status, body = self.answer(self.headers["X-Amz-Target"], request)
        if not status:
            self.close_connection = True
            return
        self.send_response(status)
        self.send_header("Content-Type", "application/x-amz-json-1.0")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing."""
