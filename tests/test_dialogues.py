"""Whole conversations, told in tests/dialogues/*.yaml and sent through the skill's own door.

A turn may tell: `hear` (typed words) or `leave` (a session's end without a word, with Alexa's reason);
`after` (seconds of silence or listening before it); and what must come of it: `says` (keys of prompts, in
order), `plays` (clips, by file without folder and ending), `asks` (the open question; null: the session is
closed), `card` (a piece of its text), `keeps` (the bookmark: guide, section, clip; null: none), `votes`
(guide: true or false).
"""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from skill.alexa.envelopes import listener_id
from skill.prompts import placeholders
from skill.store.contract import StoreError
from skill.store.sqlite import SqliteStore
from tests.conversing import Clock, make_house, make_speaker

STORIES = sorted((Path(__file__).parent / "dialogues").glob("*.yaml"))
LISTENER = "amzn1.ask.account.story"
KNOWN = {"hear", "leave", "after", "says", "plays", "asks", "card", "keeps", "votes"}


class BrokenStore(SqliteStore):
    """A store whose disk has failed."""

    def _open(self) -> Any:
        raise StoreError("the disk has failed")


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_the_conversation_goes_as_told(path: Path, tmp_path: Path) -> None:
    story = yaml.safe_load(path.read_text(encoding="utf-8"))
    clock = Clock()
    store = (BrokenStore if story.get("store") == "broken" else SqliteStore)(tmp_path / "story.sqlite3")
    house = make_house(store, clock)
    speaker = make_speaker(house)
    session = None
    for number, turn in enumerate(story["turns"], start=1):
        assert turn.keys() <= KNOWN, f"turn {number} tells {turn.keys() - KNOWN}, which nobody reads"
        clock.advance(turn.get("after", 0))
        if "leave" in turn:
            assert session, f"turn {number}: there is no session to leave"
            exchange = speaker.leave(LISTENER, session, turn["leave"])
        else:
            exchange = speaker.hear(turn["hear"], LISTENER, session)
        session = exchange.session
        where = f"turn {number} ({turn.get('hear') or turn['leave']})"
        check_speech(turn, exchange, house.prompts.texts, where)
        check_kept(turn, store, exchange.request, house.listener_key, where)


def check_speech(turn: dict[str, Any], exchange: Any, texts: Any, where: str) -> None:
    said = " ".join(step.text for step in exchange.steps if not step.url)
    if "asks" in turn:
        asked = exchange.session and exchange.session.attributes["nightfeed"]["ask"]["question"]
        assert asked == turn["asks"], where
    asked_key = [f"ask.{turn['asks']}.say"] if turn.get("asks") else []
    if "says" in turn:
        pattern = " ".join(as_pattern(texts[key]) for key in [*turn["says"], *asked_key])
        assert re.fullmatch(pattern, said), f"{where}: {said}"
    if "plays" in turn or "says" in turn:
        played = [Path(step.url).stem for step in exchange.steps if step.url]
        assert played == turn.get("plays", []), where
    if "card" in turn:
        assert turn["card"] in str(exchange.response["response"]["card"]), where


def check_kept(turn: dict[str, Any], store: SqliteStore, request: Any, key: bytes, where: str) -> None:
    if not {"keeps", "votes"} & turn.keys():
        return
    kept = store.listener(hashed(request, key))
    if "keeps" in turn:
        place = kept.bookmark
        found = place and {"guide": place.guide, "section": place.section, "clip": place.clip}
        assert found == (turn["keeps"] and {"section": 0, "clip": 0, **turn["keeps"]}), where
    for guide, helpful in turn.get("votes", {}).items():
        hearing = kept.hearing(guide)
        assert hearing and hearing.helpful is helpful, where


def hashed(request: Any, key: bytes) -> str:
    import json

    from ask_sdk_model import RequestEnvelope

    from skill.alexa.serializer import TolerantSerializer

    return listener_id(TolerantSerializer().deserialize(json.dumps(request), RequestEnvelope), key)


def as_pattern(text: str) -> str:
    """A prompt's text as a pattern: anything may stand for what is filled in."""
    pattern = re.escape(text)
    for name in placeholders(text):
        pattern = pattern.replace(re.escape(f"{{{name}}}"), ".+")
    return pattern
