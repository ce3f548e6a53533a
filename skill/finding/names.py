"""Guides and parts by the names that listeners give them, however roughly."""

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from skill.finding.words import words

LEAST_LIKENESS = 0.8
"""From 0 to 1: how like a name the spoken words must be (held by tests/finding/test_names.py)."""
ABOUT_AS_LIKE = 0.04
"""Names that are less than this behind the likest may be meant as well."""
MOST_SPELLED = 50_000
"""Names whose words are kept: those of a few thousand guides."""

Names = Mapping[str, Sequence[str]]
"""Id → all the names that it goes by."""


def resolve(spoken: str, ids: Sequence[str], names: Names) -> tuple[str, ...]:
    """The ids that may be meant, likeliest first: those that Alexa found, else those of the likest names.

    More than one: the words fit each of them about as well.
    """
    found = tuple(identity for identity in ids if identity in names)
    if not found:
        return nearest(spoken, names)
    said = words(spoken)
    exact = tuple(identity for identity in found if any(words(name) == said for name in names[identity]))
    return exact or found


def nearest(spoken: str, names: Names, least: float = LEAST_LIKENESS) -> tuple[str, ...]:
    """The ids whose names are likest to the spoken words, likest first; none where none is like enough."""
    likeness: dict[str, float] = {}
    best = 0.0
    for identity, called in names.items():
        enough = max(least, best - ABOUT_AS_LIKE)
        likest = max((_likeness(spoken, name, enough) for name in called), default=0.0)
        if likest >= enough:
            likeness[identity] = likest
            best = max(best, likest)
    ranked = sorted(likeness, key=lambda identity: -likeness[identity])
    return tuple(identity for identity in ranked if likeness[identity] >= best - ABOUT_AS_LIKE)


def _likeness(spoken: str, name: str, enough: float) -> float:
    """From 0 to 1, and 0 where it is not enough; the order of the words doesn't count."""
    matcher = SequenceMatcher(autojunk=False)
    likest = 0.0
    for ours, theirs in zip(_spellings(spoken), _spellings(name), strict=True):
        matcher.set_seqs(ours, theirs)
        # Most names are not nearly alike; that is much sooner seen than how alike they are.
        if matcher.real_quick_ratio() >= enough and matcher.quick_ratio() >= enough:
            likest = max(likest, matcher.ratio())
    return likest


@lru_cache(MOST_SPELLED)
def _spellings(name: str) -> tuple[str, str]:
    """Its words, as they stand and by the alphabet."""
    said = words(name)
    return " ".join(said), " ".join(sorted(said))
