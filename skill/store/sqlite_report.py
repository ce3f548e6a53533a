"""The report of the SQLite file: one pass over each table, all of them as they are at one moment."""

import sqlite3
from datetime import date, datetime
from itertools import groupby

from skill.bookmark import Bookmark
from skill.store.contract import Hearing, Listener, Report, Tally
from skill.store.counting import COUNTS, Counting

HEARINGS = (
    "SELECT listener, guide, started, finished, helpful, section"
    " FROM hearing LEFT JOIN bookmark USING (listener, guide) ORDER BY listener"
)
PAST = f"SELECT guide, {', '.join(COUNTS)} FROM past"  # noqa: S608
TALLIES = "SELECT week, what, subject, times FROM tally"

Row = tuple[str, str, str, str | None, int | None, int | None]
"""Of HEARINGS."""


def report(db: sqlite3.Connection) -> Report:
    """See Store.report; a reader keeps nobody from writing, and sees nothing of what is written meanwhile."""
    counting = Counting()
    db.execute("BEGIN")
    try:
        for _, hers in groupby(db.execute(HEARINGS), key=lambda row: row[0]):
            counting.add_listener(_listener(list(hers)))
        for guide, *counts in db.execute(PAST):
            counting.add_past(guide, dict(zip(COUNTS, counts, strict=True)))
        for week, *tally in db.execute(TALLIES):
            counting.add_tally(Tally(date.fromisoformat(week), *tally))
    finally:
        db.execute("ROLLBACK")
    return counting.report()


def _listener(rows: list[Row]) -> Listener:
    """Her hearings, and the section of her place."""
    places = (Bookmark(guide, section) for _, guide, *_, section in rows if section is not None)
    return Listener(next(places, None), tuple(map(_hearing, rows)))


def _hearing(row: Row) -> Hearing:
    _, guide, started, finished, helpful, _ = row
    return Hearing(
        guide,
        datetime.fromisoformat(started),
        datetime.fromisoformat(finished) if finished else None,
        None if helpful is None else bool(helpful),
    )
