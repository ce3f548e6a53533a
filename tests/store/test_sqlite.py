"""The SQLite store, over a real file."""

import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from skill.dialogue.reply import Bookmark
from skill.store.contract import Answered, GuideReport, Hearing, Listener, Reminder, StoreError
from skill.store.schema import MIGRATIONS
from skill.store.sqlite import SqliteStore

NOW = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    return SqliteStore(tmp_path / "data" / "listeners.sqlite3")


def test_a_new_listener_has_nothing(store: SqliteStore) -> None:
    assert store.listener("ann") == Listener()


def test_a_bookmark_is_kept_replaced_and_forgotten(store: SqliteStore) -> None:
    store.keep_bookmark("ann", Bookmark("sleep", 1, 2, True, 3.5))
    assert store.listener("ann").bookmark == Bookmark("sleep", 1, 2, True, 3.5)
    store.keep_bookmark("ann", Bookmark("food"))
    assert store.listener("ann").bookmark == Bookmark("food")
    store.keep_bookmark("ann", None)
    assert store.listener("ann").bookmark is None


def test_hearings_tell_what_was_started_finished_and_voted_on(store: SqliteStore) -> None:
    store.start("ann", "sleep", NOW)
    store.start("ann", "food", LATER)
    store.finish("ann", "sleep", LATER)
    store.vote("ann", "sleep", False, LATER)
    store.count_asking("ann", "sleep")
    assert store.listener("ann").hearings == (Hearing("food", LATER), Hearing("sleep", NOW, LATER, False, 1))


def test_one_listener_has_one_vote_on_a_guide_and_can_change_it(store: SqliteStore) -> None:
    for helpful in (True, False, True):
        store.vote("ann", "sleep", helpful, NOW)
    store.vote("ben", "sleep", False, NOW)
    assert store.report() == (GuideReport("sleep", starts=2, finishes=0, yes=1, no=1),)


def test_the_report_counts_listeners_by_guide(store: SqliteStore) -> None:
    for listener in ("ann", "ben", "cat"):
        store.start(listener, "sleep", NOW)
    store.start("ann", "sleep", LATER)
    store.finish("ann", "sleep", LATER)
    store.start("ann", "food", LATER)
    assert store.report() == (GuideReport("food", 1, 0, 0, 0), GuideReport("sleep", 3, 1, 0, 0))


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


def test_many_threads_lose_no_vote(store: SqliteStore) -> None:
    store.report()
    threads = [
        threading.Thread(target=lambda name=name: store.vote(f"listener {name}", "sleep", True, NOW))
        for name in range(24)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.report() == (GuideReport("sleep", 24, 0, 24, 0),)


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
    assert SqliteStore(path).report() == (GuideReport("sleep", 6, 0, 6, 0),)


def test_reminder_offer_and_hush_are_kept_and_taken_back(store: SqliteStore) -> None:
    reminder = Reminder("token", "SU", "20:00", "Europe/London")
    store.keep_reminder("ann", reminder)
    store.note_offer("ann", NOW)
    store.hush("ann", LATER)
    assert store.listener("ann") == Listener(reminder=reminder, reminder_offered=NOW, hush_until=LATER)
    store.keep_reminder("ann", None)
    store.hush("ann", None)
    assert store.listener("ann") == Listener(reminder_offered=NOW)


def test_forgetting_deletes_all_of_one_listener_and_nothing_of_others(store: SqliteStore) -> None:
    for listener in ("ann", "ben"):
        store.keep_bookmark(listener, Bookmark("sleep"))
        store.vote(listener, "sleep", True, NOW)
        store.keep_reminder(listener, Reminder("token", "SU", "20:00", "Europe/London"))
        store.hush(listener, LATER)
    others = store.listener("ben")
    store.forget("ann")
    assert store.listener("ann") == Listener()
    assert store.listener("ben") == others


def test_a_guide_is_announced_once_unless_the_claim_is_withdrawn(store: SqliteStore) -> None:
    assert store.claim_announcement("sleep", NOW)
    assert not store.claim_announcement("sleep", LATER)
    store.withdraw_announcement("sleep")
    assert store.claim_announcement("sleep", LATER)


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
    assert store.report()[0].yes == 1


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


def test_a_listener_named_like_a_statement_is_only_a_name(store: SqliteStore) -> None:
    name = "'; DROP TABLE hearing; --"
    store.vote(name, "sleep", True, NOW)
    assert store.listener(name).hearings[0].helpful is True


def test_what_is_old_is_counted_without_its_listener(store: SqliteStore) -> None:
    store.vote("ann", "sleep", True, NOW)
    store.finish("ann", "sleep", NOW)
    store.keep_bookmark("ann", Bookmark("sleep", 1))
    store.hush("ann", NOW)
    store.keep_answer("ann", Answered("request", "{}"))
    store.start("ben", "sleep", NOW)
    store.start("ben", "food", LATER)
    store.keep_bookmark("ben", Bookmark("food", 1))
    store.keep_reminder("ann", Reminder("token", "SU", "20:00", "Europe/London"))
    before = store.report()
    assert store.retire(LATER) == 2
    assert store.report() == before
    assert store.listener("ann") == Listener(reminder=Reminder("token", "SU", "20:00", "Europe/London"))
    assert [hearing.guide for hearing in store.listener("ben").hearings] == ["food"]
    assert store.listener("ben").bookmark == Bookmark("food", 1)
    assert store.retire(LATER) == 0
    store.vote("cat", "sleep", False, LATER)
    assert store.retire(LATER + timedelta(1)) == 2
    assert store.report() == (GuideReport("food", 1, 0, 0, 0), GuideReport("sleep", 3, 1, 1, 1))


def test_the_last_answer_is_kept_and_forgotten_with_her(store: SqliteStore) -> None:
    store.keep_answer("ann", Answered("first", "{}"))
    store.keep_answer("ann", Answered("second", "[]"))
    assert store.listener("ann").answered == Answered("second", "[]")
    store.forget("ann")
    assert store.listener("ann") == Listener()
