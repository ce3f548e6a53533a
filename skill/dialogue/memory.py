"""What a turn remembers of its listener: the store, with its faults met.

A listener is read to whether or not the store can be reached; what could not be kept is told, not raised.
Votes, reminders and wishes are kept at once, for she is told whether they are; the rest at the turn's end.
"""

import time
from collections.abc import Callable
from datetime import datetime
from functools import cached_property

from skill.bookmark import Bookmark
from skill.store.calls import READ, WRITE, Result, StoreCalls
from skill.store.contract import Answered, Counted, Listener, Reminder, Store, StoreError

TURN_SECONDS = 2.8
"""From a turn's beginning: the store is not waited for beyond that, so that a turn ends within 3 seconds.

Alexa's own services have given up before (skill/alexa/services.py).
"""


class Memory:
    """One listener's part of the store, for one turn."""

    def __init__(self, store: Store, listener: str, now: datetime, calls: StoreCalls | None = None) -> None:
        """`listener` is the hashed id; empty: nothing is known of her, and nothing is kept."""
        self._store = store
        self._listener = listener
        self.now = now
        """When the turn began."""
        self._calls = calls or StoreCalls()
        self._deadline = time.monotonic() + TURN_SECONDS
        self._noted: list[Callable[[], None]] = []
        self._failed = False
        self._wrote = False

    @cached_property
    def listener(self) -> Listener:
        """All that was kept before this turn; nothing when the store cannot be read."""
        if not self._listener:
            return Listener()
        try:
            return self._answered(READ, lambda: self._store.listener(self._listener))
        except StoreError:
            return Listener()

    @property
    def has_noted(self) -> bool:
        """Whether this turn keeps anything."""
        return self._wrote or bool(self._noted)

    def keep_bookmark(self, bookmark: Bookmark | None) -> None:
        """Note the place, in place of the last one."""
        if self._noted or bookmark != self.listener.bookmark:
            self._note(lambda: self._store.keep_bookmark(self._listener, bookmark))

    def start(self, guide: str) -> None:
        """Note that the guide was started."""
        self._note(lambda: self._store.start(self._listener, guide, self.now))

    def finish(self, guide: str) -> None:
        """Note that the guide was heard to its end."""
        self._note(lambda: self._store.finish(self._listener, guide, self.now))

    def count_asking(self, guide: str) -> None:
        """Note that she is asked at a launch whether the guide helped."""
        self._note(lambda: self._store.count_asking(self._listener, guide))

    def vote(self, guide: str, helpful: bool) -> bool:
        """Keep the vote; whether that was done."""
        return self._done(lambda: self._store.vote(self._listener, guide, helpful, self.now))

    def keep_reminder(self, reminder: Reminder | None) -> bool:
        """Keep what Alexa holds for her, or forget it; whether that was done."""
        held = self.listener.reminder
        kept = self._done(lambda: self._store.keep_reminder(self._listener, reminder))
        if kept and bool(held) != bool(reminder):
            self.count(Counted.REMINDER_KEPT if reminder else Counted.REMINDER_CANCELLED)
        return kept

    def note_offer(self) -> bool:
        """Note that a reminder is offered; whether that was done."""
        return self._done(lambda: self._store.note_offer(self._listener, self.now))

    def hush(self, until: datetime | None) -> bool:
        """Speak softly until then; whether that was noted."""
        return self._done(lambda: self._store.hush(self._listener, until))

    def keep_answer(self, answered: Answered) -> None:
        """Note what is answered, in case it is asked again."""
        self._note(lambda: self._store.keep_answer(self._listener, answered))

    def count(self, what: Counted, subject: str = "") -> None:
        """Note that it happened once more, without her."""
        self._note(lambda: self._store.count(what, subject, self.now))

    def forget(self) -> bool:
        """Delete all that is kept of her; whether nothing is kept any more."""
        self._noted.clear()
        forgotten = not self._listener or self._done(lambda: self._store.forget(self._listener))
        self._wrote = False
        return forgotten

    def kept(self, synced: bool = True) -> bool:
        """Keep what was noted, in one go; whether all that this turn noted is kept.

        What she is told of is synced to the disk before; waiting for that takes longer than all the rest.
        """
        noted, self._noted = self._noted, []
        if not self._listener or self._failed:
            return False
        if noted:
            try:
                self._answered(WRITE, lambda: self._write(noted, synced))
            except StoreError:
                return False
            self._wrote = True
        return True

    def _note(self, write: Callable[[], None]) -> None:
        """To be kept at the turn's end, or before, with what cannot wait."""
        if self._listener:
            self._noted.append(write)

    def _done(self, write: Callable[[], None]) -> bool:
        """Whether it was kept at once."""
        self._note(write)
        return self.kept()

    def _write(self, noted: list[Callable[[], None]], synced: bool) -> None:
        with self._store.together(synced):
            for write in noted:
                write()

    def _answered(self, kind: str, call: Callable[[], Result]) -> Result:
        """What the store answers. After one fault the turn does without it: the next might take as long."""
        seconds = self._deadline - time.monotonic()
        if self._failed or seconds <= 0:
            raise StoreError("the store was given up for this turn")
        try:
            return self._calls.answered(kind, call, seconds)
        except StoreError:
            self._failed = True
            raise
