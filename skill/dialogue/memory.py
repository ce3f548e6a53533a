"""What a turn remembers of its listener: the store, with its faults met.

A listener is read to whether or not the store can be reached; what could not be kept is told, not raised.
"""

import time
from collections.abc import Callable
from datetime import datetime
from functools import cached_property

from skill.dialogue.reply import Bookmark
from skill.store.calls import READ, WRITE, Result, StoreCalls
from skill.store.contract import Answered, Listener, Reminder, Store, StoreError

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
        self._failed = False
        self.wrote = False
        """Whether anything was kept, other than the answer."""

    @cached_property
    def listener(self) -> Listener:
        """All that was kept before this turn; nothing when the store cannot be read."""
        if not self._listener:
            return Listener()
        try:
            return self._answered(READ, lambda: self._store.listener(self._listener))
        except StoreError:
            return Listener()

    def keep_bookmark(self, bookmark: Bookmark | None) -> bool:
        """Keep the place, or forget the last one; whether that was done."""
        if bookmark == self.listener.bookmark:
            return True
        return self._done(lambda: self._store.keep_bookmark(self._listener, bookmark))

    def start(self, guide: str) -> bool:
        """Note that the guide was started; whether that was done."""
        return self._done(lambda: self._store.start(self._listener, guide, self.now))

    def finish(self, guide: str) -> bool:
        """Note that the guide was heard to its end; whether that was done."""
        return self._done(lambda: self._store.finish(self._listener, guide, self.now))

    def count_asking(self, guide: str) -> bool:
        """Note that she is asked at a launch whether the guide helped; whether that was done."""
        return self._done(lambda: self._store.count_asking(self._listener, guide))

    def vote(self, guide: str, helpful: bool) -> bool:
        """Keep the vote; whether that was done."""
        return self._done(lambda: self._store.vote(self._listener, guide, helpful, self.now))

    def keep_reminder(self, reminder: Reminder | None) -> bool:
        """Keep what Alexa holds for her, or forget it; whether that was done."""
        return self._done(lambda: self._store.keep_reminder(self._listener, reminder))

    def note_offer(self) -> bool:
        """Note that a reminder is offered; whether that was done."""
        return self._done(lambda: self._store.note_offer(self._listener, self.now))

    def hush(self, until: datetime | None) -> bool:
        """Speak softly until then; whether that was noted."""
        return self._done(lambda: self._store.hush(self._listener, until))

    def keep_answer(self, answered: Answered) -> bool:
        """Keep what is answered, in case it is asked again; whether that was done."""
        return self._done(lambda: self._store.keep_answer(self._listener, answered))

    def forget(self) -> bool:
        """Delete all that is kept of her; whether nothing is kept any more."""
        forgotten = not self._listener or self._done(lambda: self._store.forget(self._listener))
        self.wrote = False
        return forgotten

    def _done(self, write: Callable[[], None]) -> bool:
        if not self._listener:
            return False
        try:
            self._answered(WRITE, write)
        except StoreError:
            return False
        self.wrote = True
        return True

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
