"""Whatever comes in: envelopes gone wrong at random, and a judge of what is answered to them."""

import copy
import json
import logging
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any
from xml.etree import ElementTree

import msgspec
from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model import ResponseEnvelope

from skill.alexa.entry import answer
from skill.alexa.services import AlexaServices
from skill.alexa.skill import build_skill
from skill.dialogue.services import ServiceError, Trouble
from skill.dialogue.turn import Session
from skill.library import Library
from skill.limits import (
    MAX_CARD_CHARACTERS,
    MAX_CLIPS,
    MAX_CLIPS_SECONDS,
    MAX_SPEECH_CHARACTERS,
    MAX_TOKEN_CHARACTERS,
    MAX_URL_CHARACTERS,
)
from skill.talk.speaker import clip_at
from tests.conversing import AUDIO_URL, make_house
from tests.envelopes import KINDS, Envelope
from tests.playing import WITHOUT_PLAY

SILENT = ("AudioPlayer.", "PlaybackController.", "SessionEndedRequest", "AlexaSkillEvent.")
"""Requests that nobody hears an answer to."""
MOSTLY_SPOKEN = 6
"""How much oftener than any other kind an intent comes: it holds the most."""
MOST_FAULTS = 6
"""In one envelope."""
DEEP = 150
TEXTS = (
    *("", " ", "null", "NaN", "\ud800", "\udfff!", "\x00\x1b", "<speak>&", "{guide}", "ねむ 🍼", "x" * 9_000),
    *("-1", "²", "٣", "1" * 40, "9" * 5_000, "25:61", "PT1e9S", "P99999999999999999D", f"PT{'9' * 400}S"),
    *("../..", "https://", "https://\ud83d", "https://[", "a\r\nb: c", "en", "fr-CA"),
    *("sleep", "sleep.-1", "sleep.x", "sleep.99999999999999999999"),
    *('{"guide":"sleep","section":-3}', '{"guide":"sleep","clip":99999999999999999999}'),
    *("ER_SUCCESS_MATCH", "CONFIRMED", "VALUE_OF_TOMORROW", "LaunchRequest", "SessionEndedRequest"),
    *("AudioPlayer.PlaybackStarted", "Connections.Response", "AlexaSkillEvent.SkillDisabled"),
)
NUMBERS = (0, 1, -1, 3, 2**31, 2**63, 2**64, 10**30, -(10**30), 0.5, 1e308, -1e308, True, False)


@dataclass
class Tally:
    """What came of a run."""

    answers: Counter[str] = field(default_factory=Counter)
    """How many envelopes of each kind were answered."""
    failures: list[str] = field(default_factory=list)
    """Of each: its seed and number, what was wrong, and the envelope."""


def run(folder: Path, count: int, seed: int) -> Iterator[Tally]:
    """Send so many envelopes to a skill that remembers in the folder; the tally after each."""
    random = Random(seed)
    house = replace(make_house(folder), services=lambda *about: FickleServices(random, *about))
    skill, stumbles = build_skill(house, AUDIO_URL), Stumbles()
    tally = Tally()
    with stumbles:
        for number in range(count):
            kind, body = faulty_envelope(Random(f"{seed} {number}"))
            wrong = what_is_wrong(body, lambda body: answer(skill, body), house.library) or stumbles.taken()
            tally.answers[kind] += 1
            if wrong:
                tally.failures.append(f"seed {seed}, number {number}, {kind}: {wrong}\n  {body}")
            yield tally


def faulty_envelope(random: Random) -> tuple[str, str]:
    """An envelope's kind, and the envelope as JSON with some faults in it."""
    kind = random.choice((*KINDS, *["intent"] * MOSTLY_SPOKEN))
    envelope = copy.deepcopy(KINDS[kind](random))
    for _ in range(random.randint(0, MOST_FAULTS)):
        _put_a_fault_in(random, envelope)
    body = json.dumps(envelope)
    # Once in a while, what arrives is no JSON at all.
    return kind, body[: random.randrange(len(body))] if random.random() < 0.005 else body


def _put_a_fault_in(random: Random, envelope: Envelope) -> None:
    places = list(_places(envelope))
    if not places:
        return
    inside, key = _anywhere(random, envelope, places)
    match random.randrange(9):
        case 8 if slots := [slot for slot, named in places if named == "value" and "source" in slot]:
            random.choice(slots)["value"] = random.choice(TEXTS)
        case 0:
            del inside[key]
        case 1:
            inside[key] = None
        case 2 | 3:
            inside[key] = _odd_value(random)
        case 4:
            other, of = random.choice(places)
            inside[key] = copy.deepcopy(other[of])
        case 5:
            other, of = random.choice(places)
            moved, inside[key] = copy.deepcopy((inside[key], other[of]))
            other[of] = moved
        case 6 if isinstance(inside, dict):
            inside[random.choice((str(key).upper(), f"{key}OfTomorrow", "type", ""))] = inside.pop(key)
        case _:
            inside[key] = _nested(random, inside[key])


def _anywhere(random: Random, envelope: Envelope, places: list[tuple[Any, Any]]) -> tuple[Any, Any]:
    """A place in the envelope; in the request or in what is remembered, as often as in all the rest."""
    parts = (envelope.get("request"), envelope.get("session"))
    near = [place for part in parts if isinstance(part, dict) for place in _places(part)]
    return random.choice(near) if near and random.random() < 0.5 else random.choice(places)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container in it, with each of its keys."""
    left = [value]
    while left:
        inside = left.pop()
        items = inside.items() if isinstance(inside, dict) else enumerate(inside)
        for key, held in items:
            yield inside, key
            if isinstance(held, (dict, list)):
                left.append(held)


def _odd_value(random: Random) -> Any:
    match random.randrange(4):
        case 0:
            return random.choice(TEXTS)
        case 1:
            return random.choice(NUMBERS)
        case 2:
            return random.choice(([], {}, [None], [[]], {"": None}, {"type": None}, [{"type": "X"}]))
        case _:
            return [random.choice(TEXTS), random.choice(NUMBERS)]


def _nested(random: Random, value: Any) -> Any:
    for _ in range(random.choice((1, 2, DEEP))):
        value = [value] if random.random() < 0.5 else {random.choice(("type", "value", "\ud800")): value}
    return value


def what_is_wrong(body: str, answered: Callable[[str], str], library: Library) -> str:
    """With the answer to that body; empty where nothing is."""
    try:
        response = answered(body)
    except Exception as error:
        return f"it raised {type(error).__name__}: {error}"
    try:
        judge(body, response, library)
    except (AssertionError, ValueError, KeyError, TypeError, ElementTree.ParseError) as error:
        return f"{type(error).__name__}: {error} in {response}"
    return ""


def judge(body: str, text: str, library: Library) -> None:
    """Hold an answer to all that Alexa asks of one. Raises AssertionError, or what a decoder raises."""
    envelope = json.loads(text, parse_constant=_no_number)
    json.dumps(envelope, ensure_ascii=False).encode()
    DefaultSerializer().deserialize(text, ResponseEnvelope)
    assert envelope["version"] == "1.0", "no version"
    msgspec.convert(envelope.get("sessionAttributes", {}).get("nightfeed", {}), Session)
    response, request = envelope["response"], _asked(body)
    _judge_speech(response, library)
    _judge_directives(response)
    kind = str(request.get("request", {}).get("type"))
    if kind.startswith(SILENT) or request.get("session") is None:
        assert response.keys() <= {"directives"}, "something is said where nobody hears it"
        types = [each["type"] for each in response.get("directives", [])]
        assert all(each.startswith("AudioPlayer.") for each in types), "a directive to others than the player"
    if kind == "SessionEndedRequest" or kind.removeprefix("AudioPlayer.") in WITHOUT_PLAY:
        assert not response, "a directive that Alexa does not take here"


def _asked(body: str) -> Envelope:
    """The envelope, with a request in it; an empty one where that cannot be read."""
    try:
        envelope = json.loads(body)
    except ValueError:
        return {}
    if not isinstance(envelope, dict) or not isinstance(envelope.get("request"), dict):
        return {}
    return envelope


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _judge_speech(response: Envelope, library: Library) -> None:
    ssml = response.get("outputSpeech", {"ssml": "<speak/>"})["ssml"]
    assert len(ssml) <= MAX_SPEECH_CHARACTERS, "too many words"
    tree = ElementTree.fromstring(ssml)
    clips = [clip_at(audio.get("src", ""), library) for audio in tree.iter("audio")]
    assert all(clips), "a recording that there is not"
    assert len(clips) <= MAX_CLIPS, "too many clips"
    assert sum(clip.seconds for clip in clips if clip) <= MAX_CLIPS_SECONDS, "too long"
    if response.get("shouldEndSession") is False:
        assert "".join(tree.itertext()).rstrip().endswith("?"), "an open session without a question"
        assert response["reprompt"]["outputSpeech"]["ssml"].endswith(("?</speak>", "?</prosody></speak>"))
    else:
        assert "reprompt" not in response, "a reprompt in a closed session"
    card = response.get("card", {})
    assert len(card.get("title", "")) + len(card.get("content", "")) <= MAX_CARD_CHARACTERS, "a long card"


def _judge_directives(response: Envelope) -> None:
    plays = [each for each in response.get("directives", []) if each["type"] == "AudioPlayer.Play"]
    assert len(plays) <= 1, "two streams"
    for play in plays:
        stream = play["audioItem"]["stream"]
        assert len(stream["token"]) <= MAX_TOKEN_CHARACTERS and len(stream["url"]) <= MAX_URL_CHARACTERS
        assert 0 <= stream["offsetInMilliseconds"] < 2**31, "an offset that is none"
        assert response.get("shouldEndSession") is not False, "a stream in an open session"


class FickleServices(AlexaServices):
    """Alexa's services, of which some calls fail; nothing leaves this machine."""

    def __init__(self, random: Random, access: Any, now: Any, prompts: Any) -> None:
        # No time: every call gives up before it is made.
        super().__init__(access, now, prompts, call_seconds=0.0, turn_seconds=0.0)
        self._random = random

    def _answered(self, called: Callable[[], object]) -> Any:
        match self._random.randrange(3):
            case 0:
                return super()._answered(called)
            case 1:
                raise ServiceError(self._random.choice(list(Trouble)))
        return {"alertToken": "token"}

    def time_zone(self) -> str:
        """A zone, or a trouble."""
        self._answered(lambda: None)
        return "Europe/London"


class Stumbles(logging.Handler):
    """Notes the faults that the skill has covered up: a listener is spared them, we are not."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Note it."""
        where = record.exc_info and record.exc_info[2]
        while where and where.tb_next:
            where = where.tb_next
        place = where and f"{Path(where.tb_frame.f_code.co_filename).name}:{where.tb_lineno}"
        self._told.append(f"{record.getMessage()} ({record.exc_info and record.exc_info[1]!r} at {place})")

    def taken(self) -> str:
        """All that was noted since the last time."""
        told, self._told = self._told, []
        return "; ".join(told)

    def __enter__(self) -> "Stumbles":
        logging.getLogger("skill").addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger("skill").removeHandler(self)
