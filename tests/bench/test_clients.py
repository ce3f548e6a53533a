"""The clients that keep a server busy."""

import pytest

from tests.bench.clients import answer_in, send
from tests.dynamodb import Handler, answering

WHOLE = b"HTTP/1.1 200 OK\r\nContent-LENGTH: 4\r\nX: y\r\n\r\nbody"


@pytest.mark.parametrize("end", [0, 10, len(WHOLE) - 5, len(WHOLE) - 1])
def test_an_answer_is_awaited_until_it_is_whole(end: int) -> None:
    assert answer_in(bytearray(WHOLE[:end])) is None
    assert answer_in(bytearray(WHOLE)) == (200, b"body")


def request(body: bytes) -> bytes:
    head = f"POST / HTTP/1.1\r\nHost: h\r\nX-Amz-Target: t\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def test_every_request_is_answered_once_and_those_of_a_connection_in_order() -> None:
    came: list[bytes] = []
    with answering(lambda _, body: (came.append(body), (200, body))[1]) as address:
        bodies = [f"{number}".encode() for number in range(20)]
        sent = send(int(address.rpartition(":")[2]), [*map(request, bodies)], 4, 60.0)
    assert sent.answers == {number: (200, body) for number, body in enumerate(bodies)}
    assert sorted(came) == sorted(bodies)
    for connection in range(4):
        assert [body for body in came if int(body) % 4 == connection] == bodies[connection::4]


def test_after_its_time_nothing_more_is_sent() -> None:
    with answering(lambda _, body: (200, body)) as address:
        sent = send(int(address.rpartition(":")[2]), [request(b"a")] * 100, 2, 0.0)
    assert set(sent.answers) == {0, 1}


def test_a_server_that_hangs_up_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Handler, "protocol_version", "HTTP/1.0")
    with (
        answering(lambda *_: (200, b"{}")) as address,
        pytest.raises((AssertionError, OSError)),
    ):
        send(int(address.rpartition(":")[2]), [request(b"a")] * 4, 1, 60.0)
