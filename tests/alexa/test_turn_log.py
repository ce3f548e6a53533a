import json
import logging
from typing import Any

import pytest
from ask_sdk_model import RequestEnvelope, Response

from skill.alexa.serializer import TolerantSerializer
from skill.alexa.turn_log import tell_stumble, tell_turn
from skill.log_lines import JsonLines

SECRET = "SECRETWORD"


def envelope(**request: Any) -> RequestEnvelope:
    told = {"requestId": "r", "timestamp": "2026-03-01T03:00:00Z", "locale": "en-GB", **request}
    return TolerantSerializer().deserialize(json.dumps({"version": "1.0", "request": told}), RequestEnvelope)


def intent(name: str) -> RequestEnvelope:
    return envelope(type="IntentRequest", intent={"name": name, "confirmationStatus": "NONE"})


def line(caplog: pytest.LogCaptureFixture) -> dict[str, Any]:
    (record,) = caplog.records
    told: dict[str, Any] = json.loads(JsonLines().format(record))
    assert SECRET not in json.dumps(told)
    return told


def response(**values: Any) -> Response:
    told: Response = TolerantSerializer().deserialize(json.dumps(values), Response)
    return told


SPEECH = {"outputSpeech": {"type": "SSML", "ssml": f"<speak>{SECRET}</speak>"}}
STOP = {"directives": [{"type": "AudioPlayer.Stop"}]}


@pytest.mark.parametrize(
    ("answered", "outcome"),
    [
        (response(**SPEECH, shouldEndSession=False), "asks"),
        (response(**SPEECH, shouldEndSession=True), "tells"),
        (response(**STOP), "directs"),
        (response(**STOP, shouldEndSession=False), "asks"),
        (response(shouldEndSession=False), "silent"),
        (response(), "silent"),
        (None, "silent"),
    ],
)
def test_a_turn_is_a_line_with_its_outcome_and_its_milliseconds(
    answered: Response | None, outcome: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        tell_turn(intent("TopTipIntent"), answered, 0.01234)
    told = line(caplog)
    del told["time"]
    (counted,) = told.pop("_aws")["CloudWatchMetrics"]
    assert told == {
        "level": "INFO",
        "logger": "skill.alexa.turn_log",
        "message": "turn",
        "request": "IntentRequest",
        "intent": "TopTipIntent",
        "locale": "en-GB",
        "outcome": outcome,
        "turns": 1,
        "milliseconds": 12.3,
    }
    assert counted["Metrics"] == [
        {"Name": "turns", "Unit": "Count"},
        {"Name": "milliseconds", "Unit": "Milliseconds"},
    ]


@pytest.mark.parametrize(
    ("asked", "request_", "name", "locale"),
    [
        (envelope(type="LaunchRequest"), "LaunchRequest", "", "en-GB"),
        (envelope(type="LaunchRequest", locale=SECRET), "LaunchRequest", "", "other"),
        (envelope(type="AudioPlayer.PlaybackStarted"), "AudioPlayer.PlaybackStarted", "", "en-GB"),
        (intent(SECRET), "IntentRequest", "other", "en-GB"),
        (envelope(type="CanFulfillIntentRequest"), "other", "", "en-GB"),
        (RequestEnvelope(), "other", "", "other"),
    ],
)
def test_only_names_that_we_know_are_told(
    asked: RequestEnvelope, request_: str, name: str, locale: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        tell_turn(asked, None, 1)
    told = line(caplog)
    assert (told["request"], told["intent"], told["locale"]) == (request_, name, locale)


def test_a_stumble_is_told_by_its_kind_and_its_place_without_its_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def stumble() -> None:
        raise KeyError(SECRET)

    try:
        stumble()
    except KeyError as fault:
        tell_stumble(intent("TopTipIntent"), fault)
    told = line(caplog)
    assert (told["level"], told["message"], told["fault"]) == ("ERROR", "a turn failed: KeyError", "KeyError")
    assert (told["intent"], told["stumbles"]) == ("TopTipIntent", 1)
    assert told["at"][-1].endswith(" stumble")
    assert told["_aws"]["CloudWatchMetrics"][0]["Metrics"] == [{"Name": "stumbles", "Unit": "Count"}]
