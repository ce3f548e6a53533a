"""Keeping the promise that what is old is kept without its listener (docs/privacy.md)."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from skill.limits import RETENTION
from skill.store.contract import Store, StoreError

log = logging.getLogger(__name__)

A_DAY = 24 * 60 * 60
"""Seconds."""


def retire(store: Store, now: datetime) -> None:
    """Once. What cannot be done now is done at the next time."""
    try:
        retired = store.retire(now - RETENTION)
    except StoreError as error:
        log.warning("what is old could not be retired: %s", error)
    else:
        log.info("retired", extra={"told": {"hearings": retired}})


def retire_daily(store: Store, clock: Callable[[], datetime]) -> None:
    """Now and every day from now on, as long as the process lives, in a thread of its own."""

    def run() -> None:
        while True:
            retire(store, clock())
            ended.wait(A_DAY)

    ended = threading.Event()
    threading.Thread(target=run, name="retirement", daemon=True).start()
