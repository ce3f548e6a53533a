"""The lexicon is read whole, or the editor is told where it is wrong."""

from pathlib import Path

import pytest

from skill.errors import ContentError
from skill.studio.lexicon import read_lexicon
from tests.conversing import CONTENT


def test_entries_are_read_as_they_are_written(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_text('# for voices\n[say]\n"w/" = "with"\n"Siân" = "Sharn"\n', encoding="utf-8")
    assert read_lexicon(path) == {"w/": "with", "Siân": "Sharn"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[say]\n"a" = "b"\nc = \n', 3),
        ('[say]\n"a" = 3\n', 1),
        ('"a" = "b"\n', 1),
        ("say = 3\n", 1),
        ('[say]\n"a" = "b"\n"a" = "c"\n', 3),
    ],
)
def test_a_malformed_lexicon_is_told_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_lexicon(path)
    assert str(caught.value).startswith(f"{path}:{line}: ") and '"written" = "spoken"' in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_lexicon_that_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_bytes(b"\xff\xfe[say]")
    with pytest.raises(ContentError, match="not a lexicon"):
        read_lexicon(path)


def test_a_missing_lexicon_is_told(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"there is no such file; run this inside"):
        read_lexicon(tmp_path / "lexicon.toml")


def test_the_projects_lexicon_can_be_read_and_says_something_else_than_is_written() -> None:
    lexicon = read_lexicon(CONTENT / "lexicon.toml")
    assert lexicon and all(spoken and spoken != written for written, spoken in lexicon.items())
