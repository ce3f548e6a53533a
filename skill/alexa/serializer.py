"""The SDK's serializer, made to live with requests that it does not know."""

import json
import logging
from collections.abc import Iterable, Mapping
from typing import Any

from ask_sdk_model import RequestEnvelope

from skill.alexa.compiled_serializer import CompiledSerializer

log = logging.getLogger(__name__)

KNOWN_SYSTEM = ("application", "user", "apiEndpoint", "apiAccessToken")
KNOWN_INTERFACES = ("AudioPlayer", "Alexa.Presentation.APL")
KNOWN_SESSION = ("new", "sessionId", "application", "attributes", "user")
KNOWN_REQUEST = (
    *("type", "requestId", "locale", "token", "offsetInMilliseconds"),
    *("name", "status", "payload", "arguments"),
)
"""What is kept of an envelope in which the SDK stumbles over something newer than itself."""


class TolerantSerializer(CompiledSerializer):
    """Makes an envelope of whatever comes in.

    The SDK raises over an unknown viewport, enum value or request type. Here such an envelope is read without
    its newer parts: first without those of the device, then without those of the request. One that cannot be
    read at all becomes an envelope without a request, which gets an empty answer.
    """

    def deserialize(self, payload: Any, obj_type: Any) -> Any:
        """See CompiledSerializer. It raises for no RequestEnvelope."""
        if obj_type is not RequestEnvelope:
            return super().deserialize(payload, obj_type)
        for reading in (_as_it_is, _without_newer_context, _with_essentials):
            try:
                envelope = super().deserialize(reading(payload), RequestEnvelope)
            except Exception as error:
                # The SDK raises what it happens upon: AttributeError, KeyError, ValueError, its own. The
                # error's text may quote the request, so it is not logged.
                failed = type(error).__name__
            else:
                return envelope
        log.warning("a request could not be read: %s", failed)
        return RequestEnvelope(version="1.0")


def _as_it_is(payload: str) -> str:
    """Half of a pair of surrogates is no character: it could be neither kept nor sent back."""
    if "\\ud" not in payload.lower():
        return payload
    return json.dumps(json.loads(payload), ensure_ascii=False).encode(errors="replace").decode()


def _without_newer_context(payload: str) -> str:
    """Without viewports, interfaces and whatever else of the device is not needed to answer."""
    envelope = json.loads(_as_it_is(payload))
    context = envelope.get("context") or {}
    system = context.get("System") or {}
    device = system.get("device") or {}
    there = device.get("supportedInterfaces") or {}
    interfaces: dict[str, Any] = {name: {} for name in KNOWN_INTERFACES if there.get(name) is not None}
    known = _only(KNOWN_SYSTEM, system)
    known["device"] = {"deviceId": device.get("deviceId"), "supportedInterfaces": interfaces}
    player = _only(("token", "offsetInMilliseconds"), context.get("AudioPlayer") or {})
    return json.dumps({**envelope, "context": {"System": known, "AudioPlayer": player}})


def _with_essentials(payload: str) -> str:
    """Without whatever of the request and the session is not needed to answer, too."""
    envelope = json.loads(_without_newer_context(payload))
    request = _only(KNOWN_REQUEST, envelope["request"])
    if intent := envelope["request"].get("intent"):
        slots = (intent.get("slots") or {}).items()
        spoken = {name: _only(("name", "value"), slot) for name, slot in slots if slot}
        request["intent"] = {"name": intent.get("name"), "slots": spoken}
    session = _only(KNOWN_SESSION, envelope.get("session") or {})
    return json.dumps({**envelope, "request": request} | ({"session": session} if session else {}))


def _only(names: Iterable[str], values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in names if name in values}
