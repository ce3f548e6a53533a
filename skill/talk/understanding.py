"""Typed words → intent, by the very phrases and slot values of the interaction model."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hassil import recognize_all
from hassil.intents import Intents
from hassil.recognize import RecognizeResult

from skill.alexa.interaction_model import SlotValue, slot_types
from skill.alexa.phrases import SLOT, Phrases
from skill.library import Guide
from skill.talk.durations import spoken_durations
from skill.talk.times import spoken_days, spoken_times

LAUNCH = "LaunchRequest"
FALLBACK = "AMAZON.FallbackIntent"
SKIPPED = (
    "please",
    "alexa",
    "er",
    "um",
    "erm",
    "uh",
    "just",
    "could you",
    "can you",
    "would you",
    "i said",
    "then",
    "now",
    "well",
    "oh",
)
"""Words that carry nothing."""
LAUNCH_WORDS = ("open", "launch", "start", "talk to", "play")
ASK_WORDS = ("ask", "tell")
LINK_WORDS = ("to", "for", "about")
NEARNESS = 0.82
"""From 0 to 1: how like a sample a mistyped sentence must be; Alexa's own model is as forgiving."""
ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"
)  # fmt: skip
HIGHEST_NUMBER = 100
SEARCH_QUERY = "AMAZON.SearchQuery"


@dataclass(frozen=True)
class HeardSlot:
    """What was heard in one slot."""

    value: str
    """The words, or the digits of a number."""
    matches: tuple[SlotValue, ...] = ()
    """Of our own slot types: the values that those words may mean."""


@dataclass(frozen=True)
class Heard:
    """What Alexa would make of the words."""

    name: str
    """An intent's name, or LaunchRequest."""
    slots: Mapping[str, HeardSlot] = field(default_factory=dict)


class Understanding:
    """Understands what the interaction model of these phrases and guides understands."""

    def __init__(self, phrases: Phrases, guides: Sequence[Guide]) -> None:
        self._phrases = phrases
        self._values = slot_types(guides)
        self._intents = Intents.from_dict(self._as_hassil(questions=False))
        self._questions = Intents.from_dict(self._as_hassil(questions=True))
        self._plain = {
            _plain(sample): name
            for name, intent in phrases.intents.items()
            for sample in intent.samples
            if not SLOT.search(sample)
        }

    def understand(self, text: str) -> Heard:
        """The likeliest intent; FALLBACK when there is none. "open …" and "ask … to" are understood too."""
        whole = self._without_wake_words(_plain(text))
        first, _, others = whole.partition(" ")
        words = others if first in LINK_WORDS and len(whole) < len(_plain(text)) else whole
        if not words:
            return Heard(LAUNCH)
        if found := list(recognize_all(words, self._intents, skip_words=SKIPPED)):
            return self._heard(max(found, key=_likelihood), found, text)
        if near := difflib.get_close_matches(words, self._plain, n=1, cutoff=NEARNESS):
            return Heard(self._plain[near[0]])
        # What takes any words comes last; "about" may belong to it.
        for asked in (words, whole):
            if found := list(recognize_all(asked, self._questions, skip_words=SKIPPED)):
                return self._heard(max(found, key=_likelihood), found, text)
        return Heard(FALLBACK)

    def _without_wake_words(self, words: str) -> str:
        """What is left after "open night feed", or after "ask night feed"."""
        words = words.removeprefix("alexa").strip()
        for name in (self._phrases.invocation, self._phrases.invocation.replace(" ", "")):
            for opening in (*LAUNCH_WORDS, *ASK_WORDS, ""):
                start = f"{opening} {name}".strip()
                if words == start:
                    return ""
                if opening in ASK_WORDS and words.startswith(f"{start} "):
                    return words.removeprefix(f"{start} ")
        return words

    def _heard(self, best: RecognizeResult, found: Sequence[RecognizeResult], text: str) -> Heard:
        name = best.intent.name
        alike = [result for result in found if result.intent.name == name]
        slots = {}
        for slot, entity in best.entities.items():
            ids = {str(result.entities[slot].value) for result in alike if slot in result.entities}
            if self._phrases.slots[slot] == SEARCH_QUERY:
                slots[slot] = HeardSlot(_as_typed(entity.text_clean, text))
                continue
            values = self._values.get(self._phrases.slots[slot], ())
            matches = tuple(value for value in values if value.id in ids)
            # hassil gives a number's value as a float.
            number = f"{entity.value:g}" if isinstance(entity.value, float) else str(entity.value)
            slots[slot] = HeardSlot(entity.text_clean if matches else number, matches)
        return Heard(name, slots)

    def _as_hassil(self, questions: bool) -> dict[str, object]:
        """The intents that take any words, or the others: these are preferred."""
        queries = {slot for slot, kind in self._phrases.slots.items() if kind == SEARCH_QUERY}
        return {
            "language": "en",
            "intents": {
                name: {"data": [{"sentences": [_without_apostrophes(sample) for sample in intent.samples]}]}
                for name, intent in self._phrases.intents.items()
                if intent.samples and questions == bool(queries.intersection(intent.slots))
            },
            "lists": {name: self._as_list(kind) for name, kind in self._phrases.slots.items()},
        }

    def _as_list(self, kind: str) -> dict[str, object]:
        if kind == "AMAZON.NUMBER":
            return {"range": {"from": 0, "to": HIGHEST_NUMBER}}
        if kind == "AMAZON.Ordinal":
            named = [{"in": word, "out": str(number)} for number, word in enumerate(ORDINALS, start=1)]
            return {"values": named}
        if kind == SEARCH_QUERY:
            return {"wildcard": True}
        if kind == "AMAZON.DURATION":
            return {"values": [{"in": spoken, "out": duration} for spoken, duration in spoken_durations()]}
        if kind == "AMAZON.DayOfWeek":
            return {"values": [{"in": spoken, "out": day} for spoken, day in spoken_days()]}
        if kind == "AMAZON.TIME":
            return {"values": [{"in": spoken, "out": time} for spoken, time in spoken_times()]}
        return {
            "values": [
                {"in": _without_apostrophes(words), "out": value.id}
                for value in self._values[kind]
                for words in (value.name, *value.synonyms)
            ]
        }


def _likelihood(result: RecognizeResult) -> tuple[int, int]:
    """Fewest words in slots first: "what's the top tip" is no section's name."""
    in_slots = sum(len(entity.text) for entity in result.entities.values())
    return (-in_slots, result.text_chunks_matched)


def _as_typed(words: str, text: str) -> str:
    """The words with the apostrophes that they were typed with."""
    typed = [word for word in _spaced(text.lower().replace("’", "'"), kept="'") if word.strip("'")]
    sought = words.split()
    plain = [_without_apostrophes(word) for word in typed]
    for start in range(len(typed) - len(sought), -1, -1):
        if plain[start : start + len(sought)] == sought:
            return " ".join(typed[start : start + len(sought)])
    return words


def _plain(text: str) -> str:
    """Small letters and single spaces, without any mark: how people type."""
    return " ".join(_spaced(_without_apostrophes(text.lower())))


def _spaced(text: str, kept: str = "") -> list[str]:
    return "".join(sign if sign.isalnum() or sign in kept else " " for sign in text).split()


def _without_apostrophes(text: str) -> str:
    return text.replace("'", "").replace("’", "")
