"""What is sent to all that are compared."""

import json
from collections import defaultdict

import pytest

from tests.bench.conversations import (
    Listeners,
    Turn,
    fault_of_bare,
    fault_of_ours,
    fault_of_sample,
    held_conversations,
)


@pytest.fixture(scope="module")
def conversations() -> list[list[Turn]]:
    return held_conversations()


def test_envelopes_are_as_large_as_alexas_and_of_every_kind(conversations: list[list[Turn]]) -> None:
    turns = [turn for conversation in conversations for turn in conversation]
    assert all(2_000 < len(turn.request) < 6_000 for turn in turns)
    kinds = {turn.kind for turn in turns}
    assert {"LaunchRequest", "IntentRequest", "AudioPlayer.PlaybackNearlyFinished"} <= kinds
    told = " ".join(turn.request for turn in turns)
    assert "ER_SUCCESS_MATCH" in told and "pixelWidth" in told


def test_no_two_requests_are_alike_and_each_listener_goes_through_her_conversation(
    conversations: list[list[Turn]],
) -> None:
    listeners = Listeners(conversations, 6)
    asked = [*listeners.ask(100), *listeners.ask(20)]
    envelopes = [json.loads(each.body) for each in asked]
    assert len({envelope["request"]["requestId"] for envelope in envelopes}) == 120
    by_user = defaultdict(list)
    for each, envelope in zip(asked, envelopes, strict=True):
        by_user[envelope["context"]["System"]["user"]["userId"]].append(each.turn)
    assert set(by_user) == set(listeners.users())
    for number, user in enumerate(listeners.users()):
        conversation = conversations[number % 3]
        at = number // 3
        assert by_user[user] == [conversation[(at + turn) % len(conversation)] for turn in range(20)]


def test_what_is_wrong_with_an_answer_is_found(conversations: list[list[Turn]]) -> None:
    launch = next(turn for turn in conversations[0] if turn.kind == "LaunchRequest")
    event = next(turn for turn in conversations[0] if turn.kind.startswith("AudioPlayer."))
    silent = json.dumps({"response": {}})
    assert not fault_of_ours(event, silent)
    assert fault_of_ours(launch, silent)
    assert not fault_of_sample(event, silent)
    assert fault_of_sample(launch, silent)
    sorry = {"response": {"outputSpeech": {"ssml": "<speak>Sorry</speak>"}}, "sessionAttributes": {}}
    assert fault_of_sample(launch, json.dumps(sorry))
    assert fault_of_bare(launch, silent)
    assert not fault_of_bare(launch, json.dumps({"version": "1.0", "response": {"shouldEndSession": True}}))
