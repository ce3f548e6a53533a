"""Written text → what a voice is given to say: small pure functions, run in order."""

import re
import unicodedata
from collections.abc import Callable
from functools import partial

from skill.studio import spoken_numbers, spoken_times
from skill.studio.lexicon import Lexicon

LONG_WORD = 5
"""Letters of a word in capitals that is shouted, and no abbreviation."""
HALVES = ("am", "pm", "a", "p")
"""Of the day, after its hours: "11 - 2 pm" is a range."""
TOP_LEVELS = "org|com|net|uk|info|scot|wales|eu"
"""What a web address without www ends in."""
_PLAIN_MARKS = str.maketrans({
    "’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "‐": "-", "‑": "-", "−": "-", "\u00a0": " ",
    "\u2044": "/", "º": "°", "℃": "°C", "℉": "°F",
})  # fmt: skip
_PICTURES = ("So", "Sk", "Cs", "Co", "Cn", "Cf")
"""Unicode categories of emoji, their skin tones and joiners, and signs without a name of their own."""
_KEPT_SIGNS = "°`^"
_JOINERS = "\ufe0f\u20e3"
"""What else holds an emoji's parts together."""
_DESCENT = re.compile(r"(?<![\w.,:/£$€-])(\d{1,2})\s+[–-]\s+(\d{1,2})(?=\s+([a-z]+))")
"""Two small numbers around a spaced dash, and the word that follows."""
_CONSONANTS = set("BCDFGHJKLMNPQRSTVWXZ")


def plain_marks(text: str) -> str:
    """Straight quotes, plain spaces; a dash between clauses becomes a comma's pause, between figures none.

    Between figures that go down, a spaced dash is between clauses: "up at 5 - 3 of us were tired".
    """
    text = _DESCENT.sub(_two_clauses, text.translate(_PLAIN_MARKS))
    text = re.sub(r"((?:\d|\d\s?[ap]\.?m\.?|[%½]))\s+[–-]\s+(?=[£$€]?\d)", r"\1–", text)
    return re.sub(r"\s+[–—-]+\s+|—|\s+→\s+", ", ", text)


def _two_clauses(found: re.Match[str]) -> str:
    goes_down = int(found[1]) > int(found[2]) and found[3] not in HALVES
    return f"{found[1]}, {found[2]}" if goes_down else found[0]


def without_emoji(text: str) -> str:
    """Pictures and smileys dropped, as a person reading aloud would; the sentence around them stays."""
    kept = "".join(sign for sign in text if sign in _KEPT_SIGNS or not _is_picture(sign))
    kept = re.sub(r"(?<!\S)[:;]-?[()DP](?!\w)|^\s*[•*-]\s+", "", kept)
    return re.sub(r"\s+([.,!?])(?!\d)", r"\1", kept)


def _is_picture(sign: str) -> bool:
    return unicodedata.category(sign) in _PICTURES or sign in _JOINERS


def quiet_capitals(text: str, lexicon: Lexicon) -> str:
    """Words in capitals become small, all in a heading, else the long ones; abbreviations stay.

    An abbreviation is what the lexicon lists, or has no vowel. "I" stays, too.
    """
    letters = [sign for sign in text if sign.isalpha()]
    heading = len(text.split()) > 1 and all(letter.isupper() for letter in letters)

    def say(found: re.Match[str]) -> str:
        word = found[0]
        if not word.isupper() or word == "I" or word in lexicon or set(word) <= _CONSONANTS:
            return word
        return word.lower() if heading or len(word) >= LONG_WORD else word

    quiet = re.sub(r"[^\W\d_]+(?:['&][^\W\d_]+)*", say, text)
    return quiet[:1].upper() + quiet[1:] if heading else quiet


def lexicon_words(text: str, lexicon: Lexicon) -> str:
    """What `content/lexicon.toml` lists, as whole words, the longest first; also where it begins the text."""
    if not lexicon:
        return text

    def say(found: re.Match[str]) -> str:
        written = found[0]
        begins = not any(sign.isalnum() for sign in text[: found.start()])
        if written not in lexicon and not begins:
            return written
        spoken = lexicon.get(written) or lexicon.get(written[0].lower() + written[1:], written)
        if written not in lexicon:
            spoken = spoken[:1].upper() + spoken[1:]
        # An abbreviation's stop is also the sentence's when nothing follows.
        return f"{spoken}." if written.endswith(".") and found.end() == len(text) else spoken

    longest_first = sorted(lexicon, key=len, reverse=True)
    forms = [re.escape(form) for word in longest_first for form in (word, word[:1].upper() + word[1:])]
    return re.sub(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", say, text)


def web_addresses(text: str) -> str:
    """ "www.example.org/help" is "example dot org slash help"; an e-mail address gets its "at"."""

    def say(found: re.Match[str]) -> str:
        name = re.sub(r"^(https?://)?(www\.)?|[?#].*|/$", "", found[0])
        for sign, word in (("@", "at"), (".", "dot"), ("/", "slash"), ("-", "dash"), ("_", "underscore")):
            name = name.replace(sign, f" {word} ")
        return name

    path = r"(?:[/?#][\w./?#=&%+-]*[\w/])?"
    return re.sub(
        rf"(?:https?://|www\.)[\w.-]*\w{path}|\b[\w.-]+@[\w-]+\.[\w.-]*\w"
        rf"|\b[\w-]+(?:\.[\w-]+)*\.(?:{TOP_LEVELS})\b{path}",
        say,
        text,
    )


def slashes(text: str) -> str:
    """ "mum/dad" is "mum or dad", "and/or" is "and or"."""
    text = re.sub(r"\b(and|either)/or\b", r"\1 or", text, flags=re.IGNORECASE)
    return re.sub(r"(?<=[a-zA-Z])/(?=[a-zA-Z])", " or ", text)


def brackets(text: str) -> str:
    """What stands in brackets is set off by commas; "parent(s)" is parents."""

    def say(found: re.Match[str]) -> str:
        inner = found[1].strip(" ,")
        return f", {inner}" if inner[-1:] in ".!?" else f", {inner},"

    text = re.sub(r"(?<=\w)\((s|es|ren)\)", r"\1", text)
    text = re.sub(r"\s*[(\[]([^()[\]]*)[)\]]", say, text)
    text = re.sub(r"[()[\]]", "", text)
    return re.sub(r"(?:,\s*)+(?=[.,!?;:])", "", text).lstrip(", ")


def one_sentence(text: str) -> str:
    """Single spaces and an end that lets the voice come to rest."""
    text = " ".join(re.sub(r"(?<=\w),(?=\w)", ", ", text).split())
    ended = text.rstrip("\"'")[-1:] in (".", "!", "?")
    return text if not text or ended else f"{text.rstrip(' ,;:–-')}."


def speakable(text: str, lexicon: Lexicon) -> str:
    """One written sentence or heading as it is to be spoken. Empty where nothing can be said."""
    steps: tuple[Callable[[str], str], ...] = (
        spoken_times.days,
        plain_marks,
        without_emoji,
        partial(quiet_capitals, lexicon=lexicon),
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
