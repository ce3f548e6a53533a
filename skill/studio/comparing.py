"""What was to be said and what was heard: which sentences differ by more than a mishearing. Pure."""

import re
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

from skill.sentences import sentences
from skill.studio.lexicon import Lexicon
from skill.studio.speakable import speakable

ALIKE = 0.82
"""How much of two stretches' sounds must agree, of 1, for a mishearing: "teach" and "teacher" agree enough.

Measured on the house voice: a little higher, sound sentences are doubted; a little lower, wrong words pass.
"""
BREATH = 3
"""Sounds of a word, as "and", that speech recognition hears in the silence around a sentence."""
WORD = re.compile(r"\w+(?:'\w+)*")
CONTRACTIONS = {
    r"\bwon't\b": "will not",
    r"\bcan't\b": "can not",
    r"n't\b": " not",
    r"'re\b": " are",
    r"'ve\b": " have",
    r"'ll\b": " will",
    r"'m\b": " am",
}
"""Speech recognition writes the one for the other."""

Sound = Callable[[str], str]
"""A word → its sounds, a sign each: words that sound the same give the same."""


def doubtful(spoken: Sequence[str], heard: str, lexicon: Lexicon, sound: Sound) -> dict[int, str]:
    """Which of the sentences spoken in one recording are doubtful, from 0 → what was heard for each.

    `heard` is the recording's transcript; its figures and abbreviations are read as the project reads them.
    """
    wanted = [(number, word) for number, text in enumerate(spoken) for word in _words(text)]
    got = _words(" ".join(speakable(sentence, lexicon) for sentence in sentences(heard)))
    owner = [number for number, _ in wanted]
    there, here = [sound(word) for _, word in wanted], [sound(word) for word in got]
    doubts: set[int] = set()
    heard_for: list[list[str]] = [[] for _ in spoken]
    for what, start, end, first, last in SequenceMatcher(None, there, here, autojunk=False).get_opcodes():
        # What is heard beside the text is told with the sentence before it.
        owners = owner[start:end] or owner[max(start - 1, 0) :][:1]
        for place, word in enumerate(got[first:last]):
            heard_for[owners[min(place, len(owners) - 1)]].append(word)
        missed, instead = "".join(there[start:end]), "".join(here[first:last])
        between_sentences = owner[start - 1 : start] != owner[start : start + 1]
        breath = what == "insert" and between_sentences and len(instead) <= BREATH
        if not breath and SequenceMatcher(None, missed, instead, autojunk=False).ratio() < ALIKE:
            doubts.update(owners)
    return {number: " ".join(heard_for[number]) for number in sorted(doubts)}


def _words(said: str) -> list[str]:
    said = said.lower().replace("’", "'")
    for short, full in CONTRACTIONS.items():
        said = re.sub(short, full, said)
    return WORD.findall(said)
