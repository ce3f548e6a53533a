"""The judge of the recordings: the product's own speech recognition, with its words made plain.

Text and transcript are normalised alike before they are compared: small letters, hyphens to spaces,
punctuation away, and British spellings to those that the judge writes. Nothing is bent beyond that.
"""

import re
from pathlib import Path

from skill.studio.hearing import Recogniser

AMERICAN = {"behaviour": "behavior", "behaviours": "behaviors", "mum": "mom", "colour": "color"}
"""British spelling → the judge's."""


class Judge:
    """Writes down what it hears."""

    def __init__(self) -> None:
        self._recogniser = Recogniser()

    def transcript(self, recording: Path) -> str:
        """What it hears, normalised."""
        return normalised(self._recogniser.transcript(recording))


def normalised(text: str) -> str:
    """The words alone, spelt as the judge spells."""
    plain = text.lower().replace("’", "'").replace("-", " ")
    words = re.sub(r"[^a-z0-9' ]", " ", plain).split()
    return " ".join(AMERICAN.get(word, word) for word in words)
