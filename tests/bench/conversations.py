"""What Alexa sends of many listeners' conversations: envelopes of real sizes, and what is to be answered.

Each conversation is held once with the skill itself, inside the process, so that sessions and tokens are
those that it hands out. What follows are other listeners who say the same.
"""

import base64
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from skill.alexa.phrases import read_phrases
from skill.alexa.start import read_house
from skill.settings import read_settings
from skill.talk.conversation import Speaker
from skill.talk.player import Player, finish, nearly_finish
from skill.talk.start import speaker_in
from tests.envelopes import VIEWPORT
from tests.lambda_function import variables
from tests.server import environment

WORDS = (
    *("open nightfeed", "yes", "tell me more", "the baby's asleep", "carry on", "top tip", "what's in it"),
    *("read the part about early relationships", "repeat", "search for crying", "what else is there"),
)
LISTENER, REQUEST, TIME = "@LISTENER@", "@REQUEST@", "@TIME@"
"""What stands in a conversation where each listener, request and time has its own."""
SEED = 20260301
ID_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
ID_LENGTH = 180
TOKEN_BYTES = 740
"""Of Alexa's ids and of her token for her services, which make up most of an envelope."""
SPOKEN_TO = ("LaunchRequest", "IntentRequest")


@dataclass(frozen=True)
class Turn:
    """One request of a conversation, and Nightfeed's answer to it when it was held."""

    request: str
    """JSON, with placeholders."""
    kind: str
    """The request's type."""
    speaks: bool
    directives: tuple[str, ...]
    """Their types."""
    session: bool
    """Whether the session stays open."""

    def of(self, listener: str, request_id: str, now: datetime) -> str:
        """As it comes from that listener at that time."""
        stamp = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return self.request.replace(LISTENER, listener).replace(REQUEST, request_id).replace(TIME, stamp)


@dataclass(frozen=True)
class Asked:
    """A request as it is sent."""

    turn: Turn
    body: str


class Listeners:
    """Many of them, each at a place of her own in her conversation."""

    def __init__(self, conversations: Sequence[Sequence[Turn]], listeners: int) -> None:
        self._conversations = conversations
        self._places = [number // len(conversations) for number in range(listeners)]
        self._asked = 0

    def ask(self, requests: int) -> Iterator[Asked]:
        """What they say next, one after the other; each listener says a thing after her last."""
        for _ in range(requests):
            listener = self._asked % len(self._places)
            conversation = self._conversations[listener % len(self._conversations)]
            turn = conversation[self._places[listener] % len(conversation)]
            self._places[listener] += 1
            self._asked += 1
            yield Asked(turn, turn.of(f"{listener:09}", f"{self._asked:012}", datetime.now(UTC)))

    def users(self) -> Iterator[str]:
        """Under which ids Alexa knows them."""
        known = [json.loads(turns[0].request)["session"]["user"]["userId"] for turns in self._conversations]
        for listener in range(len(self._places)):
            yield known[listener % len(known)].replace(LISTENER, f"{listener:09}")


def held_conversations() -> list[list[Turn]]:
    """By a speaker, by one without a player, and by one with a screen: each the second of its kind."""
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings(environment(Path(folder), **variables(Path(folder))), Path(folder))
        phrases = read_phrases(settings.content / "phrases" / "en.toml")
        speaker = speaker_in(read_house(settings), phrases, settings.audio_url)
        return [list(_held(speaker, screen, player)) for screen, player in ((0, 1), (0, 0), (1, 1))]


def _held(speaker: Speaker, screen: bool, player: bool) -> Iterator[Turn]:
    turns: list[Turn] = []
    random = Random(SEED)
    listener = f"amzn1.ask.account.{_id(random)}{LISTENER}{screen:d}{player:d}"
    extend = _device(random, screen)

    def answer(body: str) -> str:
        envelope = extend(json.loads(body))
        answered = speaker.answer(json.dumps(envelope))
        turns.append(_turn(envelope, json.loads(answered)))
        return answered

    heard = replace(speaker, answer=answer, has_screen=screen)
    # The first time, she is new; from then on, her conversations are alike.
    for _ in range(2):
        turns.clear()
        _converse(heard, listener, Player() if player else None)
    yield from turns


def _converse(speaker: Speaker, listener: str, player: Player | None) -> None:
    session = None
    for words in WORDS:
        session = speaker.hear(words, listener, session, player).session
    if player is None:
        speaker.hear("stop", listener, session)
        return
    playing = speaker.hear("play it all", listener, session, player)

    def report(player: Player | None, reports: Sequence[Any]) -> Player:
        assert player
        exchanges = speaker.report(reports, listener, player)
        return next((each.player for each in reversed(exchanges) if each.player), player)

    begun = report(playing.player, playing.reports)
    ready = report(*nearly_finish(begun))
    following = report(*finish(ready, 20.0))
    paused = speaker.hear("pause", listener, None, following)
    report(paused.player, paused.reports)


def _turn(envelope: dict[str, Any], answer: Mapping[str, Any]) -> Turn:
    response = answer["response"]
    request = envelope["request"] | {"requestId": f"amzn1.echo-api.request.{REQUEST}", "timestamp": TIME}
    return Turn(
        json.dumps(envelope | {"request": request}),
        request["type"],
        speaks="outputSpeech" in response,
        directives=tuple(directive["type"] for directive in response.get("directives") or ()),
        session=response.get("shouldEndSession") is False,
    )


def _device(random: Random, screen: bool) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Puts into an envelope what a real device's has beside what the skill asks of it."""
    device, unit, unit_here = (_id(random) for _ in range(3))
    token = base64.b64encode(random.randbytes(TOKEN_BYTES)).decode()
    shown: dict[str, Any] = {
        "Viewport": VIEWPORT,
        "Viewports": [
            {
                "type": "APL",
                "id": "main",
                "shape": "RECTANGLE",
                "dpi": 160,
                "presentationType": "STANDARD",
                "canRotate": False,
                "configuration": {
                    "current": {
                        "mode": "HUB",
                        "video": {"codecs": ["H_264_42", "H_264_41"]},
                        "size": {"type": "DISCRETE", "pixelWidth": 1024, "pixelHeight": 600},
                    }
                },
            }
        ],
        "Extensions": {"available": {"aplext:backstack:10": {}}},
    }

    def extend(envelope: dict[str, Any]) -> dict[str, Any]:
        system = envelope["context"]["System"]
        system["device"]["deviceId"] = f"amzn1.ask.device.{device}"
        system["unit"] = {
            "unitId": f"amzn1.ask.unit.{unit}",
            "persistentUnitId": f"amzn1.alexa.unit.did.{unit_here}",
        }
        system["apiAccessToken"] = token
        envelope["context"] |= shown if screen else {}
        return envelope

    return extend


def _id(random: Random) -> str:
    return "".join(random.choices(ID_LETTERS, k=ID_LENGTH))


def fault_of_ours(turn: Turn, answered: str | bytes) -> str:
    """What is wrong with Nightfeed's answer; empty where nothing is."""
    response = json.loads(answered)["response"]
    directives = tuple(directive["type"] for directive in response.get("directives") or ())
    told = ("outputSpeech" in response, directives, response.get("shouldEndSession") is False)
    return "" if told == (turn.speaks, turn.directives, turn.session) else f"{turn.kind}: {told}"


def fault_of_sample(turn: Turn, answered: str | bytes) -> str:
    """What is wrong with a sample skill's answer; empty where nothing is."""
    answer = json.loads(answered)
    speech = (answer["response"].get("outputSpeech") or {}).get("ssml", "")
    if turn.kind in SPOKEN_TO:
        well = (
            speech.startswith(("<speak>Welcome", "<speak>You asked"))
            and "turns" in answer["sessionAttributes"]
        )
    else:
        well = not speech
    return "" if well else f"{turn.kind}: {answered[:300]!r}"


def fault_of_bare(turn: Turn, answered: str | bytes) -> str:
    """What is wrong with the constant; empty where nothing is."""
    constant = {"version": "1.0", "response": {"shouldEndSession": True}}
    return "" if json.loads(answered) == constant else f"{answered[:300]!r}"
