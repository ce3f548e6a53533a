"""A token says which clip plays, and what was wished; others' tokens say nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.bookmark import Bookmark
from skill.dialogue.reply import Stream
from skill.dialogue.stream_token import read_token, write_token
from skill.limits import MAX_TOKEN_CHARACTERS

PLACES = st.builds(
    Bookmark, st.text(min_size=1), st.integers(0, 99), st.integers(0, 999), st.booleans(), st.just(0.0)
)


@given(st.builds(Stream, PLACES, st.just(""), st.booleans(), st.booleans()))
def test_a_token_brings_back_its_stream(stream: Stream) -> None:
    assert read_token(write_token(stream)) == stream


def test_a_token_is_short_for_the_longest_name_that_a_file_may_have() -> None:
    longest = Stream(Bookmark("g" * 255, 99, 999, deeper=True), "", True, True)
    assert len(write_token(longest)) < MAX_TOKEN_CHARACTERS


def test_the_device_tells_the_offset_and_not_the_token() -> None:
    assert write_token(Stream(Bookmark("sleep", offset=7.5))) == write_token(Stream(Bookmark("sleep")))


@pytest.mark.parametrize(
    "token",
    [
        "",
        "0",
        "null",
        "[]",
        "{}",
        '{"guide":7}',
        '{"guide":"sleep","section":"one"}',
        '{"guide":"sleep","song":"lullaby"}',
        '{"guide":"sleep"',
        "https://radio.example/stream",
        "\udcff",
        "[" * 1000,
        '{"guide":"' + "g" * MAX_TOKEN_CHARACTERS + '"}',
    ],
    ids=lambda token: ascii(token[:40]),
)
def test_a_token_that_is_not_ours_is_none(token: str) -> None:
    assert read_token(token) is None


@given(st.text())
def test_no_token_breaks_anything(token: str) -> None:
    stream = read_token(token)
    assert stream is None or read_token(write_token(stream)) == stream
