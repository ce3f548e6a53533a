"""nightfeed serve --workers: the public's server, over real HTTP, and what a killed worker loses."""

import contextlib
import http.client
import os
import random
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlencode

import pytest

from skill.listen.app import VOTES
from skill.store.listener_id import alexa_listener, page_listener
from skill.store.sqlite import SqliteStore
from tests.load import Load
from tests.public import KEY, alexa, entries, public_server
from tests.server import Server, nightfeed

GUIDE = "building-secure-relationships"
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
KILLS = 20
CLIENTS = 6


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with public_server(tmp_path_factory.mktemp("public")) as server:
        yield server


def test_a_conversation_goes_from_worker_to_worker(server: Server) -> None:
    speaker = alexa(server)
    session = None
    for words, heard in (
        ("open nightfeed", "Shall I start?"),
        ("yes", "relationships"),
        ("top tip", "tip"),
        ("it helped", "Thank"),
    ):
        exchange = speaker.hear(words, "amzn1.ask.account.worker", session)
        session = exchange.session
        assert heard in " ".join(step.text for step in exchange.steps)


def test_each_turn_is_a_line_in_the_log_that_counts_it(server: Server) -> None:
    before = len(entries(server))
    alexa(server).hear("ask nightfeed for the top tip", "amzn1.ask.account.log", None)
    (turn,) = (entry for entry in entries(server)[before:] if entry["message"] == "turn")
    assert turn["request"] == "IntentRequest" and turn["intent"] == "TopTipIntent"
    assert (turn["locale"], turn["outcome"], turn["turns"]) == ("en-GB", "asks", 1)
    assert isinstance(turn["milliseconds"], float)
    (directive,) = turn["_aws"]["CloudWatchMetrics"]  # type: ignore[index]
    assert {metric["Name"] for metric in directive["Metrics"]} <= turn.keys()
    assert all(dimension in turn for dimensions in directive["Dimensions"] for dimension in dimensions)


def test_there_is_no_talk_page_and_the_pages_have_the_public_address(server: Server) -> None:
    assert server.ask("/talk").status == HTTPStatus.NOT_FOUND
    home = server.ask("/")
    assert home.status == HTTPStatus.OK and f"127.0.0.1:{server.port}" not in home.text
    assert f"127.0.0.1:{server.port}" not in server.ask("/feed.xml").text


def test_an_unsigned_request_is_refused(server: Server) -> None:
    assert server.post("/alexa", {"request": {}}).status == HTTPStatus.BAD_REQUEST


def test_a_voter_is_limited_by_her_own_address_and_not_by_the_proxys(tmp_path: Path) -> None:
    with public_server(tmp_path, 1) as server:
        answers = [vote(server, f"voter-{number}", "198.51.100.7") for number in range(VOTES + 1)]
        assert answers == [*[HTTPStatus.NO_CONTENT] * VOTES, HTTPStatus.TOO_MANY_REQUESTS]
        assert vote(server, "another", "198.51.100.8") == HTTPStatus.NO_CONTENT
        # What she says of herself is not believed: the proxy names her last.
        assert vote(server, "liar", "198.51.100.9, 198.51.100.7") == HTTPStatus.TOO_MANY_REQUESTS


def test_alive_is_not_ready(tmp_path: Path) -> None:
    with public_server(tmp_path, 1) as server:
        assert server.ask("/health/ready").json == {"status": "ready"}
        for file in server.data.glob("nightfeed.sqlite3*"):
            file.unlink()
        (server.data / "nightfeed.sqlite3").write_bytes(b"no database at all, but rather long" * 400)
        assert server.ask("/health/ready").status == HTTPStatus.SERVICE_UNAVAILABLE
        assert server.ask("/health").json["status"] == "ok"


def test_it_ends_well_when_it_is_told_to(tmp_path: Path) -> None:
    with public_server(tmp_path) as server:
        assert server.ask("/health").status == HTTPStatus.OK
        assert server.end() == 0
        assert all(entry["level"] == "INFO" for entry in entries(server))


def test_workers_never_answer_what_is_unsigned(tmp_path: Path) -> None:
    refused = nightfeed(tmp_path, "serve", "--unsigned", "--workers", "2")
    assert refused.returncode == 2 and "--workers" in refused.stderr


@pytest.mark.heavy
def test_nothing_that_was_acknowledged_is_lost_when_workers_are_killed(tmp_path: Path) -> None:
    votes: set[str] = set()
    places: set[str] = set()
    over = threading.Event()

    def listen(number: int) -> None:
        turn = 0
        while not over.is_set():
            turn += 1
            # A worker that is killed answers nothing: what it was asked was not acknowledged.
            with contextlib.suppress(OSError, http.client.HTTPException, AssertionError):
                voter = f"{number}-{turn}"
                if vote(server, voter, f"198.51.{number}.{turn % 250}") == HTTPStatus.NO_CONTENT:
                    votes.add(page_listener(voter, KEY.encode()))
                listener = f"amzn1.ask.account.{voter}"
                session = speaker.hear("open nightfeed", listener, None).session
                if any(
                    step.url or "baby" in step.text for step in speaker.hear("yes", listener, session).steps
                ):
                    places.add(alexa_listener(listener, KEY.encode()))

    with public_server(tmp_path) as server:
        speaker = alexa(server)
        clients = [threading.Thread(target=listen, args=(number,)) for number in range(CLIENTS)]
        for client in clients:
            client.start()
        try:
            kill_workers(server)
        finally:
            over.set()
            for client in clients:
                client.join()
        assert server.ask("/health").status == HTTPStatus.OK
        store = SqliteStore(server.data / "nightfeed.sqlite3")
        assert len(votes) > KILLS and len(places) > KILLS
        assert all(store.listener(voter).hearings[0].helpful for voter in votes)
        assert all(store.listener(listener).bookmark for listener in places)
    with contextlib.closing(sqlite3.connect(server.data / "nightfeed.sqlite3")) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def kill_workers(server: Server) -> None:
    """As the kernel does it when memory runs out: one after the other, while they work."""
    chance = random.Random(0)
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.1, 0.6))
        os.kill(chance.choice(workers_of(server)), signal.SIGKILL)


def workers_of(server: Server) -> list[int]:
    """Process ids of those that live."""
    while True:
        children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()
        if children:
            return [int(child) for child in children]
        time.sleep(0.01)


def vote(server: Server, voter: str, address: str) -> int:
    body = urlencode({"helpful": "yes", "listener": voter}).encode()
    return server.ask(f"/{GUIDE}/vote", "POST", body, FORM | {"X-Forwarded-For": address}).status


@pytest.mark.heavy
def test_many_listeners_at_once_are_each_answered(tmp_path: Path) -> None:
    with public_server(tmp_path) as server:
        measured = Load(server, listeners=200, clients=32).run(5)
    assert not measured.faults
    assert len(measured.latencies) > 200
