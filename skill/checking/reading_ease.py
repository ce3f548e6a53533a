"""How easily a text is understood, after Flesch ("A new readability yardstick", 1948)."""

import re
from collections.abc import Sequence

VOWELS = re.compile(r"[aeiouy]+")
SILENT = re.compile(r"(?:[^aeiouyl]e|[^aeiouydt]ed|[^aeiouysxzh]es)$")
"""Endings whose e is not heard: make, asked, makes; but not little, wanted or wishes."""


def reading_ease(sentences: Sequence[str]) -> float:
    """From about 0 (a law) to 100 (a comic); 60 to 70 is plain English. 100 where there are no words."""
    words = [word for sentence in sentences for word in re.findall(r"[a-z]+(?:'[a-z]+)?", sentence.lower())]
    if not words:
        return 100.0
    beats = sum(map(syllables, words))
    return 206.835 - 1.015 * len(words) / len(sentences) - 84.6 * beats / len(words)


def syllables(word: str) -> int:
    """About how many the word has, in small letters."""
    spoken = word.split("'")[0]
    count = len(VOWELS.findall(spoken))
    return max(1, count - bool(count > 1 and SILENT.search(spoken)))
