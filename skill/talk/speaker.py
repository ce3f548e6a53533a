"""The speaker's part: understood words → a real request envelope, and a response → what is heard."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

from skill.library import Clip, Library
from skill.talk.understanding import LAUNCH, Heard, HeardSlot

APPLICATION_ID = "amzn1.ask.skill.talk"
LOCALE = "en-GB"
AUTHORITY = "amzn1.er-authority.echo-sdk.talk"
SILENT_END = "SessionEndedRequest"


@dataclass(frozen=True)
class Step:
    """One thing that is heard: words, or a recording."""

    text: str
    clip: Clip | None = None
    url: str = ""
    """Where the recording is."""


@dataclass(frozen=True)
class OpenSession:
    """What Alexa hands back to the skill while a session is open."""

    id: str
    attributes: Mapping[str, Any]


def request_envelope(
    heard: Heard, listener: str, session: OpenSession | None, now: datetime, reason: str = ""
) -> dict[str, Any]:
    """The envelope that Alexa would send; `reason` is that of a SessionEndedRequest."""
    user = {"userId": listener}
    application = {"applicationId": APPLICATION_ID}
    request: dict[str, Any] = {
        "type": heard.name if heard.name in (LAUNCH, SILENT_END) else "IntentRequest",
        "requestId": f"amzn1.echo-api.request.{uuid.uuid4()}",
        "timestamp": now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "locale": LOCALE,
    }
    if request["type"] == "IntentRequest":
        slots = {name: _slot(name, slot) for name, slot in heard.slots.items()}
        request["intent"] = {"name": heard.name, "confirmationStatus": "NONE", "slots": slots}
    if reason:
        request["reason"] = reason
    return {
        "version": "1.0",
        "session": {
            "new": session is None,
            "sessionId": session.id if session else f"amzn1.echo-api.session.{uuid.uuid4()}",
            "application": application,
            "attributes": dict(session.attributes) if session else {},
            "user": user,
        },
        "context": {
            "System": {
                "application": application,
                "user": user,
                "device": {"deviceId": "amzn1.ask.device.talk", "supportedInterfaces": {}},
                "apiEndpoint": "https://api.eu.amazonalexa.com",
                "apiAccessToken": "",
            }
        },
        "request": request,
    }


def session_after(request: Mapping[str, Any], answer: Mapping[str, Any]) -> OpenSession | None:
    """The session that the answer leaves open, if it does."""
    if answer["response"].get("shouldEndSession") is not False:
        return None
    return OpenSession(request["session"]["sessionId"], answer.get("sessionAttributes") or {})


def steps(answer: Mapping[str, Any], library: Library) -> tuple[Step, ...]:
    """What is heard of the answer, in order."""
    speech = answer["response"].get("outputSpeech") or {}
    if not speech.get("ssml"):
        return ()
    return tuple(_steps(ElementTree.fromstring(speech["ssml"]), library))  # noqa: S314 - our own SSML


def words_of(ssml: str) -> str:
    """The words of a piece of SSML."""
    return _words("".join(ElementTree.fromstring(ssml).itertext()))  # noqa: S314 - our own SSML


def _steps(speak: ElementTree.Element, library: Library) -> list[Step]:
    clips = {
        clip.file_for(softly): clip
        for guide in library.guides
        for passage in guide.passages
        for clip in passage.clips
        for softly in (False, True)
    }
    heard = [Step(_words(speak.text))]
    for element in speak:
        url = element.get("src", "")
        if element.tag == "audio":
            clip = next((clips[file] for file in clips if url.endswith(f"/{file}")), None)
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
