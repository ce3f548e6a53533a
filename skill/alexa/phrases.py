"""What listeners may say: `content/phrases/<language>.toml`, the one declaration of the intents."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from skill.content_file import read_toml

SLOT = re.compile(r"\{(\w+)\}")
REMEDY = "write each intent's samples as a list"


@dataclass(frozen=True)
class Intent:
    """Ways to say one thing."""

    samples: tuple[str, ...]
    """Utterances in small letters; a slot's name stands in braces."""

    @property
    def slots(self) -> tuple[str, ...]:
        """Names of the slots in its samples, each once, in order."""
        return tuple(dict.fromkeys(name for sample in self.samples for name in SLOT.findall(sample)))


@dataclass(frozen=True)
class Phrases:
    """All that can be said in one language."""

    invocation: str
    """The name that opens the skill."""
    intents: Mapping[str, Intent]
    slots: Mapping[str, str]
    """Slot name → its type: one of Amazon's, or GUIDE or SECTION, whose values the guides give."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Words for which this country has others: what is said with the one may be said with the other."""

    def with_local_words(self, text: str) -> tuple[str, ...]:
        """The text, and the same with this country's words where that differs."""
        local = " ".join(self.words.get(word, word) for word in text.split())
        return (text,) if local == text else (text, local)


@dataclass(frozen=True)
class Country:
    """What people of one country say otherwise."""

    intents: Mapping[str, Intent]
    """Samples to be added."""
    words: Mapping[str, str] = field(default_factory=dict)


def read_phrases(path: Path, locale: str = "") -> Phrases:
    """The phrases in the file (en.toml), with those of the locale's own file (en-US.toml) beside it, if any.

    Raises ContentError when one is malformed.
    """
    phrases = read_toml(path, Phrases, "phrases", REMEDY)
    local = path.with_name(f"{locale}.toml")
    if not (locale and local.is_file()):
        return phrases
    return _merged(phrases, read_toml(local, Country, "a country's phrases", REMEDY))


def _merged(phrases: Phrases, country: Country) -> Phrases:
    words = Phrases(phrases.invocation, {}, {}, country.words)
    intents = {
        name: Intent(
            tuple(
                dict.fromkeys(
                    said
                    for sample in (*intent.samples, *country.intents.get(name, Intent(())).samples)
                    for said in words.with_local_words(sample)
                )
            )
        )
        for name, intent in phrases.intents.items()
    }
    # An intent that only the country has is a mistake, and is kept so that it can be found.
    strange = {name: intent for name, intent in country.intents.items() if name not in intents}
    return replace(phrases, intents={**intents, **strange}, words=country.words)
