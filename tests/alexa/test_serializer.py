"""Envelopes from tomorrow: what can be read of them is, and the rest does not matter."""

import json
import logging
from typing import Any

import pytest
from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model import IntentRequest, RequestEnvelope

from skill.alexa.serializer import TolerantSerializer

SECRET = "SECRETWORD"
INTERFACES = {"AudioPlayer": {}, "Alexa.Presentation.APL": {}}
UNKNOWN_VIEWPORT = {"type": "HOLOGRAM"}


def today() -> dict[str, Any]:
    """An intent with a slot and a session, as the SDK knows it."""
    owner = {"application": {"applicationId": "ours"}, "user": {"userId": "hers"}}
    return {
        "version": "1.0",
        "session": {
            "new": False,
            "sessionId": "s",
            **owner,
            "attributes": {"nightfeed": {"place": None}},
        },
        "context": {
            "System": {
                **owner,
                "apiEndpoint": "https://api.eu.amazonalexa.com",
                "apiAccessToken": "token",
                "device": {"deviceId": "d", "supportedInterfaces": INTERFACES},
            },
            "AudioPlayer": {"token": "t", "offsetInMilliseconds": 7, "playerActivity": "STOPPED"},
        },
        "request": {
            "type": "IntentRequest",
            "requestId": "r",
            "timestamp": "2026-03-01T03:00:00Z",
            "locale": "en-GB",
            "intent": {
                "name": "SectionIntent",
                "confirmationStatus": "NONE",
                "slots": {
                    "section": {"name": "section", "value": "sleep", "confirmationStatus": "NONE"},
                    "number": {"name": "number", "confirmationStatus": "NONE"},
                },
            },
        },
    }


def read(envelope: dict[str, Any]) -> RequestEnvelope:
    found: RequestEnvelope = TolerantSerializer().deserialize(json.dumps(envelope), RequestEnvelope)
    return found


def with_essentials() -> dict[str, Any]:
    """What is kept of today's in the end."""
    kept = today()
    del kept["context"]["AudioPlayer"]["playerActivity"]
    del kept["request"]["timestamp"], kept["request"]["intent"]["confirmationStatus"]
    for slot in kept["request"]["intent"]["slots"].values():
        del slot["confirmationStatus"]
    return kept


def test_todays_envelope_is_read_as_the_sdk_reads_it() -> None:
    envelope = json.dumps(today())
    assert read(today()).to_dict() | {"request": None} == (
        DefaultSerializer().deserialize(envelope, RequestEnvelope).to_dict() | {"request": None}
    )
    assert read(today()).request.timestamp.isoformat() == "2026-03-01T03:00:00+00:00"


def test_a_device_of_tomorrow_loses_its_newer_parts_alone() -> None:
    newer = today()
    newer["context"] |= {"Viewports": [UNKNOWN_VIEWPORT], "Smell": {}}
    newer["context"]["System"] |= {"unit": 7}
    newer["context"]["System"]["device"]["supportedInterfaces"] |= {"Smell": {"version": []}, "Display": None}
    expected = today()
    del expected["context"]["AudioPlayer"]["playerActivity"]
    assert read(newer).to_dict() == read(expected).to_dict()


def test_a_request_of_tomorrow_loses_its_newer_parts_too() -> None:
    newer = today()
    newer["context"]["Viewports"] = [UNKNOWN_VIEWPORT]
    newer["request"]["timestamp"] = "soon"
    newer["request"]["intent"]["confirmationStatus"] = "PERHAPS"
    newer["request"]["intent"]["slots"]["section"]["confirmationStatus"] = "PERHAPS"
    newer["request"]["intent"]["slots"]["nothing"] = None
    newer["session"]["mood"] = {"type": "HOLOGRAM"}
    assert read(newer).to_dict() == read(with_essentials()).to_dict()
    assert isinstance(read(newer).request, IntentRequest)


def test_where_there_is_no_session_none_is_made() -> None:
    newer = today()
    del newer["session"], newer["context"]
    newer["request"] = {"type": "AudioPlayer.PlaybackFailed", "token": "t", "error": {"type": "TOMORROW"}}
    found = read(newer)
    assert found.session is None
    assert (found.request.token, found.request.error) == ("t", None)


@pytest.mark.parametrize("odd", [{"type": "Tomorrow"}, SECRET, 7, None, {}])
def test_what_cannot_be_read_at_all_has_no_request_and_is_not_quoted(
    odd: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        found = read({**today(), "request": odd, "version": "1.0", "secret": SECRET})
    assert (found.version, found.request) == ("1.0", None)
    assert SECRET not in caplog.text
    assert odd is None or "a request could not be read: " in caplog.text


def test_half_a_character_becomes_a_question_mark() -> None:
    torn = today()
    torn["request"]["intent"]["slots"]["section"]["value"] = "a \ud83d b"
    assert read(torn).request.intent.slots["section"].value == "a ? b"
