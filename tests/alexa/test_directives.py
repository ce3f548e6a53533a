"""What the AudioPlayer is told, and what stands in an answer beside it."""

import json
import logging
from dataclasses import replace
from typing import Any

import pytest

from skill.alexa.rendering import Renderer
from skill.alexa.serializer import TolerantSerializer
from skill.bookmark import Bookmark
from skill.dialogue.reply import Ask, Card, Question, Reply, StopStream, Stream
from skill.dialogue.stream_token import read_token
from skill.limits import MAX_URL_CHARACTERS
from skill.prompts import read_prompts, say
from tests.conversing import AUDIO_URL, CONTENT
from tests.small_library import library

RENDERER = Renderer(read_prompts(CONTENT / "prompts" / "en.toml"), library(), AUDIO_URL)


def rendered(reply: Reply, renderer: Renderer = RENDERER, in_session: bool = True) -> dict[str, Any]:
    response = renderer.response(reply, in_session)
    return json.loads(json.dumps(TolerantSerializer().serialize(response)))


def test_a_stream_takes_the_place_of_all_from_its_offset_and_ends_the_session() -> None:
    response = rendered(Reply(directives=(Stream(Bookmark("sleep", 0, 1, offset=7.25)),)))
    assert response == {
        "directives": [
            {
                "type": "AudioPlayer.Play",
                "playBehavior": "REPLACE_ALL",
                "audioItem": {
                    "stream": {
                        "url": f"{AUDIO_URL}/sleep/part-1-lead-2.mp3",
                        "token": '{"guide":"sleep","clip":1}',
                        "offsetInMilliseconds": 7250,
                    },
                    "metadata": {
                        "title": "Why babies wake",
                        "subtitle": "Sleeping well",
                        "art": {
                            "contentDescription": "Sleeping well",
                            "sources": [{"url": f"{AUDIO_URL}/sleep/episode.jpg"}],
                        },
                    },
                },
            }
        ],
        "shouldEndSession": True,
    }


def test_a_stream_that_follows_another_is_enqueued_behind_it() -> None:
    wish = Stream(Bookmark("sleep", 2), after="the token before", until_section_ends=True, stumbled=True)
    (play,) = rendered(Reply(directives=(wish,)))["directives"]
    assert play["playBehavior"] == "ENQUEUE"
    assert play["audioItem"]["stream"]["expectedPreviousToken"] == "the token before"
    assert play["audioItem"]["metadata"]["title"] == "Top tip"
    told = read_token(play["audioItem"]["stream"]["token"])
    assert told and told.until_section_ends and told.stumbled


def test_a_stream_is_quiet_for_who_wants_it_soft() -> None:
    (play,) = rendered(Reply(directives=(Stream(Bookmark("sleep")),), soft=True))["directives"]
    assert play["audioItem"]["stream"]["url"].endswith("part-1-lead-1-quiet.mp3")


def test_outside_a_session_there_is_nothing_but_what_the_player_is_to_do() -> None:
    reply = Reply(
        (say("leaving.goodbye"),),
        Ask(Question.START, "sleep"),
        card=Card("Title", ("line",)),
        directives=(StopStream(),),
        consent=("scope",),
    )
    assert rendered(reply, in_session=False) == {"directives": [{"type": "AudioPlayer.Stop"}]}
    assert rendered(replace(reply, directives=()), in_session=False) == {}


def test_without_an_address_or_a_guide_nothing_is_streamed() -> None:
    reply = Reply(directives=(Stream(Bookmark("sleep")),))
    assert rendered(reply, replace(RENDERER, audio_url="")) == {}
    assert rendered(Reply(directives=(Stream(Bookmark("gone")),))) == {}


def test_a_guide_without_an_episode_has_no_picture() -> None:
    (play,) = rendered(Reply(directives=(Stream(Bookmark("food")),)))["directives"]
    assert "art" not in play["audioItem"]["metadata"]


def test_a_stream_that_alexa_would_refuse_is_left_out(caplog: pytest.LogCaptureFixture) -> None:
    far = replace(RENDERER, audio_url="https://cdn.example/" + "a" * MAX_URL_CHARACTERS)
    with caplog.at_level(logging.WARNING):
        assert rendered(Reply(directives=(Stream(Bookmark("sleep")),)), far) == {}
    assert "longer than Alexa takes" in caplog.text
