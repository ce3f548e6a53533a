"""Which address is answered by what, over real HTTP."""

from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus

import pytest

from skill import __version__
from skill.library import read_library
from tests.server import PROJECT, Server

LISTENERS = 50


def test_health_tells_the_version_and_how_many_guides_there_are(unsigned: Server) -> None:
    guides = len(read_library(PROJECT / "audio" / "library.json").guides)
    assert unsigned.ask("/health").json == {"status": "ok", "version": __version__, "guides": guides}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", HTTPStatus.NOT_FOUND),
        ("GET", "/audio/", HTTPStatus.NOT_FOUND),
        ("GET", "/static/talk.py", HTTPStatus.NOT_FOUND),
        ("GET", "/static/../app.py", HTTPStatus.NOT_FOUND),
        ("POST", "/health", HTTPStatus.METHOD_NOT_ALLOWED),
        ("DELETE", "/", HTTPStatus.METHOD_NOT_ALLOWED),
        ("DELETE", "/talk", HTTPStatus.METHOD_NOT_ALLOWED),
        ("GET", "/alexa", HTTPStatus.METHOD_NOT_ALLOWED),
    ],
)
def test_a_refusal_is_one_line_of_plain_text(
    unsigned: Server, method: str, path: str, status: HTTPStatus
) -> None:
    answer = unsigned.ask(path, method)
    assert (answer.status, answer.text) == (status, f"{status.phrase}\n")
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert (status == HTTPStatus.METHOD_NOT_ALLOWED) == ("Allow" in answer.headers)


def test_the_talk_page_is_not_there_on_an_address_that_others_reach(public: Server) -> None:
    assert public.ask("/health").status == HTTPStatus.OK
    assert public.ask("/talk").status == HTTPStatus.NOT_FOUND
    assert public.ask("/static/talk.js").status == HTTPStatus.NOT_FOUND
    assert public.post("/talk", {"text": "open nightfeed", "listener": "one"}).status == HTTPStatus.NOT_FOUND


def test_fifty_listeners_at_once_are_all_read_to(unsigned: Server) -> None:
    def listen(number: int) -> tuple[int, int]:
        opened = unsigned.post("/talk", {"text": "open nightfeed", "listener": f"one of many {number}"}).json
        said = {"text": "yes", "listener": f"one of many {number}", "session": opened["session"]}
        clips = [step["url"] for step in unsigned.post("/talk", said).json["steps"] if step["url"]]
        path = clips[0].removeprefix(unsigned.address)
        return len(clips), unsigned.ask(path).status

    with ThreadPoolExecutor(LISTENERS) as pool:
        heard = list(pool.map(listen, range(LISTENERS)))
    assert len(set(heard)) == 1
    assert heard[0][0] >= 1 and heard[0][1] == HTTPStatus.OK
