"""Load as Alexa makes it: signed, from many listeners who talk at once, every answer checked."""

import http.client
import itertools
import json
import os
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

from skill.talk.speaker import Device, OpenSession, request_envelope, session_after
from skill.talk.understanding import Heard
from tests.amazon_certificates import signed
from tests.public import alexa
from tests.server import PATIENCE, Server

WORDS = (
    *("open nightfeed", "yes", "tell me more", "carry on", "top tip", "yes"),
    *("read the part about early relationships", "what's in it", "repeat", "search for crying", "stop"),
)
"""What every listener says, and after it begins anew."""


@dataclass
class Listener:
    """One of many."""

    id: str
    session: OpenSession | None = None
    said: Iterator[str] = field(default_factory=lambda: itertools.cycle(WORDS))


@dataclass
class Measured:
    """What came of a time of load."""

    seconds: float
    latencies: list[float] = field(default_factory=list)
    """Seconds from when a turn was due to its answer."""
    faults: Counter[str] = field(default_factory=Counter)

    def percentile(self, part: float) -> float:
        """Seconds within which that part of the turns was answered."""
        return sorted(self.latencies)[min(int(part * len(self.latencies)), len(self.latencies) - 1)]

    @property
    def rate(self) -> float:
        """Turns a second."""
        return len(self.latencies) / self.seconds


class Load:
    """Listeners who talk to one server."""

    def __init__(self, server: Server, listeners: int, clients: int) -> None:
        """`clients`: how many requests are under way at most."""
        understanding = alexa(server).understanding
        self._understand = cache(understanding.understand)
        self._server = server
        self._clients = clients
        # Each client has its own, so that no listener talks twice at a time.
        ids = [f"amzn1.ask.account.{number}" for number in range(listeners)]
        self._listeners = [[Listener(name) for name in ids[client::clients]] for client in range(clients)]

    def run(self, seconds: float, rate: float = 0.0) -> Measured:
        """Load for that time: so many turns a second; 0: as many as can be."""
        measured = Measured(seconds)
        end = time.perf_counter() + seconds
        threads = [
            threading.Thread(target=self._talk, args=(client, end, rate / self._clients, measured))
            for client in range(self._clients)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return measured

    def _talk(self, client: int, end: float, rate: float, measured: Measured) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._server.port, timeout=PATIENCE)
        due = time.perf_counter()
        for listener in itertools.cycle(self._listeners[client]):
            due = due + 1 / rate if rate else time.perf_counter()
            if due >= end:
                break
            time.sleep(max(0.0, due - time.perf_counter()))
            try:
                fault = self._turn(connection, listener, self._understand(next(listener.said)))
            except (OSError, http.client.HTTPException) as error:
                fault = type(error).__name__
                connection.close()
            # From when it was due: a server that is late must not be asked less for it.
            measured.latencies.append(time.perf_counter() - due)
            if fault:
                measured.faults[fault] += 1
        connection.close()

    def _turn(self, connection: http.client.HTTPConnection, listener: Listener, heard: Heard) -> str:
        """What is wrong with the answer; empty where nothing is."""
        request = request_envelope(heard, Device(listener.id), listener.session, datetime.now(UTC))
        body = json.dumps(request).encode()
        connection.request("POST", "/alexa", body, {"Content-Type": "application/json"} | signed(body))
        response = connection.getresponse()
        answered = response.read()
        if response.status != http.HTTPStatus.OK:
            return f"{response.status} {heard.name}"
        answer = json.loads(answered)
        listener.session = session_after(request, answer)
        speech = answer["response"].get("outputSpeech", {}).get("ssml", "<speak/>")
        return "" if "".join(ElementTree.fromstring(speech).itertext()) else f"silence {heard.name}"


def memory_of(server: Server) -> int:
    """Bytes of memory that the server's workers have for themselves, and their part of what they share."""
    pids = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()
    return sum(_proportional(Path(f"/proc/{pid}/smaps_rollup").read_text()) for pid in pids)


def pin(server: Server) -> bool:
    """Give the server a core of its own, where there are two; whether that was done."""
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2:
        return False
    pids = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()
    for pid in map(int, [*pids]):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            os.sched_setaffinity(int(thread.name), {cores[-1]})
    os.sched_setaffinity(0, set(cores[:-1]))
    return True


def _proportional(rollup: str) -> int:
    (line,) = (line for line in rollup.splitlines() if line.startswith("Pss:"))
    return int(line.split()[1]) * 1024
