"""Where what is spoken differs from what is written. Pure."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from skill.studio.transcript import compared_words

NOT_SAID = " ,;:–—-"
"""What is left away at the ends of a stretch."""


def said_otherwise(written: str, spoken: str) -> Iterator[tuple[str, str]]:
    """Each stretch of words with what is said for it; marks and capitals make no difference."""
    here, there = written.split()[::-1], spoken.split()[::-1]
    # Compared from the end: of "for example for two", the second "for" is the one that was written.
    old, new = compared_words(written)[::-1], compared_words(spoken)[::-1]
    for kind, first, last, start, end in reversed(
        SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    ):
        stretch, said = (
            " ".join(words[::-1]).strip(NOT_SAID) for words in (here[first:last], there[start:end])
        )
        if kind != "equal" and any(sign.isalnum() for sign in stretch + said):
            yield stretch, said
