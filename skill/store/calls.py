"""What turns ask of a store: none is held up by it, and each of its faults is told once."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TypeVar

from skill.store.contract import StoreError

log = logging.getLogger(__name__)

READ = "read"
WRITE = "write to"
"""Kinds of calls: a store may well be readable and not writable, so their faults are told apart."""
CALL_SECONDS = 1.2
"""The longest that a turn waits for one call: somewhat longer than a store waits for another writer."""
MOST_AT_ONCE = 8
"""Calls that are under way together; each has a thread, and so a connection, of its own."""
NO_ANSWER = "no answer in time; check its disk, or the way to it"

Result = TypeVar("Result")


class StoreCalls:
    """The calls of one process to one store, from any thread."""

    def __init__(self) -> None:
        """Threads begin with the first calls."""
        self._threads = ThreadPoolExecutor(MOST_AT_ONCE, "store")
        self._told: dict[str, str] = {}
        self._telling = Lock()

    def answered(self, kind: str, call: Callable[[], Result], seconds: float = CALL_SECONDS) -> Result:
        """What the call returns. Raises StoreError where the call does, or where it takes longer than that.

        A call that was given up may be done later all the same.
        """
        # A disk or a network can hang beyond any time-out of the store's own: only waiting from outside
        # bounds it.
        under_way = self._threads.submit(call)
        try:
            result = under_way.result(min(seconds, CALL_SECONDS))
        except TimeoutError:
            under_way.cancel()
            self._tell(kind, NO_ANSWER)
            raise StoreError(NO_ANSWER) from None
        except StoreError as error:
            self._tell(kind, str(error))
            raise
        self._tell(kind, "")
        return result

    def _tell(self, kind: str, fault: str) -> None:
        """Log what has changed; an empty fault: it works."""
        with self._telling:
            if self._told.get(kind, "") == fault:
                return
            self._told[kind] = fault
        if fault:
            log.warning("cannot %s the store: %s", kind, fault)
        else:
            log.warning("can %s the store again", kind)
