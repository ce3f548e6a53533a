"""The catalogue is read back as it was written, and a damaged one is told."""

from pathlib import Path

import pytest

from skill.errors import NightfeedError
from skill.library import library_json, read_library
from tests.small_library import library


def test_the_catalogue_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "library.json"
    path.write_bytes(library_json(library()))
    assert read_library(path) == library()
    assert library_json(read_library(path)) == path.read_bytes()


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"recorded": [{"guide": 3}]}', b"\xff\xfe"])
def test_a_damaged_catalogue_is_told_in_one_line_with_the_remedy(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "library.json").write_bytes(data)
    with pytest.raises(NightfeedError) as caught:
        read_library(tmp_path / "library.json")
    assert "nightfeed record" in str(caught.value) and "\n" not in str(caught.value)


def test_a_missing_catalogue_is_told(tmp_path: Path) -> None:
    with pytest.raises(NightfeedError, match="there is no library"):
        read_library(tmp_path / "library.json")


def test_the_listening_time_is_that_of_the_path() -> None:
    assert library().guide("sleep").listening_seconds == 65
