"""Is one sentence good to hear? Each rule says what is amiss, why, and what to write instead."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from skill.checking.finding import Severity
from skill.studio.lexicon import Lexicon

MOST_WORDS = 25
""" "Sentence length: why 25 words is our limit" (GOV.UK)."""
MOST_FIGURES = 3
"""More cannot be kept in mind by somebody who cannot look back."""
SHORTEST_SPLIT = 5
"""Words on either side of where a sentence may be split."""
MARK = " ┃ "
"""Where to split."""

JOINTS = re.compile(
    r"(?<=;) |(?<=:) | (?=[–—] )|(?<=,) (?=(?:and|but|so|because|or|then|while|which|who|where|when|as)\b)"
    r"| (?=(?:because|but|so that|which means|and then|although|even if)\b)"
)
"""Where one thought ends and another begins."""
FOR_THE_EYE = re.compile(
    r"\b(?:click|tap) (?:here|on|the|below|this)\b|\bscroll (?:down|up)\b"
    r"|\bread more\b|\bfind out more (?:here|below)\b"
    r"|\b(?:see|shown|listed|described|as|mentioned|found) (?:above|below|overleaf|opposite)\b"
    r"|\b(?:the )?(?:picture|image|diagram|chart|table|list|box|video|link|button|form)s? "
    r"(?:above|below|opposite|on the (?:left|right))\b"
    r"|\bthis (?:web ?)?page\b|\bdownload\b",
    re.IGNORECASE,
)
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
PLURAL = re.compile(r"\w\((?:s|es|ren)\)")
"""Heard as the plural: parent(s)."""
CAPITALS = re.compile(r"\b[A-Z]{2,4}\b(?!['’])")
CONSONANTS = re.compile(r"[B-DF-HJ-NP-TV-Z]+")
"""Letters that can only be spelt out."""
FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
SIGN = re.compile(r"[^\w\s.,;:!?'\"()–-]|_")


@dataclass(frozen=True)
class Remark:
    """A finding on a sentence, before its place is known."""

    severity: Severity
    what: str
    why: str
    suggestion: str = ""


@dataclass(frozen=True)
class Heard:
    """A sentence."""

    written: str
    spoken: str
    """What the voice is given."""
    lexicon: Lexicon


def remarks(heard: Heard) -> Iterator[Remark]:
    """All that is to be said of the sentence."""
    for rule in RULES:
        yield from rule(heard)


def too_long(heard: Heard) -> Iterator[Remark]:
    """More words than a listener keeps in mind."""
    count = len(heard.written.split())
    if count > MOST_WORDS:
        why = "by its end, its beginning is forgotten"
        yield Remark(Severity.ADVICE, f"a sentence of {count} words", why, _split(heard.written))


def for_the_eye(heard: Heard) -> Iterator[Remark]:
    """What can only be done by somebody who sees a page."""
    for found in FOR_THE_EYE.finditer(heard.written):
        yield Remark(
            Severity.ERROR, f"“{found[0]}” is for the eye", "a listener has nothing to look at or to press",
            "say the thing itself, or leave it out",
        )  # fmt: skip


def brackets(heard: Heard) -> Iterator[Remark]:
    """An aside that is heard as part of the sentence."""
    for found in BRACKETS.finditer(PLURAL.sub("", heard.written)):
        yield Remark(
            Severity.ADVICE, f"brackets: {found[0]}", "they are not heard, and the aside breaks the thought",
            "make it a sentence of its own, or leave it out",
        )  # fmt: skip


def abbreviations(heard: Heard) -> Iterator[Remark]:
    """Capitals that may be spelt out, or said as a word: the voice has to guess."""
    for found in CAPITALS.finditer(heard.written):
        word = found[0]
        if word in heard.lexicon or CONSONANTS.fullmatch(word) or heard.written.isupper():
            continue
        yield Remark(
            Severity.ADVICE, f"“{word}”", "the voice has to guess whether it is spelt out",
            f'write it out, or put it into content/lexicon.toml, as in "{word}" = "{" ".join(word)}"',
        )  # fmt: skip


def figures(heard: Heard) -> Iterator[Remark]:
    """More numbers than a listener keeps in mind."""
    count = len(FIGURE.findall(heard.written))
    if count > MOST_FIGURES:
        yield Remark(
            Severity.ADVICE, f"{count} numbers in one sentence", "they cannot be kept in mind",
            "keep the one that matters, or take a sentence for each",
        )  # fmt: skip


def signs(heard: Heard) -> Iterator[Remark]:
    """What the voice would stumble over."""
    if not heard.spoken:
        yield Remark(
            Severity.ADVICE, f"nothing of “{heard.written}” can be said", "it is left out of the recording",
            "write it in words",
        )  # fmt: skip
    for found in dict.fromkeys(SIGN.findall(heard.spoken)):
        yield Remark(
            Severity.ADVICE, f"the sign “{found}”", "the voice leaves it out, or stumbles over it",
            "write what is meant in words",
        )  # fmt: skip


RULES: tuple[Callable[[Heard], Iterator[Remark]], ...] = (
    too_long, for_the_eye, brackets, abbreviations, figures, signs,
)  # fmt: skip


def _split(sentence: str) -> str:
    """The sentence with a mark where it is best split: between two thoughts, near its middle."""
    middle = len(sentence.split()) / 2
    joints = [
        joint
        for joint in JOINTS.finditer(sentence)
        if min(len(sentence[: joint.start()].split()), len(sentence[joint.end() :].split())) >= SHORTEST_SPLIT
    ]
    if not joints:
        return "say it in two sentences"
    best = min(joints, key=lambda joint: abs(len(sentence[: joint.start()].split()) - middle))
    return f"split it: {sentence[: best.start()].rstrip()}{MARK}{sentence[best.end() :].lstrip()}"
