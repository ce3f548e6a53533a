"""Phrases and guides → Alexa's interaction model. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from skill.alexa.phrases import Intent, Phrases
from skill.library import Guide

AMAZON = "AMAZON."


@dataclass(frozen=True)
class SlotValue:
    """One thing that a slot can mean, and all the ways to say it."""

    id: str
    """Of a guide its slug; of a section slug.number, counted from 0."""
    name: str
    synonyms: tuple[str, ...]


def slot_types(guides: Sequence[Guide]) -> Mapping[str, tuple[SlotValue, ...]]:
    """The values of our own slot types."""
    return {"GUIDE": tuple(map(_guide_value, guides)), "SECTION": tuple(_section_values(guides))}


def interaction_model(phrases: Phrases, guides: Sequence[Guide]) -> dict[str, Any]:
    """The model as the developer console takes it (interaction model schema)."""
    return {
        "interactionModel": {
            "languageModel": {
                "invocationName": phrases.invocation,
                "intents": [_intent(name, intent, phrases.slots) for name, intent in phrases.intents.items()],
                "types": [_type(name, values, phrases) for name, values in slot_types(guides).items()],
            }
        }
    }


def sayable(text: str) -> str:
    """A title or heading as it may stand in a slot's value: words, digits, apostrophes and single spaces."""
    kept = (sign if sign.isalnum() or sign in "' " else " " for sign in text.replace("’", "'"))
    return " ".join("".join(kept).split()).lower()


def _guide_value(guide: Guide) -> SlotValue:
    return SlotValue(guide.slug, sayable(guide.title), _synonyms(guide.title, guide.aliases))


def _section_values(guides: Sequence[Guide]) -> Iterator[SlotValue]:
    for guide in guides:
        for number, section in enumerate(guide.sections):
            synonyms = _synonyms(section.heading, section.aliases)
            yield SlotValue(f"{guide.slug}.{number}", sayable(section.heading), synonyms)


def _synonyms(name: str, others: Iterable[str]) -> tuple[str, ...]:
    said = dict.fromkeys(sayable(other) for other in others)
    return tuple(other for other in said if other and other != sayable(name))


def _intent(name: str, intent: Intent, slots: Mapping[str, str]) -> dict[str, Any]:
    model: dict[str, Any] = {"name": name, "samples": list(intent.samples)}
    if not name.startswith(AMAZON):
        model["slots"] = [{"name": slot, "type": slots[slot]} for slot in intent.slots]
    return model


def _type(name: str, values: Iterable[SlotValue], phrases: Phrases) -> dict[str, Any]:
    def others(value: SlotValue) -> list[str]:
        said = (local for words in (value.name, *value.synonyms) for local in phrases.with_local_words(words))
        return [words for words in dict.fromkeys(said) if words != value.name]

    return {
        "name": name,
        "values": [
            {"id": value.id, "name": {"value": value.name, "synonyms": others(value)}} for value in values
        ],
    }
