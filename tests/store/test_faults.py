"""Whatever befalls the store, the guide is read, only kept votes are confirmed, and the log says why."""

import contextlib
import ctypes
import logging
import os
import resource
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from skill.alexa import services
from skill.bookmark import Bookmark
from skill.dialogue import memory
from skill.store import calls, sqlite
from skill.store.calls import MOST_AT_ONCE, NO_ANSWER
from skill.store.contract import Listener
from skill.store.sqlite import SqliteStore
from tests.conversing import Clock, make_house, make_speaker

LISTENER = "amzn1.ask.account.fault"
PROMISED_SECONDS = 3.0
"""In which a turn ends, whatever hangs."""
WORDS = ("open nightfeed", "yes", "carry on", "carry on")
"""The whole small guide; "Did this guide help you?" is asked after it."""
HOLDING_THE_LOCK = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""
OVERRIDES = (1 << 1) | (1 << 2)
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH: what lets root write where nobody may."""

Fault = Callable[[Path], AbstractContextManager[None]]


@contextlib.contextmanager
def missing(path: Path) -> Iterator[None]:
    """There is a file where the store's folder should be."""
    folder, aside = path.parent, path.parent.with_name("aside")
    folder.rename(aside)
    folder.write_text("no folder")
    yield
    folder.unlink()
    aside.rename(folder)


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another process writes, and does not end."""
    command = [sys.executable, "-c", HOLDING_THE_LOCK, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout and other.stdout.readline() == "held\n"
        yield
        other.communicate()


@contextlib.contextmanager
def read_only(path: Path) -> Iterator[None]:
    """Neither the folder nor its files may be written."""
    files = list(path.parent.iterdir())
    for file in files:
        file.chmod(0o444)
    path.parent.chmod(0o555)
    yield
    path.parent.chmod(0o755)
    for file in files:
        file.chmod(0o644)


@contextlib.contextmanager
def full(path: Path) -> Iterator[None]:
    """No file can grow any more."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextlib.contextmanager
def corrupt(path: Path) -> Iterator[None]:
    """The file is none of SQLite's."""
    aside = path.with_suffix(".aside")
    path.rename(aside)
    path.write_bytes(b"no database at all, but rather long" * 400)
    yield
    aside.rename(path)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is waited for as long as in life."""
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT", 0.05)
    monkeypatch.setattr(calls, "CALL_SECONDS", 0.5)


@pytest.fixture
def without_overrides() -> Iterator[None]:
    """As root, without the powers that make every file writable; anybody else has none of them."""
    if os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    held = (ctypes.c_uint32 * 6)()
    assert libc.capget(header, held) == 0
    fewer = (ctypes.c_uint32 * 6)(*held)
    fewer[0] &= ~OVERRIDES
    assert libc.capset(header, fewer) == 0
    yield
    assert libc.capset(header, held) == 0


class Talk:
    """One listener's conversation with a skill whose store is in the file."""

    def __init__(self, store: SqliteStore) -> None:
        self.house = make_house(store, Clock())
        self._speaker = make_speaker(self.house)
        self._session: Any = None

    def hear(self, words: str) -> str:
        """All that is answered."""
        exchange = self._speaker.hear(words, LISTENER, self._session)
        self._session = exchange.session
        return " ".join(step.text for step in exchange.steps)

    def says(self, key: str, words: str) -> bool:
        """Whether the answer has that prompt in it."""
        return self.house.prompts.texts[key] in self.hear(words)


@pytest.mark.usefixtures("without_overrides")
@pytest.mark.parametrize("fault", [missing, locked, read_only, full, corrupt])
def test_she_is_read_to_and_her_vote_is_not_confirmed_and_the_log_says_so_once(
    fault: Fault, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "data" / "listeners.sqlite3"
    # Made before the fault, by another than the one who will meet it.
    SqliteStore(path).start("somebody", "sleep", Clock().now)
    talk = Talk(SqliteStore(path))
    with fault(path):
        heard = [talk.hear(words) for words in WORDS]
        assert "part-1-lead-1" in heard[1] and "part-2-lead-1" in heard[2] and "top-tip" in heard[3]
        assert talk.says("feedback.not_noted", "yes")
        talk.hear("stop")
    told = messages(caplog)
    assert told and len(told) <= 2 and all(each.startswith("cannot ") for each in told)
    assert len(set(told)) == len(told)
    for words in WORDS[1:]:
        talk.hear(words)
    assert talk.says("feedback.thanks_helped", "it helped")
    assert all("store again" in each for each in messages(caplog)[len(told) :])
    assert messages(caplog)[len(told) :]
    if fault is read_only:
        return  # Who has the file open goes on writing to it.
    with fault(path):
        assert talk.says("feedback.not_noted", "it didn't help")
    assert messages(caplog)[-1].startswith("cannot ")


class HangingStore(SqliteStore):
    """A store whose disk does not answer while it hangs."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.works = threading.Event()
        self.asked = 0

    def _open(self) -> Any:
        self.asked += 1
        self.works.wait()
        return super()._open()


def test_a_turn_does_not_wait_for_a_store_that_hangs(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls, "CALL_SECONDS", 0.05)
    store = HangingStore(tmp_path / "listeners.sqlite3")
    talk = Talk(store)
    try:
        for words in WORDS:
            before = store.asked
            talk.hear(words)
            assert store.asked <= before + 1, "what hung once in a turn was asked again in it"
        assert talk.says("feedback.not_noted", "yes")
        for _ in range(MOST_AT_ONCE):
            assert talk.hear("open nightfeed")
        assert store.asked == MOST_AT_ONCE
        assert messages(caplog) == [f"cannot read the store: {NO_ANSWER}"]
    finally:
        store.works.set()
    monkeypatch.setattr(calls, "CALL_SECONDS", 60.0)
    for words in WORDS[1:]:
        talk.hear(words)
    assert talk.says("feedback.thanks_helped", "it helped")
    assert "can read the store again" in messages(caplog)


def test_a_turn_ends_in_time_whatever_hangs() -> None:
    assert services.TURN_SECONDS < memory.TURN_SECONDS < PROMISED_SECONDS


def test_a_file_that_was_deleted_is_made_anew_and_what_is_kept_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "listeners.sqlite3"
    store = SqliteStore(path)
    store.keep_bookmark("ann", Bookmark("sleep"))
    path.unlink()
    store.keep_bookmark("ben", Bookmark("food"))
    assert store.listener("ann") == Listener()
    assert SqliteStore(path).listener("ben").bookmark == Bookmark("food")


def messages(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What was logged of the store."""
    return [told.getMessage() for told in caplog.records if told.levelno >= logging.WARNING]
