"""nightfeed report --html, run as people run it."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from skill.alexa.start import STORE_FILE
from skill.library import read_library
from skill.store.sqlite import SqliteStore
from tests.a_year import write_a_year
from tests.cli.test_commands import ROOT, nightfeed, told

A_DISK = 40_000
"""Bytes that a file may have: enough for what SQLite needs to read, too few for the page."""


def test_a_conversation_is_in_the_page_and_no_word_of_it(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    unanswered = "what about first aid for burns"
    nightfeed("talk", "yes", "carry on", "carry on", "yes it helped", unanswered, "stop")
    assert nightfeed("report", "--html", str(page)).stdout == f"Written: {page}\n"
    text = page.read_text(encoding="utf-8")
    assert "1 of 1 said yes" in text
    assert "Questions that no guide answers: 1." in text
    assert "burn" not in text and "first aid" not in text


def test_before_anybody_has_listened_there_is_a_page_that_says_so(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    page.write_text("an older one")
    assert nightfeed("report", "--html", str(page)).returncode == 0
    assert "Nobody has heard a guide yet" in page.read_text(encoding="utf-8")
    assert list(tmp_path.glob("*report*")) == [page]


def test_a_place_that_cannot_be_written_is_told_with_the_remedy(tmp_path: Path) -> None:
    assert "is a folder; name a file in it" in told(nightfeed("report", "--html", str(tmp_path)))
    missing = tmp_path / "missing" / "report.html"
    line = told(nightfeed("report", "--html", str(missing)))
    assert f"there is no folder {missing.parent}; make it" in line
    assert not missing.parent.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="resource limits are POSIX's")
def test_a_full_disk_leaves_the_page_that_was_there(tmp_path: Path) -> None:
    store = SqliteStore(Path(os.environ["NIGHTFEED_DATA"]) / STORE_FILE)
    with store.together():
        write_a_year(store, read_library(ROOT / "audio" / "library.json"), listeners=100)
    store.close()
    folder = tmp_path / "out"
    folder.mkdir()
    page = folder / "report.html"
    page.write_text("the last one")

    def fill() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (A_DISK, A_DISK))

    command = [sys.executable, "-m", "skill", "report", "--html", str(page)]
    run = subprocess.run(command, cwd=ROOT, preexec_fn=fill, capture_output=True, text=True)
    assert "make room" in told(run) and str(page) in told(run)
    assert page.read_text() == "the last one"
    assert list(folder.iterdir()) == [page]
