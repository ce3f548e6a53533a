from dataclasses import dataclass
from pathlib import Path

import pytest

from skill.content_file import read_toml
from skill.errors import ContentError


@dataclass(frozen=True)
class Colours:
    colours: dict[str, int]


@pytest.mark.parametrize(
    ("written", "line"),
    [
        (b"[colours]\nred = 1\nblue 2\n", 3),
        (b'[colours]\nred = "1"\n', 1),
        (b"", 1),
        (b"\xff\xfe[colours]", 1),
    ],
    ids=["not TOML", "of another shape", "empty", "not a text"],
)
def test_a_slip_is_told_with_its_line_and_the_remedy(tmp_path: Path, written: bytes, line: int) -> None:
    path = tmp_path / "colours.toml"
    path.write_bytes(written)
    with pytest.raises(ContentError) as caught:
        read_toml(path, Colours, "colours", "write name = number")
    assert str(caught.value).startswith(f"{path}:{line}: not colours (")
    assert str(caught.value).endswith("); write name = number")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="there is no such file"):
        read_toml(tmp_path / "colours.toml", Colours, "colours", "write name = number")


def test_what_is_well_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "colours.toml"
    path.write_text("[colours]\nred = 1\n", encoding="utf-8")
    assert read_toml(path, Colours, "colours", "") == Colours({"red": 1})
