"""What every store keeps, whatever it keeps it in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from skill.dialogue.reply import Bookmark
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
class Listener:
    """All that is kept of one listener."""

    bookmark: Bookmark | None = None
    hearings: tuple[Hearing, ...] = ()
    """The one started last comes first."""

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


class Store(Protocol):
    """Keeps listeners under hashed ids. Every method raises StoreError when it cannot.

    What a method has written is on disk when it returns.
    """

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

    def report(self) -> tuple[GuideReport, ...]:
        """One line a guide, by slug."""
        ...
