"""Saves are seen, whatever the way in which an editor's program makes them."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from skill.preview.watching import saves

POLL = 0.02


@pytest.fixture
def content(tmp_path: Path) -> Path:
    (tmp_path / "guides").mkdir()
    (tmp_path / "guides" / "one.md").write_text("one")
    (tmp_path / "guides" / "two.md").write_text("two")
    (tmp_path / "lexicon.toml").write_text("[say]")
    return tmp_path


def in_place(path: Path) -> None:
    path.write_text("something else")


def by_another_name(path: Path) -> None:
    other = path.with_suffix(".tmp")
    other.write_text("something else")
    other.replace(path)


def gone(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("name", ["guides/one.md", "lexicon.toml"])
@pytest.mark.parametrize("save", [in_place, by_another_name, gone])
def test_each_save_is_told_once(content: Path, name: str, save: Callable[[Path], None]) -> None:
    seen = saves(content, "one", POLL)
    next(seen)
    save(content / name)
    next(seen)
    # Another guide is none of its business: the next that it tells is the file that is put there at last.
    (content / "guides" / "two.md").write_text("something else")
    told = threading.Event()
    threading.Thread(target=lambda: (next(seen), told.set()), daemon=True).start()
    assert not told.wait(POLL * 20)
    (content / name).write_text("at last")
    assert told.wait(60)


def test_what_is_saved_while_nobody_looks_is_told(content: Path) -> None:
    seen = saves(content, "one", POLL)
    next(seen)
    for word in ("a", "ab"):
        (content / "guides" / "one.md").write_text(word)
        next(seen)


def test_a_file_that_is_still_being_written_is_waited_for(content: Path) -> None:
    path, found = content / "guides" / "one.md", []
    seen = saves(content, "one", POLL * 20)
    next(seen)

    def look() -> None:
        next(seen)
        found.append(path.read_text())

    watching = threading.Thread(target=look, daemon=True)
    watching.start()
    with path.open("w") as file:
        for _ in range(50):
            file.write("word ")
            file.flush()
            time.sleep(POLL)
    watching.join(60)
    assert found == ["word " * 50]
