"""What listeners may say: `content/phrases/<language>.toml`, the one declaration of the intents."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from skill.errors import ContentError

SLOT = re.compile(r"\{(\w+)\}")


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


def read_phrases(path: Path) -> Phrases:
    """The phrases in the file. Raises ContentError when it is malformed."""
    try:
        return msgspec.toml.decode(path.read_bytes(), type=Phrases)
    except FileNotFoundError:
        raise ContentError(path, 1, "there are no phrases", "run this inside the project's folder") from None
    except (tomllib.TOMLDecodeError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise ContentError(
            path, 1, f"not phrases ({error})", "write each intent's samples as a list"
        ) from None
