"""Clients that keep a server busy: requests made beforehand, over connections that are kept, from one thread.

Nothing is parsed or judged while the clock runs, so that the server is what is measured.
"""

import selectors
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

PIECE = 256 * 1024
"""Bytes that are read at a time."""
PATIENCE = 60.0
"""Seconds of silence after which the server is given up."""
END_OF_HEADERS = b"\r\n\r\n"
LENGTH = b"content-length:"


@dataclass
class Sent:
    """What came of it."""

    answers: dict[int, tuple[int, bytes]]
    """Status and body, by the number of the request."""
    seconds: float
    busy: float
    """Part of that time for which the clients themselves kept a processor busy."""


@dataclass
class _Connection:
    port: int
    waiting: list[int]
    """Requests that are still to be sent, the next one last."""
    asked: int = -1
    came: bytearray = field(default_factory=bytearray)
    wire: socket.socket = field(init=False)

    def __post_init__(self) -> None:
        self.wire = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        self.wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send_next(self, requests: Sequence[bytes]) -> bool:
        if not self.waiting:
            return False
        self.asked = self.waiting.pop()
        self.came.clear()
        self.wire.sendall(requests[self.asked])
        return True


def send(port: int, requests: Sequence[bytes], connections: int, seconds: float) -> Sent:
    """Send the requests until they are all answered, or until that time is over.

    Request n goes over connection n modulo their number, after the answer to the one before it.
    """
    opened = [
        _Connection(port, list(range(len(requests)))[number::connections][::-1])
        for number in range(connections)
    ]
    answers: dict[int, tuple[int, bytes]] = {}
    began, worked = time.perf_counter(), time.process_time()
    with selectors.DefaultSelector() as selector:
        for connection in opened:
            if connection.send_next(requests):
                selector.register(connection.wire, selectors.EVENT_READ, connection)
        while selector.get_map():
            ready = selector.select(PATIENCE)
            assert ready, "the server does not answer"
            for key, _ in ready:
                connection = key.data
                piece = connection.wire.recv(PIECE)
                assert piece, "the server closed a connection"
                connection.came += piece
                answer = answer_in(connection.came)
                if answer is None:
                    continue
                answers[connection.asked] = answer
                if time.perf_counter() - began > seconds or not connection.send_next(requests):
                    selector.unregister(connection.wire)
    took, busy = time.perf_counter() - began, time.process_time() - worked
    for connection in opened:
        connection.wire.close()
    return Sent(answers, took, busy / took)


def answer_in(came: bytearray) -> tuple[int, bytes] | None:
    """Status and body of the answer in what came; None as long as it is not whole. It tells its length."""
    end = came.find(END_OF_HEADERS)
    if end < 0:
        return None
    headers = bytes(came[:end]).lower()
    length = int(headers[headers.index(LENGTH) + len(LENGTH) :].split(b"\r\n", 1)[0])
    body = bytes(came[end + len(END_OF_HEADERS) :])
    return (int(headers[9:12]), body) if len(body) >= length else None
