"""The stand-in for the speaker keeps sessions as Alexa does."""

import json
from pathlib import Path

from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model import RequestEnvelope

from skill.talk.player import Player
from tests.conversing import AUDIO_URL, make_house, make_speaker


def test_the_session_stays_the_same_while_a_question_is_open_and_ends_with_it(tmp_path: Path) -> None:
    speaker = make_speaker(make_house(tmp_path))
    first = speaker.hear("open nightfeed", "ann", None)
    second = speaker.hear("yes", "ann", first.session)
    assert first.request["session"]["new"] and not second.request["session"]["new"]
    assert first.session.id == second.session.id == second.request["session"]["sessionId"]
    assert speaker.hear("stop", "ann", second.session).session is None


def test_what_is_heard_comes_in_order_with_the_clips_words(tmp_path: Path) -> None:
    speaker = make_speaker(make_house(tmp_path))
    session = speaker.hear("open nightfeed", "ann", None).session
    exchange = speaker.hear("yes", "ann", session)
    assert [bool(step.url) for step in exchange.steps] == [False, True, True, False]
    assert exchange.steps[1].url == f"{AUDIO_URL}/sleep/part-1-lead-1.mp3"
    assert exchange.steps[1].text == "Text of part-1-lead-1 in sleep."
    assert exchange.again.endswith("?")


def test_its_envelopes_are_what_the_sdk_reads_without_loss(tmp_path: Path) -> None:
    speaker = make_speaker(make_house(tmp_path))
    session = speaker.hear("open nightfeed", "ann", None).session
    sent = speaker.hear("read the part about bedtime", "ann", session).request
    serializer = DefaultSerializer()
    envelope = serializer.deserialize(json.dumps(sent), RequestEnvelope)
    assert (
        envelope.request.intent.slots["section"].resolutions.resolutions_per_authority[0].values[0].value.id
        == "sleep.1"
    )
    assert serializer.serialize(envelope)["request"]["intent"]["slots"]["section"]["value"] == "bedtime"


def test_a_card_is_shown_with_its_words_or_the_permissions_that_it_asks_for(tmp_path: Path) -> None:
    speaker = make_speaker(make_house(tmp_path))
    session = speaker.hear("open nightfeed", "ann", None).session
    asked = speaker.hear("keep me up to date", "ann", session)
    assert asked.card.content == "alexa::devices:all:notifications:write"
    assert "example.org" in speaker.hear("what else is there", "ann", asked.session).card.content
    assert speaker.hear("help", "ann", asked.session).card is None


def test_only_a_speaker_with_a_player_says_that_it_plays_streams(tmp_path: Path) -> None:
    speaker = make_speaker(make_house(tmp_path))
    for player, interfaces in ((None, {}), (Player(), {"AudioPlayer": {}})):
        context = speaker.hear("open nightfeed", "ann", None, player).request["context"]
        assert context["System"]["device"]["supportedInterfaces"] == interfaces
        assert context.get("AudioPlayer") == (player and player.state)


def test_two_listeners_have_bookmarks_of_their_own(tmp_path: Path) -> None:
    speaker = make_speaker(make_house(tmp_path))
    session = speaker.hear("open nightfeed", "ann", None).session
    speaker.hear("yes", "ann", session)
    assert "Hello again" in speaker.hear("open nightfeed", "ann", None).steps[0].text
    assert "Hello again" not in speaker.hear("open nightfeed", "ben", None).steps[0].text
