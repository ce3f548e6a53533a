"""A stand-in for Alexa's reminders and settings, in memory: what every listener has allowed and set."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime

from skill.alexa.services import ApiAccess
from skill.dialogue.services import ServiceError, Services, Trouble, WeeklyReminder
from skill.prompts import Prompts

ZONE = "Europe/London"
"""Of every device."""


@dataclass
class Reminders:
    """Of every listener, until the process ends."""

    _allowed: set[str] = field(default_factory=set)
    _kept: dict[str, dict[str, WeeklyReminder]] = field(default_factory=dict)

    def allow(self, listener: str) -> None:
        """She lets the skill keep reminders for her."""
        self._allowed.add(listener)

    def of(self, listener: str) -> tuple[WeeklyReminder, ...]:
        """What is set for her."""
        return tuple(self._kept.get(listener, {}).values())

    def services(self, access: ApiAccess, now: datetime, prompts: Prompts) -> Services:
        """Those of the listener whom the token names."""
        return _OfOne(self._kept.setdefault(access.token, {}), access.token in self._allowed)


@dataclass(frozen=True)
class _OfOne:
    """See Services."""

    kept: dict[str, WeeklyReminder]
    """By token."""
    allowed: bool

    def time_zone(self) -> str:
        """See Services."""
        return ZONE

    def create_reminder(self, reminder: WeeklyReminder) -> str:
        """See Services."""
        self._hold()
        token = str(uuid.uuid4())
        self.kept[token] = reminder
        return token

    def check_reminder(self, token: str) -> None:
        """See Services."""
        self._hold(token)

    def update_reminder(self, token: str, reminder: WeeklyReminder) -> None:
        """See Services."""
        self._hold(token)
        self.kept[token] = reminder

    def delete_reminder(self, token: str) -> None:
        """See Services."""
        self._hold(token)
        del self.kept[token]

    def _hold(self, token: str = "") -> None:
        """Raise ServiceError for a token that names no reminder, and without her permission."""
        if token and token not in self.kept:
            raise ServiceError(Trouble.GONE)
        if not self.allowed:
            raise ServiceError(Trouble.NOT_ALLOWED)
