"""Parents' words and the guides' words: `content/synonyms.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from skill.errors import ContentError


@dataclass(frozen=True)
class Synonyms:
    """What an editor knows of the words in which parents ask."""

    ignored: frozenset[str] = frozenset()
    """Words that tell no passage from another."""
    topics: frozenset[str] = frozenset()
    """Words that a question is about: only a passage that has them answers it."""
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """A parent's word → the words of the guides that answer it."""


def read_synonyms(path: Path) -> Synonyms:
    """The words in the file. Raises ContentError when it is missing or malformed."""
    try:
        return msgspec.toml.decode(path.read_bytes(), type=Synonyms)
    except FileNotFoundError:
        raise ContentError(path, 1, "there are no synonyms", "run this inside the project's folder") from None
    except (tomllib.TOMLDecodeError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise ContentError(
            path, 1, f"not synonyms ({error})", 'write lists of words, and word = ["words"] below [synonyms]'
        ) from None
