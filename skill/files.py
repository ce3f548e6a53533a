"""Writing files so that they are whole or not there, by one process at a time."""

import os
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from skill.errors import NightfeedError

LOCK_POLL = 0.2
"""Seconds between two looks at whether another process has finished."""


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Held by one process at a time; another waits. Raises NightfeedError where it cannot be held."""
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        # SQLite locks a file on every system, and lets go when the process ends, however it ends.
        held = sqlite3.connect(lock, timeout=0, isolation_level=None)
        while not _locked(held):
            time.sleep(LOCK_POLL)
    except (OSError, sqlite3.Error) as error:
        why = (isinstance(error, OSError) and error.strerror) or error
        raise NightfeedError(f"{lock}: cannot be written ({why}); make room or check rights") from None
    with closing(held):
        yield


def _locked(held: sqlite3.Connection) -> bool:
    try:
        held.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def write_whole(path: Path, data: bytes) -> None:
    """Write the file under another name first: nobody sees it half-written. Raises NightfeedError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise NightfeedError(
            f"{path}: cannot be written ({error.strerror}); make room or check rights"
        ) from None
