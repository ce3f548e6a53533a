"""What each kind of envelope says, in the conversation's own words."""

import json
from typing import Any

import pytest
from ask_sdk_model import RequestEnvelope

from skill.alexa import envelopes
from skill.alexa.compiled_serializer import CompiledSerializer
from skill.alexa.services import ApiAccess
from skill.bookmark import Bookmark
from skill.dialogue.screen import TOUCHABLE
from skill.dialogue.turn import Connection, Device, Playing, Session, Slot
from skill.store.listener_id import alexa_listener

DAY = 24 * 60 * 60 * 1_000
KEY = b"key"
FIRST, SECOND = TOUCHABLE[:2]


def envelope(request: dict[str, Any], **parts: Any) -> RequestEnvelope:
    return CompiledSerializer().deserialize(json.dumps({"request": request, **parts}), RequestEnvelope)


def said(slots: Any) -> RequestEnvelope:
    return envelope({"type": "IntentRequest", "intent": {"name": "ReadIntent", "slots": slots}})


def system(**fields: Any) -> RequestEnvelope:
    return envelope({"type": "LaunchRequest"}, context={"System": fields})


def player(told: dict[str, Any]) -> Playing | None:
    return envelopes.playing(envelope({"type": "LaunchRequest"}, context={"AudioPlayer": told}))


@pytest.mark.parametrize(
    ("request_", "names", "kind"),
    [
        (
            {"type": "IntentRequest", "intent": {"name": "NextIntent"}},
            ("NextIntent", "IntentRequest"),
            "IntentRequest",
        ),
        ({"type": "IntentRequest", "intent": {"name": ""}}, ("IntentRequest",), "IntentRequest"),
        ({"type": "IntentRequest"}, ("IntentRequest",), "IntentRequest"),
        ({"type": "LaunchRequest"}, ("LaunchRequest",), "LaunchRequest"),
        (
            {"type": envelopes.USER_EVENT, "arguments": [FIRST, SECOND]},
            (FIRST, envelopes.USER_EVENT),
            envelopes.USER_EVENT,
        ),
        (
            {"type": envelopes.USER_EVENT, "arguments": ["nothing of ours", FIRST]},
            (envelopes.USER_EVENT,),
            envelopes.USER_EVENT,
        ),
        ({"type": envelopes.USER_EVENT}, (envelopes.USER_EVENT,), envelopes.USER_EVENT),
    ],
)
def test_a_request_has_the_names_that_a_route_may_have(
    request_: dict[str, Any], names: tuple[str, ...], kind: str
) -> None:
    made = envelope(request_)
    assert (envelopes.request_names(made), envelopes.kind(made)) == (names, kind)


def test_an_envelope_of_nothing_says_nothing() -> None:
    empty = RequestEnvelope()
    assert envelopes.kind(empty) == ""
    assert envelopes.request_names(empty) == ("",)
    assert not envelopes.is_heard(empty) and not envelopes.new_session(empty)
    assert envelopes.slots(empty) == {}
    assert envelopes.session(empty) == Session()
    assert envelopes.listener_id(empty, KEY) == ""
    assert envelopes.device(empty) == Device()
    told = (envelopes.playing(empty), envelopes.connection(empty), envelopes.api_access(empty))
    assert (*told, envelopes.granted(empty)) == (None, None, None, None)
    assert envelopes.locale(empty) == "en-GB"


@pytest.mark.parametrize(
    ("kind", "heard"),
    [
        ("LaunchRequest", True),
        ("IntentRequest", True),
        ("Connections.Response", True),
        ("SessionEndedRequest", False),
        ("AudioPlayer.PlaybackStarted", False),
        ("PlaybackController.NextCommandIssued", False),
        ("AlexaSkillEvent.SkillDisabled", False),
    ],
)
def test_what_is_heard_has_a_session_and_is_no_event(kind: str, heard: bool) -> None:
    begun = envelope({"type": kind}, session={"new": True})
    assert envelopes.is_heard(begun) is heard
    assert not envelopes.is_heard(envelope({"type": kind}))
    assert envelopes.new_session(begun)
    assert not envelopes.new_session(envelope({"type": kind}, session={"new": False}))


def resolved(code: str | None, *ids: str | None) -> dict[str, Any]:
    return {
        "status": {"code": code} if code else None,
        "values": [{"value": {"name": "n", "id": each}} for each in ids],
    }


@pytest.mark.parametrize(
    ("slot", "told"),
    [
        ({"value": "sleep"}, Slot("sleep", ())),
        (
            {
                "value": "sleep",
                "resolutions": {
                    "resolutionsPerAuthority": [
                        resolved("ER_SUCCESS_NO_MATCH", "no"),
                        resolved(None, "no"),
                        resolved("ER_SUCCESS_MATCH", "a", None, "b"),
                        resolved("ER_SUCCESS_MATCH", "c"),
                    ]
                },
            },
            Slot("sleep", ("a", "b", "c")),
        ),
        ({"value": "sleep", "resolutions": {}}, Slot("sleep", ())),
    ],
)
def test_a_slot_has_its_words_and_what_they_stand_for(slot: dict[str, Any], told: Slot) -> None:
    heard = envelopes.slots(said({"guide": {"name": "guide", **slot}, "day": {"name": "day"}, "time": None}))
    assert heard == {"guide": told}


def test_without_slots_there_are_none() -> None:
    assert envelopes.slots(said(None)) == {}
    assert envelopes.slots(envelope({"type": "IntentRequest"})) == {}


def test_a_session_comes_back_as_it_was_kept() -> None:
    kept = Session(place=Bookmark("sleep", 2), reading_since=2.5, soft=True)
    attributes = envelopes.session_attributes(kept)
    assert envelopes.session(envelope({"type": "LaunchRequest"}, session={"attributes": attributes})) == kept
    for unreadable in (None, {}, {"nightfeed": 3}, {"nightfeed": {"soft": 1}}, {"other": {}}):
        made = envelope({"type": "LaunchRequest"}, session={"attributes": unreadable})
        assert envelopes.session(made) == Session()


def test_the_listener_is_named_by_the_context_or_else_by_the_session() -> None:
    context, session = {"System": {"user": {"userId": "one"}}}, {"user": {"userId": "two"}}
    request = {"type": "LaunchRequest"}
    both = envelope(request, context=context, session=session)
    assert envelopes.listener_id(both, KEY) == alexa_listener("one", KEY)
    assert envelopes.listener_id(envelope(request, session=session), KEY) == alexa_listener("two", KEY)
    for nobody in ({}, {"user": {}}, {"user": {"userId": ""}}):
        assert envelopes.listener_id(envelope(request, session=nobody), KEY) == ""


@pytest.mark.parametrize(
    ("interfaces", "told"),
    [
        ({}, Device(plays_streams=False, has_screen=False)),
        ({"AudioPlayer": {}}, Device(plays_streams=True, has_screen=False)),
        ({"Alexa.Presentation.APL": {}}, Device(plays_streams=False, has_screen=True)),
        ({"AudioPlayer": {}, "Alexa.Presentation.APL": {}}, Device(plays_streams=True, has_screen=True)),
        (None, Device()),
    ],
)
def test_a_device_can_do_what_it_says(interfaces: Any, told: Device) -> None:
    assert envelopes.device(system(device={"supportedInterfaces": interfaces})) == told


@pytest.mark.parametrize(
    ("milliseconds", "seconds"),
    [(0, 0.0), (1, 0.001), (1_500, 1.5), (DAY, 86_400.0), (DAY + 1, 0.0), (-1, 0.0), (None, 0.0)],
)
def test_an_offset_is_none_where_it_cannot_be(milliseconds: Any, seconds: float) -> None:
    assert player({"token": "t", "offsetInMilliseconds": milliseconds}) == Playing("t", seconds)


def test_what_plays_is_told_by_the_event_or_else_by_the_context() -> None:
    context = {"AudioPlayer": {"token": "context", "offsetInMilliseconds": 2_000}}
    event = {"type": "AudioPlayer.PlaybackStopped", "token": "event", "offsetInMilliseconds": 1_000}
    assert envelopes.playing(envelope(event, context=context)) == Playing("event", 1.0)
    launched = envelope({"type": "LaunchRequest"}, context=context)
    assert envelopes.playing(launched) == Playing("context", 2.0)
    assert player({"offsetInMilliseconds": 1_000}) is None
    assert envelopes.playing(envelope({"type": "LaunchRequest"}, context={})) is None


FAILED = {
    "without a word of what is played": (None, Playing("failed", 0.0)),
    "what was playing": (
        {"token": "failed", "offsetInMilliseconds": 3_000, "playerActivity": "PLAYING"},
        Playing("failed", 3.0),
    ),
    "what was to come, while another plays": (
        {"token": "other", "offsetInMilliseconds": 3_000, "playerActivity": "PLAYING"},
        Playing("failed", 0.0, "other"),
    ),
    "what was to come, after another": (
        {"token": "other", "offsetInMilliseconds": 3_000, "playerActivity": "FINISHED"},
        Playing("failed", 0.0, ""),
    ),
    "what was to come, while nothing plays": (
        {"offsetInMilliseconds": 3_000, "playerActivity": "PLAYING"},
        Playing("failed", 0.0, ""),
    ),
}


@pytest.mark.parametrize(("state", "told"), FAILED.values(), ids=FAILED)
def test_a_failure_tells_what_failed_and_what_is_still_heard(state: Any, told: Playing) -> None:
    request = {"type": "AudioPlayer.PlaybackFailed", "token": "failed", "currentPlaybackState": state}
    assert envelopes.playing(envelope(request)) == told
    assert envelopes.playing(envelope({"type": "AudioPlayer.PlaybackFailed"})) is None


def test_alexas_answer_to_what_was_handed_to_her_is_told_whole() -> None:
    def answer(**fields: Any) -> Connection | None:
        return envelopes.connection(envelope({"type": "Connections.Response", "name": "AskFor", **fields}))

    status = {"code": "200", "message": "OK"}
    whole = answer(status=status, payload={"status": "ACCEPTED"}, token="t")
    assert whole == Connection("AskFor", "200", "ACCEPTED", "t")
    assert answer() == Connection("AskFor", "", "", "")
    assert answer(payload={}, status=status) == Connection("AskFor", "200", "", "")
    assert envelopes.connection(envelope({"type": "LaunchRequest"})) is None


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (
            {"apiEndpoint": "https://a", "apiAccessToken": "t", "device": {"deviceId": "d"}},
            ApiAccess("https://a", "t", "d"),
        ),
        ({"apiEndpoint": "https://a", "apiAccessToken": "t"}, ApiAccess("https://a", "t", "")),
        ({"apiEndpoint": "https://a", "apiAccessToken": "t", "device": {}}, ApiAccess("https://a", "t", "")),
        ({"apiEndpoint": "http://a", "apiAccessToken": "t"}, None),
        ({"apiEndpoint": "https://a"}, None),
        ({"apiAccessToken": "t"}, None),
    ],
)
def test_alexas_services_are_asked_where_she_says_and_over_https(
    fields: dict[str, Any], told: ApiAccess | None
) -> None:
    assert envelopes.api_access(system(**fields)) == told


@pytest.mark.parametrize("kind", envelopes.PERMISSIONS)
def test_permissions_are_told_by_a_skill_event(kind: str) -> None:
    accepted = [{"scope": "one"}, None, {"scope": "two"}]
    made = envelope({"type": kind, "body": {"acceptedPermissions": accepted}})
    assert envelopes.granted(made) == {"one", "two"}
    assert envelopes.granted(envelope({"type": kind, "body": {}})) == frozenset()
    assert envelopes.granted(envelope({"type": kind})) is None
    assert envelopes.granted(envelope({"type": "LaunchRequest"})) is None


def test_the_locale_is_british_where_none_is_told() -> None:
    assert envelopes.locale(envelope({"type": "LaunchRequest", "locale": "en-AU"})) == "en-AU"
    assert envelopes.locale(envelope({"type": "LaunchRequest", "locale": ""})) == "en-GB"
