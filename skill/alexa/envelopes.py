"""What an envelope says, in the conversation's own words."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from ask_sdk_model import IntentRequest, RequestEnvelope

from skill.alexa.services import ApiAccess
from skill.dialogue.screen import TOUCHABLE
from skill.dialogue.turn import Connection, Device, Playing, Session, Slot
from skill.store.listener_id import alexa_listener

USER_EVENT = "Alexa.Presentation.APL.UserEvent"
PLAYBACK_FAILED = "AudioPlayer.PlaybackFailed"
CONNECTIONS_RESPONSE = "Connections.Response"
PERMISSIONS = ("AlexaSkillEvent.SkillPermissionAccepted", "AlexaSkillEvent.SkillPermissionChanged")
"""Types of requests. The SDK's classes of them take long to load, and most listeners never need them."""
DEFAULT_LOCALE = "en-GB"
SILENT = ("AudioPlayer.", "PlaybackController.", "SessionEndedRequest", "AlexaSkillEvent.")
"""Beginnings of the types of requests to which nobody hears an answer."""
SESSION = "nightfeed"
"""The session attribute that holds the Session."""
MILLISECONDS = 1_000
LONGEST_MILLISECONDS = 24 * 60 * 60 * MILLISECONDS
"""A day: no stream of ours is nearly as long, so an offset beyond it is none."""


def request_names(envelope: RequestEnvelope) -> tuple[str, ...]:
    """The names that a route may have for the request, the most telling first."""
    request, of_kind = envelope.request, kind(envelope)
    if isinstance(request, IntentRequest) and request.intent and request.intent.name:
        return request.intent.name, of_kind
    touched = _touched(request) if of_kind == USER_EVENT else ()
    return (*touched, of_kind)


def kind(envelope: RequestEnvelope) -> str:
    """The request's type; empty where there is none."""
    return str(envelope.request.object_type or "") if envelope.request else ""


def is_heard(envelope: RequestEnvelope) -> bool:
    """Whether there is a listener who hears the answer, and sees it."""
    return bool(envelope.session and envelope.request and not kind(envelope).startswith(SILENT))


def slots(envelope: RequestEnvelope) -> Mapping[str, Slot]:
    """What was said in each slot that was filled."""
    request = envelope.request
    if not isinstance(request, IntentRequest) or not request.intent:
        return {}
    filled = (request.intent.slots or {}).items()
    return {name: Slot(slot.value, tuple(_ids(slot))) for name, slot in filled if slot and slot.value}


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
    return alexa_listener(user.user_id, key)


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


def new_session(envelope: RequestEnvelope) -> bool:
    """Whether the session begins with this request."""
    return bool(envelope.session and envelope.session.new)


def playing(envelope: RequestEnvelope) -> Playing | None:
    """What the AudioPlayer plays, or played last: as its event tells, or else the context."""
    request, context = envelope.request, envelope.context
    if kind(envelope) == PLAYBACK_FAILED:
        return _failed(request)
    reports = kind(envelope).startswith("AudioPlayer.")
    told: Any = request if reports else context and context.audio_player
    if not told or not isinstance(told.token, str):
        return None
    return Playing(told.token, _seconds(told.offset_in_milliseconds))


def connection(envelope: RequestEnvelope) -> Connection | None:
    """Alexa's answer to what was handed to her."""
    request: Any = envelope.request
    if kind(envelope) != CONNECTIONS_RESPONSE:
        return None
    payload = request.payload if isinstance(request.payload, dict) else {}
    code = str(request.status.code) if request.status else ""
    return Connection(str(request.name), code, str(payload.get("status", "")), request.token or "")


def api_access(envelope: RequestEnvelope) -> ApiAccess | None:
    """Where Alexa's own services are, and the right to use them; None where she gave neither."""
    system = _system(envelope)
    if not system or not (system.api_endpoint or "").startswith("https://") or not system.api_access_token:
        return None
    device = (system.device and system.device.device_id) or ""
    return ApiAccess(system.api_endpoint, system.api_access_token, device)


def granted(envelope: RequestEnvelope) -> frozenset[str] | None:
    """The permissions that she gives, as a skill event tells; None for any other request."""
    body = envelope.request.body if kind(envelope) in PERMISSIONS else None
    if not body:
        return None
    return frozenset(permission.scope for permission in body.accepted_permissions or () if permission)


def locale(envelope: RequestEnvelope) -> str:
    """The listener's language and country; British where Alexa does not say."""
    return getattr(envelope.request, "locale", None) or DEFAULT_LOCALE


def _failed(request: Any) -> Playing | None:
    """What failed; another stream may still be heard, where this one was fetched ahead of its time."""
    if not isinstance(request.token, str):
        return None
    state = request.current_playback_state
    if not state or state.token == request.token:
        return Playing(request.token, _seconds(state and state.offset_in_milliseconds))
    still = _value(state.player_activity) == "PLAYING" and isinstance(state.token, str)
    return Playing(request.token, 0.0, state.token if still else "")


def _seconds(milliseconds: Any) -> float:
    """An offset; 0 where that is none. The SDK lets through what cannot be made a number."""
    known = isinstance(milliseconds, int) and 0 <= milliseconds <= LONGEST_MILLISECONDS
    return milliseconds / MILLISECONDS if known else 0.0


def _touched(event: Any) -> Iterator[str]:
    """The intent that the touched button stands for; nothing where the event is not of our screen."""
    yield from (name for name in (event.arguments or [])[:1] if name in TOUCHABLE)


def _value(member: Any) -> Any:
    """Of an Enum of the SDK's."""
    return getattr(member, "value", None)


def _system(envelope: RequestEnvelope) -> Any:
    return envelope.context and envelope.context.system


def _ids(slot: Any) -> Iterator[str]:
    authorities = (slot.resolutions and slot.resolutions.resolutions_per_authority) or ()
    for authority in authorities:
        if authority and authority.status and _value(authority.status.code) == "ER_SUCCESS_MATCH":
            for wrapper in authority.values or ():
                if wrapper and wrapper.value and wrapper.value.id:
                    yield wrapper.value.id
