"""What is told of a turn: names that we know, and how long it took; nothing of who spoke, or of her words."""

import logging
import re
from typing import Any

from ask_sdk_model import IntentRequest, RequestEnvelope, Response

from skill.dialogue.routes import ROUTES

log = logging.getLogger(__name__)

OTHER = "other"
"""In place of a name that is not ours or Alexa's: it could be anything."""
KNOWN = frozenset({"IntentRequest", "SessionEndedRequest", *(route.name for route in ROUTES)})
LOCALE = re.compile("[a-z]{2}-[A-Z]{2}")
TURN_METRICS = {"turns": "Count", "milliseconds": "Milliseconds"}
STUMBLE_METRICS = {"stumbles": "Count"}


def tell_turn(envelope: RequestEnvelope, response: Response | None, seconds: float) -> None:
    """Log that the request was answered, in that time."""
    told = {
        **_named(envelope),
        "outcome": _outcome(response),
        "turns": 1,
        "milliseconds": round(seconds * 1000, 1),
    }
    log.info("turn", extra={"told": told, "metrics": TURN_METRICS})


def tell_stumble(envelope: RequestEnvelope, fault: Exception, where: str = "a turn failed") -> None:
    """Log a fault of our own."""
    told = {**_named(envelope), "stumbles": 1}
    name = type(fault).__name__
    log.error("%s: %s", where, name, exc_info=fault, extra={"told": told, "metrics": STUMBLE_METRICS})


def _named(envelope: RequestEnvelope) -> dict[str, Any]:
    request = envelope.request
    intent = isinstance(request, IntentRequest) and request.intent and request.intent.name
    locale = str(request.locale) if request else ""
    return {
        "request": _known(str(request.object_type) if request else ""),
        "intent": _known(str(intent)) if intent else "",
        "locale": locale if LOCALE.fullmatch(locale) else OTHER,
    }


def _known(name: str) -> str:
    return name if name in KNOWN else OTHER


def _outcome(response: Response | None) -> str:
    if not response or not (response.output_speech or response.directives):
        return "silent"
    if response.should_end_session is False:
        return "asks"
    return "tells" if response.output_speech else "directs"
