"""Alexa may send a request once more: it is answered as it was, and nothing is counted or advanced twice."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from skill.store.listener_id import alexa_listener
from skill.talk.player import Player
from skill.talk.reminders import Reminders
from skill.talk.speaker import OpenSession
from skill.talk.start import speaker_in
from tests.conversing import AUDIO_URL, Clock, make_house, phrases

LISTENER = "amzn1.ask.account.again"
STORIES = {
    "heard, voted, reminded": [
        *("open nightfeed", "yes", "tell me more", "carry on", "carry on", "top tip"),
        *("it helped", "remind me every sunday at eight in the evening", "yes", "yes"),
        *("change my reminder to monday", "yes", "stop", "open nightfeed"),
    ],
    "heard, not voted": [
        *("open nightfeed", "yes", "carry on", "carry on", "stop"),
        *("open nightfeed", "stop", "open nightfeed", "stop", "open nightfeed", "stop"),
    ],
    "carried on": [
        *("ask nightfeed to carry on", "yes", "stop", "ask nightfeed to carry on", "skip it", "stop"),
        *("ask nightfeed to carry on", "hush", "next", "stop", "open nightfeed", "no"),
    ],
    "played": ["ask nightfeed to play it all", "next", "pause", "resume", "repeat", "skip back", "previous"],
    "asked in vain": ["open nightfeed", "what about first aid for burns", "no"],
    "forgotten": ["open nightfeed", "yes", "forget me", "yes"],
}


def outcome(folder: Path, words: list[str], times: int) -> dict[str, Any]:
    """What was heard and what is kept, where every request comes in that many times."""
    folder.mkdir()
    clock, reminders = Clock(), Reminders()
    house = replace(make_house(folder, clock), services=reminders.services)
    speaker = speaker_in(house, phrases(), AUDIO_URL)
    once = speaker.answer

    def answer(body: str) -> str:
        answers = {json.dumps(json.loads(once(body)), sort_keys=True) for _ in range(times)}
        (same,) = answers
        return same

    speaker = replace(speaker, answer=answer, reminders=reminders)
    session: OpenSession | None = None
    player = Player()
    heard = []
    for text in words:
        clock.advance(5)
        exchange = speaker.hear(text, LISTENER, session, player)
        session, player = exchange.session, exchange.player or player
        heard.append([(step.text, step.url) for step in exchange.steps])
        for told in speaker.report(exchange.reports, LISTENER, player):
            player = told.player or player
    kept = kept_of(house)
    return {"heard": heard, "kept": kept, "report": house.store.report(), "reminders": reminders.of(LISTENER)}


def kept_of(house: Any) -> Any:
    """All that is kept of her, but for what no two runs share."""
    held = house.store.listener(alexa_listener(LISTENER, house.listener_key))
    reminder = held.reminder and replace(held.reminder, token="")
    return replace(held, answered=None, reminder=reminder)


@pytest.mark.parametrize("story", STORIES)
def test_a_conversation_whose_every_request_comes_twice_goes_as_any_other(tmp_path: Path, story: str) -> None:
    words = STORIES[story]
    assert outcome(tmp_path / "twice", words, 2) == outcome(tmp_path / "once", words, 1)
