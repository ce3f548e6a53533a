"""Alexa's reminders and settings services, for the listener of one turn.

The SDK's clients know the addresses and shapes. What was answered is read here: the SDK loses the status of
an answer whose error code it does not know, and raises over a reminder that is set but has a newer status.
"""

import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo

from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model.services import ApiConfiguration
from ask_sdk_model.services.api_client_request import ApiClientRequest
from ask_sdk_model.services.api_client_response import ApiClientResponse
from ask_sdk_model.services.reminder_management import (
    AlertInfo,
    PushNotification,
    PushNotificationStatus,
    Recurrence,
    ReminderManagementServiceClient,
    ReminderRequest,
    SpokenInfo,
    SpokenText,
    Trigger,
    TriggerType,
)
from ask_sdk_model.services.ups import UpsServiceClient

from skill.alexa.amazon_api import UnansweredError, UnreachedError, call
from skill.dialogue import weekly
from skill.dialogue.services import ServiceError, Trouble, WeeklyReminder
from skill.prompts import Prompts

log = logging.getLogger(__name__)

CALL_SECONDS = 2.0
"""The longest that one call may take: Alexa waits 8 seconds for the whole turn."""
TURN_SECONDS = 2.5
"""The longest that all calls of one turn may take together."""
TROUBLE_BY_CODE = {
    "MAX_REMINDERS_EXCEEDED": Trouble.TOO_MANY,
    "DEVICE_NOT_SUPPORTED": Trouble.DEVICE,
    "ALERT_NOT_FOUND": Trouble.GONE,
}
"""Error codes that tell more than their status does (Reminders API reference, "Error messages")."""
TROUBLE_BY_STATUS: Mapping[int, Trouble] = {
    HTTPStatus.UNAUTHORIZED: Trouble.NOT_ALLOWED,
    HTTPStatus.FORBIDDEN: Trouble.NOT_ALLOWED,
    HTTPStatus.NOT_FOUND: Trouble.GONE,
    HTTPStatus.TOO_MANY_REQUESTS: Trouble.BUSY,
}


@dataclass(frozen=True)
class ApiAccess:
    """How Alexa's services are reached for one listener, as the signed envelope tells."""

    endpoint: str
    """https, without a path."""
    token: str
    device: str
    """Its id."""


class AlexaServices:
    """See Services."""

    def __init__(
        self,
        access: ApiAccess,
        now: datetime,
        prompts: Prompts,
        call_seconds: float = CALL_SECONDS,
        turn_seconds: float = TURN_SECONDS,
    ) -> None:
        """`prompts` are those of the listener's locale. Nothing is called before it is asked for."""
        self._device = access.device
        self._now = now
        self._prompts = prompts
        self._client = TimedApiClient(call_seconds, time.monotonic() + turn_seconds)
        configuration = ApiConfiguration(DefaultSerializer(), self._client, access.token, access.endpoint)
        self._reminders = ReminderManagementServiceClient(configuration)
        self._settings = UpsServiceClient(configuration)

    def time_zone(self) -> str:
        """See Services."""
        zone = self._answered(lambda: self._settings.get_system_time_zone(self._device))
        if not isinstance(zone, str) or not weekly.is_zone(zone):
            raise ServiceError(Trouble.UNKNOWN)
        return zone

    def create_reminder(self, reminder: WeeklyReminder) -> str:
        """See Services."""
        made = self._answered(lambda: self._reminders.create_reminder(self._request(reminder)))
        token = made.get("alertToken") if isinstance(made, dict) else None
        if not isinstance(token, str) or not token:
            raise ServiceError(Trouble.UNKNOWN)
        return token

    def check_reminder(self, token: str) -> None:
        """See Services."""
        self._answered(lambda: self._reminders.get_reminder(token))

    def update_reminder(self, token: str, reminder: WeeklyReminder) -> None:
        """See Services."""
        self._answered(lambda: self._reminders.update_reminder(token, self._request(reminder)))

    def delete_reminder(self, token: str) -> None:
        """See Services."""
        self._answered(lambda: self._reminders.delete_reminder(token))

    def _answered(self, called: Callable[[], object]) -> Any:
        """What Alexa answered, from JSON; None where that is none. Raises ServiceError."""
        try:
            called()
        except Exception as error:
            # The SDK raises one and the same for whatever happened; the client has kept what it was.
            if self._client.trouble:
                log.warning("a service of Alexa's: %s", self._client.trouble)
                raise ServiceError(self._client.trouble) from error
        return self._client.answer

    def _request(self, reminder: WeeklyReminder) -> ReminderRequest:
        """Local times, without "Z"; freq and byDay are deprecated (Reminders API reference)."""
        recurrence = Recurrence(
            start_date_time=reminder.start, recurrence_rules=[weekly.rule(reminder.day, reminder.time)]
        )
        trigger = Trigger(TriggerType.SCHEDULED_ABSOLUTE, time_zone_id=reminder.zone, recurrence=recurrence)
        text = SpokenText(locale=reminder.locale, text=self._prompts.text(reminder.text))
        here = self._now.astimezone(ZoneInfo(reminder.zone)).replace(tzinfo=None)
        return ReminderRequest(
            request_time=here.isoformat(timespec="seconds"),
            trigger=trigger,
            alert_info=AlertInfo(SpokenInfo([text])),
            push_notification=PushNotification(PushNotificationStatus.ENABLED),
        )


class TimedApiClient:
    """The SDK's ApiClient within a time; it keeps what was answered, or went wrong, in the last call."""

    def __init__(self, call_seconds: float, deadline: float) -> None:
        """`deadline` is of time.monotonic()."""
        self._call_seconds = call_seconds
        self._deadline = deadline
        self.trouble: Trouble | None = None
        self.answer: Any = None
        """From JSON; None where it was none."""

    def invoke(self, request: ApiClientRequest) -> ApiClientResponse:
        """See ApiClient. Raises UnreachedError or UnansweredError."""
        self.answer, self.trouble = None, Trouble.SLOW
        seconds = min(self._call_seconds, self._deadline - time.monotonic())
        if seconds <= 0:
            raise UnansweredError("the turn's time is used up")
        body = json.dumps(request.body).encode() if request.body else None
        try:
            answer = call(request.method, request.url, dict(request.headers), body, seconds)
        except UnreachedError:
            self.trouble = Trouble.DOWN
            raise
        text = answer.body.decode(errors="replace")
        self.answer = _from_json(text)
        self.trouble = trouble(answer.status, self.answer)
        return ApiClientResponse(headers=[], status_code=answer.status, body=text)


def trouble(status: int, answer: Any) -> Trouble | None:
    """Why it was not done; None where it was."""
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return None
    code = answer.get("code") if isinstance(answer, dict) else None
    if isinstance(code, str) and code in TROUBLE_BY_CODE:
        return TROUBLE_BY_CODE[code]
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Trouble.DOWN
    return TROUBLE_BY_STATUS.get(status, Trouble.UNKNOWN)


def _from_json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None
