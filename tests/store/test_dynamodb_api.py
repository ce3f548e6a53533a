"""Requests to DynamoDB over real HTTP: signed, on connections that are kept, and never sent twice."""

import json
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from skill.errors import NightfeedError
from skill.store.aws_account import Account, NoCredentialsError, account
from skill.store.aws_signature import Credentials
from skill.store.dynamodb_api import DynamoApi, RefusedError, UnansweredError, UnsentError

LONG = 30.0
"""Seconds: no test waits for as long."""


class Table(ThreadingHTTPServer):
    """Answers everything, and notes from whom it came."""

    daemon_threads = True

    def __init__(self, keeps: bool) -> None:
        self.keeps = keeps
        """Whether a connection is kept after an answer; if not, nothing says so before."""
        self.came: list[tuple[int, dict[str, str]]] = []
        super().__init__(("127.0.0.1", 0), Handler)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Table

    def do_POST(self) -> None:
        self.server.came.append((self.client_address[1], dict(self.headers)))
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status, answer = (400, {"__type": "x#Odd"}) if "odd" in asked else (200, {"Item": asked})
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = not self.server.keeps

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def serving(keeps: bool = True) -> Iterator[tuple[Table, DynamoApi]]:
    with Table(keeps) as table:
        threading.Thread(target=table.serve_forever, args=(0.01,)).start()
        yield table, api(f"http://127.0.0.1:{table.server_port}")
        table.shutdown()


def api(address: str, read: float = LONG) -> DynamoApi:
    return DynamoApi(Account("eu-west-1", address, lambda: Credentials("AKID", "secret")), LONG, read)


def test_requests_one_after_the_other_share_a_connection() -> None:
    with serving() as (table, dynamodb):
        for number in range(3):
            assert dynamodb.ask("GetItem", {"Key": number}) == {"Item": {"Key": number}}
        with pytest.raises(RefusedError, match="Odd"):
            dynamodb.ask("GetItem", {"odd": 1})
        assert dynamodb.ask("GetItem", {}) == {"Item": {}}
    assert len({port for port, _ in table.came}) == 1
    assert table.came[0][1]["X-Amz-Target"] == "DynamoDB_20120810.GetItem"
    assert table.came[0][1]["Authorization"].startswith("AWS4-HMAC-SHA256 Credential=AKID/")


def test_a_connection_that_the_other_side_has_closed_is_made_anew() -> None:
    with serving(keeps=False) as (table, dynamodb):
        for number in range(3):
            assert dynamodb.ask("GetItem", {"Key": number}) == {"Item": {"Key": number}}
            ended = dynamodb._idle[-1].sock
            ended.settimeout(LONG)
            assert ended.recv(1, socket.MSG_PEEK) == b""
    assert len({port for port, _ in table.came}) == 3


def test_who_does_not_answer_may_have_done_it_and_who_does_not_listen_has_not() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(UnansweredError):
            api(address, read=0.05).ask("GetItem", {})
    with pytest.raises(UnsentError):
        api(address).ask("GetItem", {})


def test_an_answer_that_is_no_json_is_none() -> None:
    with socket.create_server(("127.0.0.1", 0)) as odd:

        def answer() -> None:
            with odd.accept()[0] as connection:
                connection.recv(65536)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno")

        thread = threading.Thread(target=answer)
        thread.start()
        with pytest.raises(UnansweredError):
            api(f"http://127.0.0.1:{odd.getsockname()[1]}").ask("GetItem", {})
        thread.join()


@pytest.mark.parametrize(
    ("environment", "region", "address"),
    [
        ({}, "eu-west-1", "https://dynamodb.eu-west-1.amazonaws.com"),
        ({}, "cn-north-1", "https://dynamodb.cn-north-1.amazonaws.com.cn"),
        ({"AWS_ENDPOINT_URL": "http://one/"}, "us-gov-west-1", "http://one"),
        (
            {"AWS_ENDPOINT_URL": "http://one", "AWS_ENDPOINT_URL_DYNAMODB": "http://two"},
            "eu-west-1",
            "http://two",
        ),
    ],
)
def test_a_table_is_asked_where_it_is(environment: dict[str, str], region: str, address: str) -> None:
    keys = {"AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_SESSION_TOKEN": "token"}
    found = account(environment | keys, region, "here")
    assert (found.address, found.credentials()) == (address, Credentials("AKID", "secret", "token"))


def test_what_stands_in_awss_own_files_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    (tmp_path / "credentials").write_text("[default]\naws_access_key_id=FILED\naws_secret_access_key=s\n")
    (tmp_path / "config").write_text("[default]\nregion=ap-northeast-1\n")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    found = account(os.environ, "", "here")
    assert (found.region, found.credentials()) == ("ap-northeast-1", Credentials("FILED", "s"))
    (tmp_path / "credentials").unlink()
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with pytest.raises(NoCredentialsError):
        account(os.environ, "", "here").credentials()
    (tmp_path / "config").unlink()
    with pytest.raises(NightfeedError, match="in which region"):
        account(os.environ, "", "here")
