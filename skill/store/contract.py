"""What every store keeps, whatever it keeps it in."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from skill.bookmark import Bookmark
from skill.errors import NightfeedError


class StoreError(NightfeedError):
    """The store could not be read or written."""


@dataclass(frozen=True)
class Hearing:
    """What one listener made of one guide."""

    guide: str
    """Slug."""
    started: datetime
    finished: datetime | None = None
    helpful: bool | None = None
    """Her vote; None before she gave one."""
    times_asked: int = 0
    """How often she was asked at a later launch whether it helped."""


@dataclass(frozen=True)
class Reminder:
    """A weekly reminder that Alexa holds for a listener."""

    token: str
    """Alexa's name for it (alertToken)."""
    day: str
    """As RFC 5545 has it: MO, TU, WE, TH, FR, SA, SU."""
    time: str
    """Local time of day, HH:MM."""
    zone: str
    """Time zone, as the IANA names it."""


@dataclass(frozen=True)
class Answered:
    """The last turn that wrote anything: a retry of its request gets the same answer."""

    request: str
    """Keyed hash of the request's id."""
    answer: str
    """What was answered, as JSON."""


@dataclass(frozen=True)
class Listener:
    """All that is kept of one listener."""

    bookmark: Bookmark | None = None
    hearings: tuple[Hearing, ...] = ()
    """The one started last comes first."""
    reminder: Reminder | None = None
    reminder_offered: datetime | None = None
    """When a reminder was last offered."""
    hush_until: datetime | None = None
    """Until when she is spoken to softly."""
    answered: Answered | None = None

    def hearing(self, guide: str) -> Hearing | None:
        """What she made of the guide of that slug, if she ever started it."""
        return next((hearing for hearing in self.hearings if hearing.guide == guide), None)


@dataclass(frozen=True)
class GuideReport:
    """How many listeners did what with a guide."""

    guide: str
    starts: int
    finishes: int
    yes: int
    no: int


@dataclass(frozen=True)
class Week:
    """What was heard in one week, as far as the hearings are kept."""

    week: date
    """Its Monday; its days are UTC's."""
    listeners: int
    """Who started a guide for the last time so far, or finished one."""
    finishes: int


@dataclass(frozen=True)
class Stops:
    """How far the listeners of a guide have got whose hearings are kept."""

    guide: str
    finished: int
    sections: tuple[int, ...]
    """By section, counted from 0: who has not finished, and has her place there."""
    elsewhere: int
    """Who has not finished, and has no place in it: one listener has one place, which may be in another."""


class Counted(StrEnum):
    """What is counted without a listener."""

    NO_ANSWER = "no_answer"
    """A question that no guide answers. Its subject: the slug of the nearest guide, if any."""
    REMINDER_KEPT = "reminder_kept"
    """Set where there was none; no subject."""
    REMINDER_CANCELLED = "reminder_cancelled"
    """By her, here or in the Alexa app, but for what goes where she is forgotten; no subject."""


@dataclass(frozen=True, order=True)
class Tally:
    """How often something was counted in one week."""

    week: date
    """Its Monday; its days are UTC's."""
    what: str
    """One of Counted; a newer program may have written others."""
    subject: str
    times: int


@dataclass(frozen=True)
class Report:
    """What the store tells of all listeners together."""

    listeners: int = 0
    """Of whom any hearing is kept."""
    guides: tuple[GuideReport, ...] = ()
    """By slug; with what was retired."""
    weeks: tuple[Week, ...] = ()
    """Those in which there was anything, the first one first."""
    stops: tuple[Stops, ...] = ()
    """By slug."""
    tallies: tuple[Tally, ...] = ()
    """The first week first."""


class Store(Protocol):
    """Keeps listeners under hashed ids. Every method raises StoreError when it cannot.

    What a method has written is on disk when it returns.
    """

    def together(self, synced: bool) -> AbstractContextManager[object]:
        """What this thread writes meanwhile is done in one go: where a store can, all of it or nothing.

        Unless synced, it outlives whatever becomes of this program, but perhaps not a power cut.
        """
        ...

    def listener(self, listener: str) -> Listener:
        """All that is kept under the id; an empty Listener for a new one."""
        ...

    def keep_bookmark(self, listener: str, bookmark: Bookmark | None) -> None:
        """Keep the place, or forget the last one."""
        ...

    def start(self, listener: str, guide: str, at: datetime) -> None:
        """Note that she started the guide; a second start changes nothing but the order."""
        ...

    def finish(self, listener: str, guide: str, at: datetime) -> None:
        """Note that she heard the guide to its end."""
        ...

    def count_asking(self, listener: str, guide: str) -> None:
        """Note that she was asked once more, at a launch, whether the guide helped."""
        ...

    def vote(self, listener: str, guide: str, helpful: bool, at: datetime) -> None:
        """Keep her vote; a later one takes its place."""
        ...

    def keep_reminder(self, listener: str, reminder: Reminder | None) -> None:
        """Keep what Alexa holds for her, or forget it."""
        ...

    def note_offer(self, listener: str, at: datetime) -> None:
        """Note that a reminder was offered to her."""
        ...

    def hush(self, listener: str, until: datetime | None) -> None:
        """Speak to her softly until then; None: as always."""
        ...

    def keep_answer(self, listener: str, answered: Answered) -> None:
        """Keep what a turn was answered, in place of the last."""
        ...

    def count(self, what: Counted, subject: str, at: datetime) -> None:
        """Count it in its week, with no listener; the subject is a guide's slug, or empty."""
        ...

    def forget(self, listener: str) -> None:
        """Delete all that is kept of her. Votes go with it; what is counted has nothing of her."""
        ...

    def retire(self, before: datetime) -> int:
        """Delete the hearings whose last date lies before that; report() goes on counting them.

        Places in guides of which a listener has no hearing left go with them, as do the preferences and the
        last answer of one who has none left at all. Reminders stay: they are needed to cancel them. Returns
        how many hearings were retired.
        """
        ...

    def claim_announcement(self, guide: str, at: datetime) -> bool:
        """Note that the guide is being announced; False when it was announced before."""
        ...

    def withdraw_announcement(self, guide: str) -> None:
        """Take back a claim whose announcement failed."""
        ...

    def report(self) -> Report:
        """All of it, as it is at one moment where a store can, from one look at everything."""
        ...
