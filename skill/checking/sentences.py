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

WORD = re.compile(r"\S*\w\S*")
JOINTS = re.compile(
    r"(?<=;) |(?<=:) | (?=[–—] )|(?<=,) (?=(?:and|but|so|because|or|then|while|which|who|where|when|as)\b)"
    r"| (?=(?:because|but|so that|which means|and then|although|even if)\b)"
)
"""Where one thought ends and another begins."""
_THE = "(?:the|this|that|these|our|your|an?)"
_FEW_WORDS = r"(?: [\w'-]+){0,2}"
_NO_MORE = r"(?=[.,;:!?…)\]–—]|$| (?:for|to|if|how|what|which|and)\b)"
"""What comes after "see below", but not after "see below the window"."""
FOR_THE_EYE = re.compile(
    "|".join((
        r"\bclick(?:ing)? (?:here|below|above|through)\b",
        rf"\bclick(?:ing)? on {_THE}{_FEW_WORDS} (?:button|arrow|picture|image)s?\b",
        rf"\b(?:click|tap)(?:ing)? (?:on )?{_THE}{_FEW_WORDS} (?:link|icon|tab|menu)s?\b",
        rf"\b(?:follow|use) {_THE}{_FEW_WORDS} links?\b",
        rf"\bscroll (?:down|up){_NO_MORE}",
        r"^\W*(?:read|find out|learn|see) more(?=\W*$)",
        rf"\b(?:read|find out|learn) more(?: about [\w' -]+?)? (?:here|below){_NO_MORE}",
        rf"\b(?:see|shown|listed|described|as|mentioned|found) (?:above|below|overleaf|opposite){_NO_MORE}",
        rf"\b{_THE} (?:picture|image|photo|diagram|chart|graph|table|list|video|link|form)s? "
        rf"(?:above|below|opposite|overleaf){_NO_MORE}",
        rf"\b(?:image|diagram|chart|graph) (?:on|to) the (?:left|right){_NO_MORE}",
        r"\b(?:see|shown in) (?:table|figure|fig\.|chart|diagram|box) \d+",
        rf"\bwatch (?:this|our){_FEW_WORDS} video\b",
        r"^on this page\b|\b(?:print|share|bookmark) this page\b|\bthis web ?(?:page|site)\b",
        rf"\bdownload(?:ing)? {_THE}{_FEW_WORDS} "
        r"(?:guide|leaflet|booklet|pdf|sheet|chart|plan|poster|form|checklist)s?\b",
    )),
    re.IGNORECASE,
)  # fmt: skip
"""Only what is never meant of a window, a tap or a picture book: it is an error."""
BRACKETS = re.compile(r"(?<![:;])[(\[][^()\[\]]*\w[^()\[\]]*(?:[)\]]|$)")
PLURAL = re.compile(r"\w\((?:s|es|ren)\)")
"""Heard as the plural: parent(s)."""
CAPITALS = re.compile(r"\b[A-Z]{2,4}\b(?!['’])")
CONSONANTS = re.compile(r"[B-DF-HJ-NP-TV-Z]+")
"""Letters that can only be spelt out."""
SPELT = frozenset(
    ("ABC", "ADHD", "AI", "CV", "DIY", "EU", "HIV", "ID", "OCD", "OK", "RSI", "UK", "US", "USA", "UV")
)
"""Other capitals that the house voice spells out."""
SHOUTED = frozenset(
    ("ALL", "AND", "ANY", "ARE", "CAN", "DO", "IS", "MUST", "NO", "NOT", "ONE", "ONLY", "OR", "STOP", "VERY",
     "YES", "YOU")
)  # fmt: skip
"""Words that the house voice says as words, in capitals, too."""
VOWELLESS = re.compile(
    r"(?<![\w'.-])(?<!dot )(?<!slash )(?!(?:Mr|Mrs|St|[Hh]mm|[Pp]sst)\b)"
    r"[B-DF-HJ-NP-TV-XZb-df-hj-np-tv-xz][b-df-hj-np-tv-xz]+(?![\w'-]| (?:dot|at|slash)\b)"
)
"""What the voice spells out; but web addresses are spelt out rightly."""
STOPPED = re.compile(r"\b[A-Za-z]{2,}\.(?= [a-z])")
"""A stop that ends no sentence."""
FIGURE = re.compile(r"\d+(?:[.,:–\s-]\d+)*")
"""A number; a telephone number, or a range, is one."""
SIGN = re.compile(r"[^\w\s.,;:!?'\"()&–-]|_|(?<!\w)&|&(?!\w)")


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
    count = len(WORD.findall(heard.written))
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
    """What the voice would say as a word, or spell out, where people do otherwise."""
    capitals = () if heard.written.isupper() else CAPITALS.findall(heard.written)
    for word in dict.fromkeys(capitals):
        if word in heard.lexicon or word in SPELT | SHOUTED or CONSONANTS.fullmatch(word):
            continue
        # Hyphens, and not spaces: of "A S D", the voice says the first as an article.
        yield Remark(
            Severity.ADVICE, f"“{word}”", "the voice has to guess whether it is spelt out",
            f'write it out, or put it into content/lexicon.toml, as in "{word}" = "{"-".join(word)}"',
        )  # fmt: skip
    for shortened, why in ((VOWELLESS, "the voice spells it out"), (STOPPED, "the voice stops after it")):
        for word in dict.fromkeys(shortened.findall(heard.spoken)):
            remedy = "write it out, or put into content/lexicon.toml how it is said"
            yield Remark(Severity.ADVICE, f"“{word}”", why, remedy)


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
