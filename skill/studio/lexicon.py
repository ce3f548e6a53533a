"""How to say what a voice would read wrongly: `content/lexicon.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from skill.content_file import read_toml

Lexicon = Mapping[str, str]
"""As written → as spoken."""


@dataclass(frozen=True)
class LexiconFile:
    """What stands in the file."""

    say: Lexicon


def read_lexicon(path: Path) -> Lexicon:
    """The lexicon in the file. Raises ContentError when it is malformed."""
    return read_toml(
        path, LexiconFile, "a lexicon", 'write each entry as "written" = "spoken" below [say]'
    ).say
