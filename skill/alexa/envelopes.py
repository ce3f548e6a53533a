"""What an envelope says, in the conversation's own words."""

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from ask_sdk_model import IntentRequest, RequestEnvelope
from ask_sdk_model.interfaces.connections import ConnectionsResponse
from ask_sdk_model.slu.entityresolution import StatusCode

from skill.dialogue.turn import Connection, Device, Playing, Session, Slot

DEFAULT_LOCALE = "en-GB"
SESSION = "nightfeed"
"""The session attribute that holds the Session."""


def request_names(envelope: RequestEnvelope) -> tuple[str, ...]:
    """The names that a route may have for the request, the most telling first."""
    request = envelope.request
    if isinstance(request, IntentRequest):
        return (request.intent.name, request.object_type)
    return (request.object_type,) if request else ()


def slots(envelope: RequestEnvelope) -> Mapping[str, Slot]:
    """What was said in each slot that was filled."""
    request = envelope.request
    if not isinstance(request, IntentRequest):
        return {}
    filled = (request.intent.slots or {}).values()
    return {slot.name: Slot(slot.value, tuple(_ids(slot))) for slot in filled if slot.value}


def session(envelope: RequestEnvelope) -> Session:
    """The conversation so far; a new one where nothing, or nothing that can be read, was handed back."""
    attributes = (envelope.session.attributes or {}) if envelope.session else {}
    try:
        return msgspec.convert(attributes.get(SESSION, {}), Session)
    except msgspec.ValidationError:
        return Session()


def session_attributes(kept: Session) -> dict[str, Any]:
    """The conversation so far, for Alexa to hand back."""
    return {SESSION: msgspec.to_builtins(kept)}


def listener_id(envelope: RequestEnvelope, key: bytes) -> str:
    """The listener's id, hashed with the key; empty where Alexa named no user."""
    context = envelope.context
    user = (context and context.system and context.system.user) or (
        envelope.session and envelope.session.user
    )
    if not user or not user.user_id:
        return ""
    return hmac.new(key, user.user_id.encode(), hashlib.sha256).hexdigest()


def device(envelope: RequestEnvelope) -> Device:
    """What the device can do."""
    system = _system(envelope)
    interfaces = system and system.device and system.device.supported_interfaces
    if not interfaces:
        return Device()
    return Device(
        plays_streams=interfaces.audio_player is not None,
        has_screen=interfaces.alexa_presentation_apl is not None,
    )


def playing(envelope: RequestEnvelope) -> Playing | None:
    """What the AudioPlayer plays, or played last: as the event tells, or else the context."""
    request, context = envelope.request, envelope.context
    told = request if getattr(request, "token", None) else context and context.audio_player
    if not told or not isinstance(getattr(told, "token", None), str):
        return None
    milliseconds = getattr(told, "offset_in_milliseconds", None) or 0
    return Playing(told.token, milliseconds / 1000)


def connection(envelope: RequestEnvelope) -> Connection | None:
    """Alexa's answer to what was handed to her."""
    request = envelope.request
    if not isinstance(request, ConnectionsResponse):
        return None
    payload = request.payload if isinstance(request.payload, dict) else {}
    code = str(request.status.code) if request.status else ""
    return Connection(str(request.name), code, str(payload.get("status", "")))


def locale(envelope: RequestEnvelope) -> str:
    """The listener's language and country; British where Alexa does not say."""
    return getattr(envelope.request, "locale", None) or DEFAULT_LOCALE


def _system(envelope: RequestEnvelope) -> Any:
    return envelope.context and envelope.context.system


def _ids(slot: Any) -> Iterator[str]:
    authorities = (slot.resolutions and slot.resolutions.resolutions_per_authority) or ()
    for authority in authorities:
        if authority.status and authority.status.code == StatusCode.ER_SUCCESS_MATCH:
            for wrapper in authority.values or ():
                if wrapper.value and wrapper.value.id:
                    yield wrapper.value.id
