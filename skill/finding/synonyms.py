"""Parents' words and the guides' words: `content/synonyms.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from skill.content_file import read_toml


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
    return read_toml(
        path, Synonyms, "synonyms", 'write lists of words, and word = ["words"] below [synonyms]'
    )
