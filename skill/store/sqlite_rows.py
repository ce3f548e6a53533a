"""Rows of the SQLite store, and what they stand for."""

import sqlite3
from datetime import UTC, date, datetime
from itertools import groupby

from skill.dialogue.reply import Bookmark
from skill.store.contract import Hearing, Listener, Report, Tally
from skill.store.counting import COUNTS, Counting

HEARING = "guide, started, finished, helpful, times_asked"
"""The columns that `hearing_in` reads."""


def bookmark_in(row: tuple[str, int, int, int, float]) -> Bookmark:
    """The place."""
    guide, section, clip, deeper, offset = row
    return Bookmark(guide, section, clip, bool(deeper), offset)


def hearing_in(row: tuple[str, str, str | None, int | None, int]) -> Hearing:
    """The hearing."""
    guide, started, finished, helpful, times_asked = row
    return Hearing(
        guide,
        datetime.fromisoformat(started),
        time_in(finished),
        None if helpful is None else bool(helpful),
        times_asked,
    )


def time_in(kept: str | None) -> datetime | None:
    """The time, if there is one."""
    return datetime.fromisoformat(kept) if kept else None


def stamp(at: datetime) -> str:
    """The time, so that the later one sorts behind."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def report_in(db: sqlite3.Connection) -> Report:
    """Counted from one pass over each table."""
    counting = Counting()
    rows = db.execute(
        f"SELECT listener, section, {HEARING} FROM hearing LEFT JOIN bookmark USING (listener, guide)"  # noqa: S608
        " ORDER BY listener"
    )
    for _, hers in groupby(rows, key=lambda row: row[0]):
        counting.add_listener(_heard(list(hers)))
    for guide, *counts in db.execute(f"SELECT guide, {', '.join(COUNTS)} FROM past"):  # noqa: S608
        counting.add_past(guide, dict(zip(COUNTS, counts, strict=True)))
    for week, what, subject, times in db.execute("SELECT week, what, subject, times FROM tally"):
        counting.add_tally(Tally(date.fromisoformat(week), what, subject, times))
    return counting.report()


def _heard(rows: list[tuple[str, int | None, str, str, str | None, int | None, int]]) -> Listener:
    """Her hearings, and the section of her place."""
    place = next((Bookmark(guide, section) for _, section, guide, *_ in rows if section is not None), None)
    return Listener(place, tuple(hearing_in(row[2:]) for row in rows))
