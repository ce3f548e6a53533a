"""A text as the words that it is found by."""

import re

WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
PLURALS = (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("zes", "z"))
NO_PLURALS = ("ss", "us", "is")
VERB_ENDINGS = ("ing", "ed")
OTHER_ENDINGS = ("ment", "ness", "ly")
LEAST_STEM = 3
"""Letters that an ending leaves: "king" and "red" have none."""
LEAST_LONG_STEM = 4
KEPT_DOUBLE = "eolsz"
"""Letters that stay doubled: weeing, cooing, calling, passing, buzzing."""


def words(text: str) -> list[str]:
    """Its words in small letters, without a possessive's 's."""
    return [word.removesuffix("'s") for word in WORD.findall(text.lower().replace("’", "'"))]


def stem(word: str) -> str:
    """An English word without its commonest endings: cry for cries, cried and crying.

    A light stemmer: it doesn't know irregular forms, nor that "confident" and "confidence" belong together.
    """
    if len(word) <= LEAST_STEM:
        return word
    short = _without_other_ending(_without_verb_ending(_singular(word)))
    return short.removesuffix("e") if len(short) > LEAST_STEM else short


def _singular(word: str) -> str:
    for ending, singular in PLURALS:
        if word.endswith(ending):
            return word.removesuffix(ending) + singular
    return word if word.endswith(NO_PLURALS) else word.removesuffix("s")


def _without_verb_ending(word: str) -> str:
    if word.endswith("ied"):
        return word.removesuffix("ied") + "y"
    for ending in VERB_ENDINGS:
        left = word.removesuffix(ending)
        if left != word and len(left) >= LEAST_STEM and set(left) & set("aeiouy"):
            doubled = left[-1] == left[-2] and left[-1] not in KEPT_DOUBLE
            return left[:-1] if doubled else left
    return word


def _without_other_ending(word: str) -> str:
    for ending in OTHER_ENDINGS:
        left = word.removesuffix(ending)
        if left != word and len(left) >= LEAST_LONG_STEM:
            return left
    return word
