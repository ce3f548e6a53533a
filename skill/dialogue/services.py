"""What the conversation asks of Alexa's own services."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from skill.prompts import Say


class Trouble(StrEnum):
    """Why a service did not do what it was asked for; each has its own honest sentence in the prompts."""

    NOT_ALLOWED = "not_allowed"
    """The listener has not given, or has withdrawn, her permission (401, 403)."""
    TOO_MANY = "too_many"
    """She has as many reminders as Alexa keeps."""
    DEVICE = "device"
    """This device cannot do it."""
    BUSY = "busy"
    """Too many requests just now (429)."""
    SLOW = "slow"
    """No answer in time."""
    DOWN = "down"
    """The service failed (5xx), or could not be reached."""
    GONE = "gone"
    """There is no such reminder any more (404)."""
    UNKNOWN = "unknown"
    """Anything else."""


class ServiceError(Exception):
    """A service did not do what it was asked for."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


@dataclass(frozen=True)
class WeeklyReminder:
    """A reminder to be made."""

    day: str
    """As RFC 5545 has it: MO, TU, WE, TH, FR, SA, SU."""
    time: str
    """Local time of day, HH:MM."""
    zone: str
    """Time zone, as the IANA names it."""
    start: str
    """Local date and time of the first one, YYYY-MM-DDTHH:MM:SS, without a zone."""
    text: Say
    """What Alexa says: no skill name, nothing personal, no selling."""
    locale: str


class Services(Protocol):
    """Alexa's services for the listener of one turn. Every method raises ServiceError."""

    def time_zone(self) -> str:
        """Her device's time zone, as the IANA names it."""
        ...

    def create_reminder(self, reminder: WeeklyReminder) -> str:
        """Make the reminder; Alexa's token for it."""
        ...

    def check_reminder(self, token: str) -> None:
        """Nothing, where Alexa still holds the reminder."""
        ...

    def update_reminder(self, token: str, reminder: WeeklyReminder) -> None:
        """Change the reminder."""
        ...

    def delete_reminder(self, token: str) -> None:
        """Delete the reminder."""
        ...
