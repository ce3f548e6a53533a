"""The store in one SQLite file, in write-ahead mode: many readers, one writer, any thread or process."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from skill.bookmark import Bookmark
from skill.store.contract import Answered, Counted, Hearing, Listener, Reminder, Report, StoreError
from skill.store.counting import week_of
from skill.store.schema import migrate
from skill.store.sqlite_report import report
from skill.store.sqlite_retirement import retire

BUSY_TIMEOUT = 1.0
"""Seconds to wait for another writer: a turn may not hang."""
BUSY_PAUSE = 0.01
"""Seconds between two tries where SQLite does not wait by itself."""

SYNCED = "PRAGMA synchronous = FULL"
"""What is written outlives a power cut: a vote is thanked for."""
NOT_SYNCED = "PRAGMA synchronous = NORMAL"
"""It outlives this program's end, however sudden; the last of it may be lost with the power."""

LISTENER_TABLES = ("bookmark", "hearing", "reminder", "preference", "answered")
"""All that holds anything of a listener."""


class SqliteStore:
    """A Store in the file. The file and its tables are made when they are first needed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()

    @contextmanager
    def together(self, synced: bool = True) -> Iterator[sqlite3.Connection]:
        """See Store."""
        with self._connected() as db:
            if db.in_transaction:
                yield db
                return
            db.execute(SYNCED if synced else NOT_SYNCED)
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                db.execute("ROLLBACK")
                raise
            finally:
                db.execute(SYNCED)

    def listener(self, listener: str) -> Listener:
        """See Store."""
        with self._connected() as db:
            place = db.execute(
                'SELECT guide, section, clip, deeper, "offset" FROM bookmark WHERE listener = ?', (listener,)
            ).fetchone()
            rows = db.execute(
                "SELECT guide, started, finished, helpful, times_asked FROM hearing WHERE listener = ?"
                " ORDER BY started DESC, guide",
                (listener,),
            ).fetchall()
            reminder = db.execute(
                "SELECT token, day, time, zone FROM reminder WHERE listener = ?", (listener,)
            ).fetchone()
            offered, hush = db.execute(
                "SELECT reminder_offered, hush_until FROM preference WHERE listener = ?", (listener,)
            ).fetchone() or (None, None)
            answered = db.execute(
                "SELECT request, answer FROM answered WHERE listener = ?", (listener,)
            ).fetchone()
        return Listener(
            bookmark=_bookmark(place) if place else None,
            hearings=tuple(_hearing(row) for row in rows),
            reminder=Reminder(*reminder) if reminder else None,
            reminder_offered=_time(offered),
            hush_until=_time(hush),
            answered=Answered(*answered) if answered else None,
        )

    def keep_bookmark(self, listener: str, bookmark: Bookmark | None) -> None:
        """See Store."""
        if bookmark is None:
            self._write("DELETE FROM bookmark WHERE listener = ?", listener)
        else:
            self._write(
                "INSERT OR REPLACE INTO bookmark VALUES (?, ?, ?, ?, ?, ?)",
                listener,
                bookmark.guide,
                bookmark.section,
                bookmark.clip,
                bookmark.deeper,
                bookmark.offset,
            )

    def start(self, listener: str, guide: str, at: datetime) -> None:
        """See Store."""
        self._write(
            "INSERT INTO hearing (listener, guide, started) VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET started = excluded.started",
            listener,
            guide,
            _stamp(at),
        )

    def finish(self, listener: str, guide: str, at: datetime) -> None:
        """See Store."""
        self._write(
            "INSERT INTO hearing (listener, guide, started, finished) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET finished = excluded.finished",
            listener,
            guide,
            _stamp(at),
            _stamp(at),
        )

    def count_asking(self, listener: str, guide: str) -> None:
        """See Store."""
        self._write(
            "UPDATE hearing SET times_asked = times_asked + 1 WHERE listener = ? AND guide = ?",
            listener,
            guide,
        )

    def vote(self, listener: str, guide: str, helpful: bool, at: datetime) -> None:
        """See Store."""
        self._write(
            "INSERT INTO hearing (listener, guide, started, helpful, voted) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET helpful = excluded.helpful, voted = excluded.voted",
            listener,
            guide,
            _stamp(at),
            helpful,
            _stamp(at),
        )

    def keep_reminder(self, listener: str, reminder: Reminder | None) -> None:
        """See Store."""
        if reminder is None:
            self._write("DELETE FROM reminder WHERE listener = ?", listener)
        else:
            kept = (reminder.token, reminder.day, reminder.time, reminder.zone)
            self._write("INSERT OR REPLACE INTO reminder VALUES (?, ?, ?, ?, ?)", listener, *kept)

    def note_offer(self, listener: str, at: datetime) -> None:
        """See Store."""
        self._write(
            "INSERT INTO preference (listener, reminder_offered) VALUES (?, ?)"
            " ON CONFLICT DO UPDATE SET reminder_offered = excluded.reminder_offered",
            listener,
            _stamp(at),
        )

    def hush(self, listener: str, until: datetime | None) -> None:
        """See Store."""
        self._write(
            "INSERT INTO preference (listener, hush_until) VALUES (?, ?)"
            " ON CONFLICT DO UPDATE SET hush_until = excluded.hush_until",
            listener,
            _stamp(until) if until else None,
        )

    def keep_answer(self, listener: str, answered: Answered) -> None:
        """See Store."""
        kept = (answered.request, answered.answer)
        self._write("INSERT OR REPLACE INTO answered VALUES (?, ?, ?)", listener, *kept)

    def count(self, what: Counted, subject: str, at: datetime) -> None:
        """See Store."""
        self._write(
            "INSERT INTO tally VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET times = times + 1",
            week_of(at).isoformat(),
            what,
            subject,
        )

    def forget(self, listener: str) -> None:
        """See Store."""
        with self.together() as db:
            for table in LISTENER_TABLES:
                db.execute(f"DELETE FROM {table} WHERE listener = ?", (listener,))  # noqa: S608

    def claim_announcement(self, guide: str, at: datetime) -> bool:
        """See Store."""
        with self._connected() as db:
            done = db.execute("INSERT OR IGNORE INTO announcement VALUES (?, ?)", (guide, _stamp(at)))
            return done.rowcount == 1

    def withdraw_announcement(self, guide: str) -> None:
        """See Store."""
        self._write("DELETE FROM announcement WHERE guide = ?", guide)

    def retire(self, before: datetime) -> int:
        """See Store."""
        return retire(self._connected, self.together, _stamp(before))

    def report(self) -> Report:
        """See Store."""
        with self._connected() as db:
            return report(db)

    def close(self) -> None:
        """Close this thread's connection."""
        db = self._local.__dict__.pop("db", None)
        if db:
            db.close()

    def _write(self, statement: str, *values: object) -> None:
        with self._connected() as db:
            db.execute(statement, values)

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        """This thread's connection, opened at its first use; every fault becomes a StoreError."""
        try:
            if self._local.__dict__.get("file") != _file(self._path):
                # Deleted or replaced: what the open connection wrote would be in no file.
                self.close()
            yield self._local.__dict__.get("db") or self._open()
        except (sqlite3.Error, OSError, ValueError) as error:
            # Opened anew next time: the file may have been mended or replaced meanwhile.
            self.close()
            raise StoreError(f"{self._path}: {error}; check the file and its folder") from error

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(self._path, timeout=BUSY_TIMEOUT, isolation_level=None)
        self._local.db = db
        _write_ahead(db)
        db.execute(SYNCED)
        migrate(db)
        self._local.file = _file(self._path)
        return db


def _write_ahead(db: sqlite3.Connection) -> None:
    """Switch the file to write-ahead mode, once, whoever else is about to."""
    give_up = time.monotonic() + BUSY_TIMEOUT
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            # SQLite's own waiting does not cover this one statement.
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
        time.sleep(BUSY_PAUSE)


def _file(path: Path) -> tuple[int, int] | None:
    """What tells the file from any other of its name; None where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _bookmark(row: tuple[str, int, int, int, float]) -> Bookmark:
    guide, section, clip, deeper, offset = row
    return Bookmark(guide, section, clip, bool(deeper), offset)


def _hearing(row: tuple[str, str, str | None, int | None, int]) -> Hearing:
    guide, started, finished, helpful, times_asked = row
    return Hearing(
        guide,
        datetime.fromisoformat(started),
        datetime.fromisoformat(finished) if finished else None,
        None if helpful is None else bool(helpful),
        times_asked,
    )


def _time(stamp: str | None) -> datetime | None:
    return datetime.fromisoformat(stamp) if stamp else None


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
