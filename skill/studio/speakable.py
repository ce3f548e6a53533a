"""Written text → what a voice is given to say: small pure functions, run in order."""

import re
import unicodedata
from collections.abc import Callable
from functools import partial

from skill.studio import spoken_numbers
from skill.studio.lexicon import Lexicon

_PLAIN_MARKS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "‑": "-", "\u00a0": " "})
_PICTURES = ("So", "Sk", "Cs", "Co", "Cn")
"""Unicode categories of emoji, their skin tones, and signs without a name of their own."""
_KEPT_SIGNS = "°`^"
_JOINERS = "\u200d\ufe0f\u20e3"
"""What holds an emoji's parts together."""


def plain_marks(text: str) -> str:
    """Straight quotes, plain spaces; a dash between clauses becomes a comma's pause."""
    text = text.translate(_PLAIN_MARKS)
    return re.sub(r"\s+[–—-]\s+|—", ", ", text)


def without_emoji(text: str) -> str:
    """Pictures dropped, as a person reading aloud would; the sentence around them stays."""
    kept = "".join(sign for sign in text if sign in _KEPT_SIGNS or not _is_picture(sign))
    return re.sub(r"\s+([.,!?])", r"\1", kept)


def _is_picture(sign: str) -> bool:
    return unicodedata.category(sign) in _PICTURES or sign in _JOINERS


def quiet_capitals(text: str) -> str:
    """A heading in capitals becomes a sentence. One short word in capitals is an abbreviation and stays."""
    letters = [sign for sign in text if sign.isalpha()]
    if len(text.split()) > 1 and all(letter.isupper() for letter in letters):
        return text.capitalize()
    return re.sub(r"\b[A-Z]{5,}\b", lambda found: found[0].lower(), text)


def lexicon_words(text: str, lexicon: Lexicon) -> str:
    """What `content/lexicon.toml` lists, as whole words, the longest first."""
    for written in sorted(lexicon, key=len, reverse=True):
        spoken = lexicon[written].replace("\\", r"\\")
        pattern = rf"(?<!\w){re.escape(written)}(?!\w)"
        # An abbreviation's stop is also the sentence's when nothing follows.
        stop = "." if written.endswith(".") else ""
        text = re.sub(pattern + r"$", spoken + stop, text)
        text = re.sub(pattern, spoken, text)
    return text


def web_addresses(text: str) -> str:
    """ "www.example.org/help" is "example dot org slash help"; an e-mail address gets its "at"."""

    def say(found: re.Match[str]) -> str:
        name = found[0].removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
        return name.replace("@", " at ").replace(".", " dot ").replace("/", " slash ").replace("-", " dash ")

    return re.sub(r"(?:https?://|www\.)[\w./-]*\w|\b[\w.-]+@[\w-]+\.[\w.-]*\w", say, text)


def slashes(text: str) -> str:
    """ "mum/dad" is "mum or dad", "and/or" is "and or"."""
    return re.sub(r"\b([a-zA-Z]+)/([a-zA-Z]+)\b", lambda found: f"{found[1]} {_joined(found)}", text)


def _joined(found: re.Match[str]) -> str:
    return found[2] if found[1].lower() == "and" else f"or {found[2]}"


def brackets(text: str) -> str:
    """What stands in brackets is set off by commas."""
    text = re.sub(r"\s*[(\[]([^)\]]*)[)\]](?=[.,!?;:])", r", \1", text)
    return re.sub(r"\s*[(\[]([^)\]]*)[)\]]", r", \1,", text).lstrip(", ")


def one_sentence(text: str) -> str:
    """Single spaces and an end that lets the voice come to rest."""
    text = " ".join(text.split())
    return (
        text if not text or text[-1] in ".!?" or text[-2:] in ('."', '!"', '?"') else f"{text.rstrip(',;:')}."
    )


def speakable(text: str, lexicon: Lexicon) -> str:
    """One written sentence or heading as it is to be spoken. Empty where nothing can be said."""
    steps: tuple[Callable[[str], str], ...] = (
        plain_marks,
        without_emoji,
        quiet_capitals,
        partial(lexicon_words, lexicon=lexicon),
        web_addresses,
        *spoken_numbers.RULES,
        slashes,
        brackets,
        one_sentence,
    )
    for step in steps:
        text = step(text)
    return text if any(sign.isalnum() for sign in text) else ""
