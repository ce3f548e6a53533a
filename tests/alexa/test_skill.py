"""Whatever comes in gets a valid answer; ids are kept only as keyed hashes."""

import json
import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from skill.alexa.entry import answer
from skill.alexa.skill import TOPICS, build_skill
from skill.dialogue import guidance, routes
from tests.conversing import AUDIO_URL, make_house, phrases

USER = "amzn1.ask.account.SECRETUSER"
OWNERS = {"application": {"applicationId": "amzn1.ask.skill.x"}, "user": {"userId": USER}}
SYSTEM = {
    **OWNERS,
    "device": {"deviceId": "d", "supportedInterfaces": {}},
}


def envelope(request: dict[str, Any], **changes: Any) -> dict[str, Any]:
    base = {
        "version": "1.0",
        "session": {
            "new": True,
            "sessionId": "s",
            "application": SYSTEM["application"],
            "user": SYSTEM["user"],
        },
        "context": {"System": SYSTEM},
        "request": {"requestId": "r", "timestamp": "2026-03-01T03:00:00Z", "locale": "en-GB", **request},
    }
    return {**base, **changes}


def intent(name: str) -> dict[str, Any]:
    return {"type": "IntentRequest", "intent": {"name": name, "confirmationStatus": "NONE"}}


def ask(tmp_path: Path, body: dict[str, Any]) -> dict[str, Any]:
    return json.loads(answer(build_skill(make_house(tmp_path), AUDIO_URL), json.dumps(body)))["response"]


LAUNCH = {"type": "LaunchRequest"}


def faulty(_: object) -> None:
    raise RuntimeError("a bug")


@pytest.mark.parametrize(
    "request_",
    [
        {"type": "SessionEndedRequest", "reason": "USER_INITIATED"},
        {"type": "AudioPlayer.PlaybackStarted", "token": "t", "offsetInMilliseconds": 0},
        {"type": "System.ExceptionEncountered", "error": {"type": "INVALID_RESPONSE", "message": "m"}},
        {"type": "A.Type.Of.Tomorrow"},
        {"type": 7},
        {},
    ],
    ids=lambda request: str(request.get("type")),
)
def test_what_nobody_can_hear_an_answer_to_gets_an_empty_one(
    tmp_path: Path, request_: dict[str, Any]
) -> None:
    assert ask(tmp_path, envelope(request_)) == {}


def test_an_intent_that_is_not_known_is_met_kindly_and_leaves_a_question_open(tmp_path: Path) -> None:
    response = ask(tmp_path, envelope(intent("IntentOfTomorrow")))
    assert response["outputSpeech"]["ssml"].endswith("?</speak>")
    assert response["shouldEndSession"] is False


@pytest.mark.parametrize(
    "context",
    [
        {"System": SYSTEM, "Viewport": {"experiences": [], "mode": "A_MODE_OF_TOMORROW"}},
        {"System": SYSTEM, "Viewports": [{"type": "HOLOGRAM"}]},
        {"System": {**SYSTEM, "device": {"deviceId": "d", "supportedInterfaces": {"Smell": 5}}}},
        {"System": {**SYSTEM, "unit": {"unitId": 3}, "person": "nobody"}},
        {"System": SYSTEM, "Extensions": {"available": None}, "Alexa.Presentation.APL": 3},
        {"System": SYSTEM, "Geolocation": "here"},
    ],
    ids=["viewport mode", "viewports", "interface", "unit", "extensions", "geolocation"],
)
def test_a_device_of_tomorrow_is_welcomed_like_any_other(tmp_path: Path, context: dict[str, Any]) -> None:
    assert "Hello" in ask(tmp_path, envelope(LAUNCH, context=context))["outputSpeech"]["ssml"]


def test_a_session_that_makes_no_sense_is_a_new_one(tmp_path: Path) -> None:
    for attributes in ({"nightfeed": {"ask": "what?"}}, {"nightfeed": 3}, {"other": []}, None):
        session = {**envelope(LAUNCH)["session"], "attributes": attributes}
        response = ask(tmp_path, envelope(intent("AMAZON.YesIntent"), session=session))
        assert response["shouldEndSession"] is False


def test_a_listener_without_an_id_is_read_to_and_nothing_is_kept(tmp_path: Path) -> None:
    body = envelope(intent("CarryOnIntent"), context={}, session={"new": True, "sessionId": "s"})
    assert ask(tmp_path, body)["shouldEndSession"] is False
    assert make_house(tmp_path).store.report().guides == ()


def test_a_fault_of_ours_is_met_lightly_and_logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(TOPICS, "LaunchRequest", faulty)
    with caplog.at_level(logging.ERROR):
        response = ask(tmp_path, envelope(LAUNCH))
    assert "lost my thread" in response["outputSpeech"]["ssml"]
    assert response["shouldEndSession"] is False
    assert "a bug" in caplog.text


def test_a_fault_in_what_meets_a_fault_is_met_with_silence_and_both_are_logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def faulty_again(_: object) -> None:
        raise ValueError("another")

    monkeypatch.setitem(TOPICS, "LaunchRequest", faulty)
    monkeypatch.setattr(guidance, "stumbled", faulty_again)
    with caplog.at_level(logging.ERROR):
        assert ask(tmp_path, envelope(LAUNCH)) == {}
    assert [record.getMessage() for record in caplog.records] == [
        "a turn failed: RuntimeError",
        "a turn failed twice: ValueError",
    ]
    assert [record.told["request"] for record in caplog.records] == ["LaunchRequest"] * 2


def test_where_nobody_listens_a_fault_is_logged_and_met_with_silence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(TOPICS, "AudioPlayer.PlaybackStarted", faulty)
    with caplog.at_level(logging.ERROR):
        started = {"type": "AudioPlayer.PlaybackStarted", "token": "t", "offsetInMilliseconds": 0}
        assert ask(tmp_path, envelope(started)) == {}
    assert [record.getMessage() for record in caplog.records] == ["a turn failed: RuntimeError"]


def test_ids_are_kept_only_as_keyed_hashes(tmp_path: Path) -> None:
    house = make_house(tmp_path)
    skill = build_skill(house, AUDIO_URL)
    answer(skill, json.dumps(envelope(intent("GuideIntent"))))
    answer(skill, json.dumps(envelope(intent("AMAZON.StartOverIntent"))))
    assert house.store.report().guides[0].starts == 1
    for path in tmp_path.iterdir():
        assert b"SECRETUSER" not in path.read_bytes()
    other_key = build_skill(replace(house, listener_key=b"another"), AUDIO_URL)
    answer(other_key, json.dumps(envelope(intent("AMAZON.StartOverIntent"))))
    assert house.store.report().guides[0].starts == 2


def test_every_intent_with_phrases_has_a_route_and_every_question_two_answers() -> None:
    from skill.dialogue.answers import ANSWERS
    from skill.dialogue.reply import Question

    names = [route.name for route in routes.ROUTES]
    assert set(phrases().intents) <= set(names)
    assert len(names) == len(set(names))
    assert set(ANSWERS) == set(Question)
