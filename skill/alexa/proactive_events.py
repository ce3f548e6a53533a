"""Telling listeners of a new guide: Alexa's Proactive Events API, for those who allow notifications."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode, urlsplit

from skill.alexa.amazon_api import Answer, UnansweredError, UnreachedError, call
from skill.errors import NightfeedError
from skill.library import Guide
from skill.show import Show

LOGIN_URL = "https://api.amazon.com/auth/o2/token"
SCOPE = "alexa::proactive_events"
EVENTS_PATH = "/v1/proactiveEvents"
DEVELOPMENT = "/stages/development"
"""Of the path, where only those who test the skill are told."""
HOSTS = {
    "en-GB": "api.eu.amazonalexa.com",
    "en-IN": "api.eu.amazonalexa.com",
    "en-US": "api.amazonalexa.com",
    "en-CA": "api.amazonalexa.com",
    "en-AU": "api.fe.amazonalexa.com",
}
"""Locale → the region's host: an event reaches the listeners of its region alone."""
EXPIRES_AFTER = timedelta(hours=23)
"""Alexa takes up to 24 hours; an hour is left for clocks that differ."""
LONGEST_REFERENCE = 100
"""Characters of a referenceId (Proactive Events API reference)."""
SECONDS = 10.0
"""The longest that one call may take."""


@dataclass(frozen=True)
class Credentials:
    """The skill's own, from the developer console."""

    client_id: str
    client_secret: str = field(repr=False)


class MaybeSentError(NightfeedError):
    """No answer came: the event may have been taken, or not."""


def media_available(guide: Guide, show: Show, locales: Iterable[str], now: datetime) -> dict[str, Any]:
    """The event that the guide can be heard ("Proactive events schemas", AMAZON.MediaContent.Available).

    Its referenceId is always the same for the guide, so that Alexa tells nobody twice.
    """
    stamp = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "timestamp": stamp,
        "referenceId": f"guide-{guide.slug}"[:LONGEST_REFERENCE],
        "expiryTime": (now + EXPIRES_AFTER).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "event": {
            "name": "AMAZON.MediaContent.Available",
            "payload": {
                "availability": {
                    "startTime": stamp,
                    "provider": {"name": "localizedattribute:providerName"},
                    "method": "STREAM",
                },
                "content": {"name": "localizedattribute:contentName", "contentType": "EPISODE"},
            },
        },
        "localizedAttributes": [
            {"locale": locale, "providerName": show.name, "contentName": guide.title} for locale in locales
        ],
        "relevantAudience": {"type": "Multicast", "payload": {}},
    }


def hosts(locales: Iterable[str]) -> tuple[str, ...]:
    """The hosts of all regions with those locales. Raises NightfeedError for a locale of no region."""
    try:
        return tuple(dict.fromkeys(HOSTS[locale] for locale in locales))
    except KeyError as missing:
        raise NightfeedError(
            f"skill.json: {missing} is of no region known here; add it to skill/alexa/proactive_events.py"
        ) from None


def log_in(credentials: Credentials) -> str:
    """A token for sending events, from Login with Amazon. Raises NightfeedError."""
    form = {
        "grant_type": "client_credentials",
        "client_id": credentials.client_id,
        "client_secret": credentials.client_secret,
        "scope": SCOPE,
    }
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    try:
        answer = _posted(LOGIN_URL, headers, urlencode(form).encode())
    except UnansweredError:
        raise NightfeedError(f"{urlsplit(LOGIN_URL).netloc} doesn't answer; try again later") from None
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise NightfeedError(f"Login with Amazon has failed ({answer.status}); try again later")
    token = _fields(answer).get("access_token")
    if answer.status != HTTPStatus.OK or not isinstance(token, str):
        raise NightfeedError(
            f"Login with Amazon refuses NIGHTFEED_CLIENT_ID and NIGHTFEED_CLIENT_SECRET ({answer.status}); "
            "copy both from the skill's Permissions page in the developer console"
        )
    return token


def send(event: Mapping[str, Any], host: str, token: str, live: bool) -> bool:
    """Hand the event to that region; False where Alexa has had it before.

    Raises MaybeSentError where that is not known, and NightfeedError where it was not taken.
    """
    url = f"https://{host}{EVENTS_PATH}{'' if live else DEVELOPMENT}"
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    try:
        answer = _posted(url, headers, json.dumps(event).encode())
    except UnansweredError:
        raise MaybeSentError(
            f"{host} hasn't answered: the guide may have been announced there, or not"
        ) from None
    if answer.status == HTTPStatus.CONFLICT:
        return False
    if not HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
        raise NightfeedError(
            f"{host} has not taken the announcement ({answer.status}); {_remedy(answer.status)}"
        )
    return True


def _posted(url: str, headers: Mapping[str, str], body: bytes) -> Answer:
    try:
        return call("POST", url, headers, body, SECONDS)
    except UnreachedError:
        host = urlsplit(url).netloc
        raise NightfeedError(f"{host} can't be reached; check the network and HTTPS_PROXY") from None


def _remedy(status: int) -> str:
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return "deploy skill.json with its notifications permission and publication, and check --live"
    if status == HTTPStatus.BAD_REQUEST:
        return "look at the event without --send"
    return "try again later"


def _fields(answer: Answer) -> Mapping[str, Any]:
    try:
        values = json.loads(answer.body)
    except ValueError:
        return {}
    return values if isinstance(values, dict) else {}
