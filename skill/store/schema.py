"""The tables of the SQLite store, and how an older file comes to have them."""

import sqlite3

MIGRATIONS = (
    """
    CREATE TABLE bookmark (
        listener TEXT PRIMARY KEY,
        guide TEXT NOT NULL,
        section INTEGER NOT NULL,
        clip INTEGER NOT NULL,
        deeper INTEGER NOT NULL,
        "offset" REAL NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE hearing (
        listener TEXT NOT NULL,
        guide TEXT NOT NULL,
        started TEXT NOT NULL,
        finished TEXT,
        helpful INTEGER,
        voted TEXT,
        times_asked INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (listener, guide)
    ) WITHOUT ROWID;
    """,
    """
    CREATE TABLE reminder (
        listener TEXT PRIMARY KEY,
        token TEXT NOT NULL,
        day TEXT NOT NULL,
        time TEXT NOT NULL,
        zone TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE preference (
        listener TEXT PRIMARY KEY,
        reminder_offered TEXT,
        hush_until TEXT
    ) WITHOUT ROWID;
    CREATE TABLE announcement (
        guide TEXT PRIMARY KEY,
        announced TEXT NOT NULL
    ) WITHOUT ROWID;
    """,
    """
    CREATE TABLE answered (
        listener TEXT PRIMARY KEY,
        request TEXT NOT NULL,
        answer TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE past (
        guide TEXT PRIMARY KEY,
        starts INTEGER NOT NULL,
        finishes INTEGER NOT NULL,
        yes INTEGER NOT NULL,
        no INTEGER NOT NULL
    ) WITHOUT ROWID;
    """,
    """
    CREATE TABLE tally (
        week TEXT NOT NULL,
        what TEXT NOT NULL,
        subject TEXT NOT NULL,
        times INTEGER NOT NULL,
        PRIMARY KEY (week, what, subject)
    ) WITHOUT ROWID;
    """,
)
"""Run in order, once each; PRAGMA user_version counts those that have run."""


def migrate(db: sqlite3.Connection) -> None:
    """Bring the file up to date, once, whoever else is about to."""
    if _version(db) >= len(MIGRATIONS):
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have migrated while this one waited.
        for number, script in enumerate(MIGRATIONS[_version(db) :], start=_version(db) + 1):
            for statement in filter(str.strip, script.split(";")):
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {number}")
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])
