"""The recordings, over real HTTP: in whole, in part, and nothing beside them."""

from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from skill.library import read_library
from tests.server import PROJECT, Server

AUDIO = PROJECT / "audio"


@pytest.fixture(scope="module")
def file() -> str:
    """A clip, as the library names it."""
    return read_library(AUDIO / "library.json").guides[0].tip.clips[0].file


@pytest.fixture(scope="module")
def recorded(file: str) -> bytes:
    """Its bytes."""
    return (AUDIO / file).read_bytes()


def test_a_recording_comes_whole_and_may_be_kept_for_good(
    unsigned: Server, file: str, recorded: bytes
) -> None:
    answer = unsigned.ask(f"/audio/{file}")
    assert (answer.status, answer.body) == (HTTPStatus.OK, recorded)
    assert answer.headers["Content-Type"] == "audio/mpeg"
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_the_quiet_recording_is_there_too(unsigned: Server) -> None:
    clip = read_library(AUDIO / "library.json").guides[0].tip.clips[0]
    answer = unsigned.ask(f"/audio/{clip.quiet_file}")
    assert (answer.status, answer.body) == (HTTPStatus.OK, (AUDIO / clip.quiet_file).read_bytes())


@pytest.mark.parametrize(
    ("wanted", "start", "stop"),
    [("bytes=0-99", 0, 100), ("bytes=100-", 100, None), ("bytes=-100", -100, None), ("bytes=5-5", 5, 6)],
    ids=["the first bytes", "all but the first", "the last bytes", "one byte"],
)
def test_a_part_of_a_recording_can_be_had(
    unsigned: Server, file: str, recorded: bytes, wanted: str, start: int, stop: int | None
) -> None:
    answer = unsigned.ask(f"/audio/{file}", headers={"Range": wanted})
    assert (answer.status, answer.body) == (HTTPStatus.PARTIAL_CONTENT, recorded[start:stop])
    first, last, _ = slice(start, stop).indices(len(recorded))
    assert answer.headers["Content-Range"] == f"bytes {first}-{last - 1}/{len(recorded)}"
    assert answer.headers["Content-Type"] == "audio/mpeg"


def test_a_part_that_there_is_not_is_refused_with_the_size(
    unsigned: Server, file: str, recorded: bytes
) -> None:
    answer = unsigned.ask(f"/audio/{file}", headers={"Range": f"bytes={len(recorded)}-"})
    assert answer.status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
    assert answer.headers["Content-Range"] == f"bytes */{len(recorded)}"
    assert answer.text == "Requested Range Not Satisfiable\n"


def test_head_tells_the_size_without_the_bytes(unsigned: Server, file: str, recorded: bytes) -> None:
    answer = unsigned.ask(f"/audio/{file}", "HEAD")
    assert (answer.status, answer.body) == (HTTPStatus.OK, b"")
    assert answer.headers["Content-Length"] == str(len(recorded))
    assert answer.headers["Content-Type"] == "audio/mpeg"


def test_who_has_the_recording_is_not_sent_it_again(unsigned: Server, file: str) -> None:
    known = unsigned.ask(f"/audio/{file}").headers["ETag"]
    answer = unsigned.ask(f"/audio/{file}", headers={"If-None-Match": known})
    assert (answer.status, answer.body) == (HTTPStatus.NOT_MODIFIED, b"")
    assert unsigned.ask(f"/audio/{file}", headers={"If-None-Match": '"other"'}).status == HTTPStatus.OK


@pytest.mark.parametrize(
    "path",
    [
        "library.json",
        "nothing.mp3",
        "{folder}/",
        "{folder}",
        "../content/show.toml",
        "{folder}/../library.json",
        "{folder}/..%2flibrary.json",
        "%2e%2e/content/show.toml",
        "..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "..%5ccontent%5cshow.toml",
        "{file}%00",
        "{file}/",
        "%ff.mp3",
    ],
)
def test_nothing_but_what_the_library_names_is_there(unsigned: Server, file: str, path: str) -> None:
    folder = Path(file).parent.as_posix()
    answer = unsigned.ask(f"/audio/{path.format(file=file, folder=folder)}")
    if answer.status == HTTPStatus.PERMANENT_REDIRECT:  # two slashes are made one
        answer = unsigned.ask(urlsplit(answer.headers["Location"]).path)
    assert (answer.status, answer.text) == (HTTPStatus.NOT_FOUND, "Not Found\n")
