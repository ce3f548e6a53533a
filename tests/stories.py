"""Whole conversations, told in tests/dialogues/*.yaml and sent through the skill's own door.

A turn may tell: `hear` (typed words) or `leave` (a session's end without a word, with Alexa's reason);
`after` (seconds of silence or listening before it); and what must come of it: `says` (keys of prompts, in
order), `plays` (clips, by file without folder and ending), `asks` (the open question; null: the session is
closed), `card` (a piece of its text), `keeps` (the bookmark: guide, section, clip, and, where told, deeper
and offset; null: none), `votes` (guide: true or false), `soft` (whether all is said softly), `shows` (some
of what the screen shows; null: nothing), `forgotten` (true: nothing at all is kept). Instead of being heard,
a button may be touched (`touch`: its intent), or a skill event come (`event`: its name). A story with
`screen` is told on a device that has one.

A story with `amazon` has Alexa's own services beside it (tests/amazon_services.py), changed as it tells;
a turn may then begin with `faults` (see Fault; they last until told otherwise), be the answer to Alexa's own
question (`permission`: ACCEPTED, DENIED, NOT_ANSWERED), ask that question (`asks: permission`), and tell
`reminds` (day and time of the reminder that is kept here, and set at Alexa's; null: none).

A story with `player` is told on a device with an AudioPlayer (skill/talk/player.py), which reports what it
does. A turn may be what comes to pass there (`event`: AudioPlayer.PlaybackFinished, and so on), or one of the
device's buttons (`press`: Play, Pause, Next, Previous); and tell `streams` (what the player was handed: see
tests/playing.py) and `hears` (the clip that plays after the turn; null: none).
"""

import contextlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from skill.alexa.envelopes import listener_id
from skill.alexa.skill import House
from skill.library import Library
from skill.prompts import placeholders
from skill.store.contract import Listener, Reminder, Store, StoreError
from skill.store.sqlite import SqliteStore
from skill.talk.conversation import Exchange
from skill.talk.player import Player
from skill.talk.player import hear as listen
from skill.talk.speaker import ALEXA_ASKS
from tests.amazon_services import (
    AmazonServices,
    Fault,
    amazon_services,
    answering,
    session_kept,
    with_access,
)
from tests.conversing import Clock, event, from_a_screen, make_house, make_speaker, sending, touching
from tests.playing import check_directives_alone, clip_heard, happening, streams

LISTENER = "amzn1.ask.account.story"
KNOWN = {"hear", "leave", "after", "says", "plays", "asks", "card", "keeps", "votes"}
KNOWN |= {"touch", "event", "soft", "shows", "forgotten"}
KNOWN |= {"faults", "permission", "reminds"}
KNOWN |= {"press", "streams", "hears"}


class BrokenStore(SqliteStore):
    """A store whose disk has failed."""

    def _open(self) -> Any:
        raise StoreError("the disk has failed")


@contextlib.contextmanager
def services_of(story: dict[str, Any], folder: Path) -> Iterator[AmazonServices | None]:
    """Alexa's own services, where the story has them."""
    if "amazon" not in story:
        yield None
        return
    with amazon_services(folder / "amazon") as amazon, pytest.MonkeyPatch.context() as patch:
        for name, value in amazon.environment.items():
            patch.setenv(name, value)
        vars(amazon).update(story["amazon"])
        yield amazon


@dataclass(frozen=True)
class Told:
    """One turn of a story, as it went."""

    turn: dict[str, Any]
    """As the story has it."""
    what: str
    """That was said or done."""
    where: str
    exchange: Exchange
    exchanges: tuple[Exchange, ...]
    """Where there is a player: that one, and those of the player's reports."""
    player: Player | None
    house: House
    amazon: AmazonServices | None


def tell(
    story: dict[str, Any],
    folder: Path,
    amazon: AmazonServices | None,
    change: Callable[[House], House] = lambda house: house,
) -> Iterator[Told]:
    """Tell the story to a house, which may be changed before; to be checked turn by turn."""
    clock = Clock()
    store = (BrokenStore if story.get("store") == "broken" else SqliteStore)(folder / "story.sqlite3")
    house = change(make_house(store, clock))
    speaker = make_speaker(house)
    if story.get("screen"):
        speaker = sending(speaker, from_a_screen)
    if amazon:
        speaker = sending(speaker, with_access)
    session = directive = None
    player = Player() if story.get("player") else None
    for number, turn in enumerate(story["turns"], start=1):
        assert turn.keys() <= KNOWN, f"turn {number} tells {turn.keys() - KNOWN}, which nobody reads"
        clock.advance(turn.get("after", 0))
        if player and not session:
            player = listen(player, turn.get("after", 0))
        exchanges: tuple[Exchange, ...] = ()
        if amazon and "faults" in turn:
            amazon.faults = {call: Fault(**fault) for call, fault in turn["faults"].items()}
        if "leave" in turn:
            assert session, f"turn {number}: there is no session to leave"
            exchange = speaker.leave(LISTENER, session, turn["leave"])
        elif "touch" in turn:
            exchange = sending(speaker, touching(turn["touch"])).hear("", LISTENER, session)
        elif "press" in turn:
            exchange = speaker.press(turn["press"], LISTENER, player)
        elif turn.get("event", "").startswith("AudioPlayer."):
            player, reports = happening(turn["event"], player, house.library)
            exchanges = speaker.report(reports, LISTENER, player)
            exchange = exchanges[0]
        elif "event" in turn:
            exchange = sending(speaker, event(turn["event"])).hear("", LISTENER, None)
            assert exchange.response["response"] == {}
        elif "permission" in turn:
            exchange = sending(speaker, answering(directive, turn["permission"])).hear("", LISTENER, session)
        else:
            exchange = speaker.hear(turn["hear"], LISTENER, session, player)
        session = exchange.session
        if player and exchange.player:
            exchanges = exchanges or (
                exchange,
                *speaker.report(exchange.reports, LISTENER, exchange.player),
            )
            player = exchanges[-1].player
        if turn.get("asks") == "permission":
            (directive,) = exchange.response["response"]["directives"]
            session = session_kept(exchange)
        kinds = ("hear", "leave", "touch", "event", "permission", "press")
        told = next(turn[kind] for kind in kinds if kind in turn)
        where = f"turn {number} ({told})"
        yield Told(turn, told, where, exchange, exchanges, player, house, amazon)


def check(told: Told) -> None:
    """Hold the turn to what the story says of it."""
    turn, exchange, house, where = told.turn, told.exchange, told.house, told.where
    listener = hashed(exchange.request, house.listener_key)
    check_speech(turn, exchange, house.prompts.texts, where)
    check_voice_and_screen(turn, exchange.response["response"], where)
    check_playback(turn, told.exchanges, told.player, house.library, where)
    check_kept(turn, house.store, listener, where)
    if told.amazon and "reminds" in turn:
        check_reminder(turn["reminds"], house.store.listener(listener).reminder, told.amazon, where)


def check_reminder(reminds: str | None, held: Reminder | None, amazon: AmazonServices, where: str) -> None:
    assert (held and f"{held.day} {held.time}") == reminds, where
    assert list(amazon.reminders) == ([held.token] if held else []), where
    for reminder in amazon.reminders.values():
        assert reminds
        day, time = reminds.split()
        hour, minute = map(int, time.split(":"))
        (rule,) = reminder["trigger"]["recurrence"]["recurrenceRules"]
        assert f"BYDAY={day};BYHOUR={hour};BYMINUTE={minute};" in rule, where


def check_speech(turn: dict[str, Any], exchange: Any, texts: Any, where: str) -> None:
    said = " ".join(step.text for step in exchange.steps if not step.url)
    if turn.get("asks") == "permission":
        assert said == ALEXA_ASKS, where
        return
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


def check_voice_and_screen(turn: dict[str, Any], response: Any, where: str) -> None:
    if "soft" in turn:
        spoken = [response["outputSpeech"]["ssml"]]
        spoken += [response["reprompt"]["outputSpeech"]["ssml"]] if "reprompt" in response else []
        for ssml in spoken:
            words = re.sub("<audio[^>]*/>|</?speak>", "", ssml).strip()
            softly = re.sub('<prosody volume="soft" rate="slow">[^<]+</prosody>', "", words).strip()
            assert (softly == "") if turn["soft"] else (softly == words), f"{where}: {ssml}"
    if "shows" in turn:
        directives = response.get("directives", [])
        shown = [each["datasources"]["screen"] for each in directives if "RenderDocument" in each["type"]]
        if turn["shows"] is None:
            assert shown == [], where
        else:
            told = {**shown[0], "touches": [touch["intent"] for touch in shown[0]["touches"]]}
            assert {name: told[name] for name in turn["shows"]} == turn["shows"], where


def check_playback(turn: Any, exchanges: Any, player: Any, library: Library, where: str) -> None:
    for exchange in exchanges:
        check_directives_alone(exchange)
    if "streams" in turn:
        assert streams(exchanges, library) == turn["streams"], where
    if "hears" in turn:
        assert clip_heard(player) == turn["hears"], where


def check_kept(turn: dict[str, Any], store: Store, listener: str, where: str) -> None:
    if not {"keeps", "votes", "forgotten"} & turn.keys():
        return
    kept = store.listener(listener)
    if turn.get("forgotten"):
        assert kept == Listener(), where
    if "keeps" in turn:
        place = kept.bookmark
        told = turn["keeps"] and {"section": 0, "clip": 0, **turn["keeps"]}
        assert (place and {name: getattr(place, name) for name in told or ("guide",)}) == told, where
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
