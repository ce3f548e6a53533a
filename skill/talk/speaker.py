"""The speaker's part: understood words → a real request envelope, and a response → what is heard."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

from skill.alexa import apl
from skill.library import Clip, Library
from skill.talk.player import MILLISECONDS, Player, Report
from skill.talk.understanding import LAUNCH, Heard, HeardSlot

APPLICATION_ID = "amzn1.ask.skill.talk"
APPLICATION = {"applicationId": APPLICATION_ID}
LOCALE = "en-GB"
AUTHORITY = "amzn1.er-authority.echo-sdk.talk"
SILENT_END = "SessionEndedRequest"
USER_EVENT = "Alexa.Presentation.APL.UserEvent"
CONSENTED = "Connections.Response"
ALEXA_ASKS = "Alexa asks: may Nightfeed set reminders for you?"
"""What Alexa says, more or less, where the skill has no permission yet."""
APL = {"Alexa.Presentation.APL": {"runtime": {"maxVersion": "2024.3"}}}


@dataclass(frozen=True)
class Step:
    """One thing that is heard: words, or a recording."""

    text: str
    clip: Clip | None = None
    url: str = ""
    """Where the recording is."""


@dataclass(frozen=True)
class Consent:
    """A permission that Alexa is to ask the listener for."""

    scope: str
    token: str
    """Handed back with her answer."""


@dataclass(frozen=True)
class OpenSession:
    """What Alexa hands back to the skill while a session is open."""

    id: str
    attributes: Mapping[str, Any]
    asked: Consent | None = None
    """What Alexa herself asks the listener before the skill hears of her again."""


@dataclass(frozen=True)
class Device:
    """Whose device it is, and what it can do."""

    listener: str
    player: Player | None = None
    """What its AudioPlayer does; None: it has none."""
    has_screen: bool = False
    api_token: str = ""
    """Opens Alexa's own services; empty: there are none."""


def request_envelope(
    heard: Heard, device: Device, session: OpenSession | None, now: datetime, reason: str = ""
) -> dict[str, Any]:
    """The envelope that Alexa would send; `reason` is that of a SessionEndedRequest."""
    request = _request(heard.name if heard.name in (LAUNCH, SILENT_END) else "IntentRequest", now)
    if request["type"] == "IntentRequest":
        slots = {name: _slot(name, slot) for name, slot in heard.slots.items()}
        request["intent"] = {"name": heard.name, "confirmationStatus": "NONE", "slots": slots}
    if reason:
        request["reason"] = reason
    return _in_session(request, device, session)


def touch_envelope(intent: str, device: Device, session: OpenSession | None, now: datetime) -> dict[str, Any]:
    """The envelope of a touched button, which stands for that intent."""
    touched = {"token": apl.TOKEN, "arguments": [intent], "source": {"type": "TouchWrapper"}}
    return _in_session(_request(USER_EVENT, now) | touched, device, session)


def consent_envelope(
    consent: Consent, accepted: bool, device: Device, session: OpenSession | None, now: datetime
) -> dict[str, Any]:
    """The envelope of what the listener has told Alexa ("Set up voice permissions for reminders")."""
    scope = {"permissionScope": consent.scope, "consentLevel": "ACCOUNT"}
    told = {
        "name": "AskFor",
        "status": {"code": "200", "message": "OK"},
        "token": consent.token,
        "payload": {"permissionScopes": [scope], "status": "ACCEPTED" if accepted else "DENIED"},
    }
    return _in_session(_request(CONSENTED, now) | told, device, session)


def report_envelope(report: Report, device: Device, now: datetime) -> dict[str, Any]:
    """The envelope of what the player reports: without a session."""
    request = _request(f"AudioPlayer.{report.name}", now) | {"token": report.token}
    if report.state is None:
        request["offsetInMilliseconds"] = round(report.offset * MILLISECONDS)
    else:
        error = {"type": "MEDIA_ERROR_SERVICE_UNAVAILABLE", "message": "the recording cannot be reached"}
        request |= {"currentPlaybackState": dict(report.state), "error": error}
    return {"version": "1.0", "context": _context(device), "request": request}


def button_envelope(button: str, device: Device, now: datetime) -> dict[str, Any]:
    """The envelope of a button that was pressed: Play, Pause, Next or Previous. It has no session."""
    request = _request(f"PlaybackController.{button}CommandIssued", now)
    return {"version": "1.0", "context": _context(device), "request": request}


def _in_session(request: dict[str, Any], device: Device, session: OpenSession | None) -> dict[str, Any]:
    return {
        "version": "1.0",
        "session": {
            "new": session is None,
            "sessionId": session.id if session else f"amzn1.echo-api.session.{uuid.uuid4()}",
            "application": APPLICATION,
            "attributes": dict(session.attributes) if session else {},
            "user": {"userId": device.listener},
        },
        "context": _context(device),
        "request": request,
    }


def _request(kind: str, now: datetime) -> dict[str, Any]:
    return {
        "type": kind,
        "requestId": f"amzn1.echo-api.request.{uuid.uuid4()}",
        "timestamp": now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "locale": LOCALE,
    }


def _context(device: Device) -> dict[str, Any]:
    player: dict[str, Any] = {} if device.player is None else {"AudioPlayer": {}}
    interfaces = player | (APL if device.has_screen else {})
    system = {
        "application": APPLICATION,
        "user": {"userId": device.listener},
        "device": {"deviceId": "amzn1.ask.device.talk", "supportedInterfaces": interfaces},
        "apiEndpoint": "https://api.eu.amazonalexa.com",
        "apiAccessToken": device.api_token,
    }
    return {"System": system} | ({} if device.player is None else {"AudioPlayer": device.player.state})


def session_after(request: Mapping[str, Any], answer: Mapping[str, Any]) -> OpenSession | None:
    """The session that the answer leaves open, or that waits for what the listener tells Alexa."""
    asked = _consent_asked(answer)
    waits = asked or answer["response"].get("shouldEndSession") is False
    if "session" not in request or not waits:
        return None
    return OpenSession(request["session"]["sessionId"], answer.get("sessionAttributes") or {}, asked)


def _consent_asked(answer: Mapping[str, Any]) -> Consent | None:
    for directive in answer["response"].get("directives") or ():
        if directive["type"] == "Connections.SendRequest":
            (scope,) = directive["payload"]["permissionScopes"]
            return Consent(scope["permissionScope"], directive["token"])
    return None


def steps(answer: Mapping[str, Any], library: Library) -> tuple[Step, ...]:
    """What is heard of the answer, in order, and then of Alexa's own question for a permission."""
    ssml = (answer["response"].get("outputSpeech") or {}).get("ssml")
    told = _steps(ElementTree.fromstring(ssml), library) if ssml else []  # noqa: S314 - our own SSML
    return tuple([*told, Step(ALEXA_ASKS)] if _consent_asked(answer) else told)


def words_of(ssml: str) -> str:
    """The words of a piece of SSML."""
    return _words("".join(ElementTree.fromstring(ssml).itertext()))  # noqa: S314 - our own SSML


def clip_at(url: str, library: Library) -> Clip | None:
    """The clip whose recording is at that address."""
    clips = (clip for guide in library.guides for passage in guide.passages for clip in passage.clips)
    return next(
        (
            clip
            for clip in clips
            if any(url.endswith(f"/{file}") for file in (clip.file, clip.quiet_file) if file)
        ),
        None,
    )


def _steps(speak: ElementTree.Element, library: Library) -> list[Step]:
    heard = [Step(_words(speak.text))]
    for element in speak:
        url = element.get("src", "")
        if element.tag == "audio":
            clip = clip_at(url, library)
            heard.append(Step(clip.text if clip else "", clip, url))
        else:
            heard.append(Step(_words("".join(element.itertext()))))
        heard.append(Step(_words(element.tail)))
    return [step for step in heard if step.text or step.url]


def _words(text: str | None) -> str:
    return " ".join((text or "").split())


def _slot(name: str, heard: HeardSlot) -> dict[str, Any]:
    slot: dict[str, Any] = {
        "name": name,
        "value": heard.value,
        "confirmationStatus": "NONE",
        "source": "USER",
    }
    if heard.matches:
        values = [{"value": {"name": value.name, "id": value.id}} for value in heard.matches]
        matched = {"authority": AUTHORITY, "status": {"code": "ER_SUCCESS_MATCH"}, "values": values}
        slot["resolutions"] = {"resolutionsPerAuthority": [matched]}
    return slot
