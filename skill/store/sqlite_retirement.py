"""Retiring old hearings from the SQLite file, a few at a time, so that no listener's turn waits for it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

BATCH = 200
"""Rows that are deleted together: a turn that writes waits no longer than for these."""
COUNTS = "guide, count(*), count(finished), total(helpful = 1), total(helpful = 0)"
"""Of the hearings of a guide, as the table `past` has them."""

_LAST_DATE = "max(started, ifnull(finished, ''), ifnull(voted, ''))"
_OLD = f"{_LAST_DATE} < :before"
_ONE = f"listener = :listener AND guide = :guide AND {_OLD}"
_COUNT = (
    f"INSERT INTO past SELECT {COUNTS} FROM hearing WHERE {_ONE} GROUP BY guide"  # noqa: S608
    " ON CONFLICT DO UPDATE SET starts = starts + excluded.starts, finishes = finishes + excluded.finishes,"
    " yes = yes + excluded.yes, no = no + excluded.no"
)
_HERS = "SELECT 1 FROM hearing WHERE hearing.listener"
_LEFT_ALONE = {
    "bookmark": f"NOT EXISTS ({_HERS} = bookmark.listener AND hearing.guide = bookmark.guide)",
    "preference": f"NOT EXISTS ({_HERS} = preference.listener)",
    "answered": f"NOT EXISTS ({_HERS} = answered.listener)",
}
"""By table: what has lost the hearings that it belongs to."""

Connected = Callable[[], AbstractContextManager[sqlite3.Connection]]


def retire(connected: Connected, together: Connected, before: str) -> int:
    """See Store.retire; `connected` reads beside others who write, and `together` is one transaction."""
    retired = 0
    hearings = f"SELECT listener, guide FROM hearing WHERE {_OLD}"  # noqa: S608
    for batch in _found(connected, hearings, {"before": before}):
        with together() as db:
            db.executemany(_COUNT, batch)
            retired += db.executemany(f"DELETE FROM hearing WHERE {_ONE}", batch).rowcount  # noqa: S608
    for table, left in _LEFT_ALONE.items():
        for batch in _found(connected, f"SELECT listener FROM {table} WHERE {left}", {}):  # noqa: S608
            with together() as db:
                db.executemany(f"DELETE FROM {table} WHERE listener = :listener AND {left}", batch)  # noqa: S608
    return retired


def _found(connected: Connected, select: str, values: dict[str, str]) -> Iterator[list[dict[str, str]]]:
    """The rows, with the values, in batches; each is looked at again when it is deleted."""
    with connected() as db:
        found = db.execute(select, values)
        names = [column[0] for column in found.description]
        rows = [values | dict(zip(names, row, strict=True)) for row in found]
    for first in range(0, len(rows), BATCH):
        yield rows[first : first + BATCH]
