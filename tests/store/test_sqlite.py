"""The SQLite store, over a real file."""

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest

from skill.store.contract import Counted, GuideReport, Listener, Report, StoreError
from skill.store.counting import Counting
from skill.store.schema import MIGRATIONS
from skill.store.sqlite import SqliteStore
from skill.store.sqlite_retirement import BATCH

NOW = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    return SqliteStore(tmp_path / "data" / "listeners.sqlite3")


def test_what_was_written_is_there_for_another_process_at_once(store: SqliteStore, tmp_path: Path) -> None:
    store.vote("ann", "sleep", True, NOW)
    script = (
        "import sys; from pathlib import Path; from skill.store.sqlite import SqliteStore;"
        "print(SqliteStore(Path(sys.argv[1])).listener('ann').hearings[0].helpful)"
    )
    path = str(tmp_path / "data" / "listeners.sqlite3")
    assert subprocess.check_output([sys.executable, "-c", script, path], text=True).strip() == "True"


def test_a_vote_is_synced_to_the_disk_before_it_returns(store: SqliteStore) -> None:
    store.listener("ann")
    full = 2
    assert store._local.db.execute("PRAGMA synchronous").fetchone() == (full,)
    assert store._local.db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_many_first_uses_at_once_make_the_tables_once(tmp_path: Path) -> None:
    path = tmp_path / "listeners.sqlite3"
    script = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC;"
        "from skill.store.sqlite import SqliteStore;"
        "SqliteStore(Path(sys.argv[1])).vote(sys.argv[2], 'sleep', True, datetime.now(UTC))"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", script, str(path), str(number)]) for number in range(6)
    ]
    assert [process.wait() for process in started] == [0] * 6
    assert SqliteStore(path).report().guides == (GuideReport("sleep", 6, 0, 6, 0),)


def test_threads_that_open_a_new_file_at_once_wait_for_each_other(tmp_path: Path) -> None:
    def first_use(folder: Path, together: Barrier) -> None:
        together.wait()
        SqliteStore(folder / "listeners.sqlite3").listener("ann")

    with ThreadPoolExecutor(8) as pool:
        for number in range(40):
            together = Barrier(8)
            folder = tmp_path / str(number)
            uses = [pool.submit(first_use, folder, together) for _ in range(8)]
            assert [use.exception() for use in uses] == [None] * 8


def test_a_file_that_is_no_database_is_a_store_error(tmp_path: Path) -> None:
    path = tmp_path / "listeners.sqlite3"
    path.write_bytes(b"no database at all, but rather long" * 40)
    with pytest.raises(StoreError, match=r"listeners\.sqlite3"):
        SqliteStore(path).listener("ann")
    assert path.read_bytes().startswith(b"no database")


def test_a_store_that_failed_works_again_once_it_is_mended(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    store = SqliteStore(tmp_path / "data" / "listeners.sqlite3")
    with pytest.raises(StoreError):
        store.vote("ann", "sleep", True, NOW)
    (tmp_path / "data").unlink()
    store.vote("ann", "sleep", True, NOW)
    assert store.report().guides[0].yes == 1


def test_a_locked_store_gives_up_with_a_store_error(store: SqliteStore, tmp_path: Path) -> None:
    store.vote("ann", "sleep", True, NOW)
    other = sqlite3.connect(tmp_path / "data" / "listeners.sqlite3", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError, match="locked"):
        store.vote("ann", "sleep", False, NOW)
    other.execute("ROLLBACK")
    other.close()
    store.vote("ann", "sleep", False, NOW)


def test_the_file_knows_which_migrations_have_run(store: SqliteStore) -> None:
    store.listener("ann")
    assert store._local.db.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)


def test_a_file_from_before_anything_was_counted_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "listeners.sqlite3"
    with closing(sqlite3.connect(path)) as db:
        for script in MIGRATIONS[:3]:
            db.executescript(script)
        db.execute(
            "INSERT INTO hearing (listener, guide, started) VALUES ('ann', 'sleep', ?)", (NOW.isoformat(),)
        )
        db.execute("PRAGMA user_version = 3")
        db.commit()
    store = SqliteStore(path)
    store.count(Counted.NO_ANSWER, "sleep", NOW)
    report = store.report()
    assert report.guides == (GuideReport("sleep", 1, 0, 0, 0),)
    assert [tally.times for tally in report.tallies] == [1]


def test_the_report_keeps_nobody_from_writing_and_is_of_one_moment(
    store: SqliteStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.start("ann", "sleep", NOW)
    other = SqliteStore(tmp_path / "data" / "listeners.sqlite3")
    add_listener = Counting.add_listener

    def meanwhile(counting: Counting, listener: Listener) -> None:
        add_listener(counting, listener)
        assert other.retire(LATER) == 1

    with monkeypatch.context() as patch:
        patch.setattr(Counting, "add_listener", meanwhile)
        # Retired between one table and the next, it would have been counted twice.
        assert store.report().guides == (GuideReport("sleep", 1, 0, 0, 0),)
    assert store.report() == Report(guides=(GuideReport("sleep", 1, 0, 0, 0),))


def test_a_turn_is_not_held_up_while_a_great_many_hearings_are_retired(store: SqliteStore) -> None:
    store.listener("ann")
    rows = [
        (f"listener {number}", "sleep", NOW.isoformat(timespec="microseconds")) for number in range(1_000)
    ]
    store._local.db.executemany("INSERT INTO hearing (listener, guide, started) VALUES (?, ?, ?)", rows)
    longest, most = 0, 0

    def count(statement: str) -> None:
        nonlocal longest, most
        longest = 0 if statement.startswith("BEGIN") else longest + statement.startswith("DELETE")
        most = max(most, longest)

    store._local.db.set_trace_callback(count)
    assert store.retire(LATER) == len(rows)
    assert 0 < most <= BATCH
    assert store.report().guides == (GuideReport("sleep", len(rows), 0, 0, 0),)
