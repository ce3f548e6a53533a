"""Figures → words, as a British speaker would say them. Pure functions, text in and text out."""

import re
from collections.abc import Callable
from decimal import Decimal

from num2words import num2words

DIGIT_NAMES = ("oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
EMERGENCY_NUMBERS = ("999", "111", "112", "101", "119")
CURRENCIES = {"£": ("pound", "pounds"), "$": ("dollar", "dollars"), "€": ("euro", "euros")}
UNITS = {
    "kg": "kilograms",
    "g": "grams",
    "mg": "milligrams",
    "l": "litres",
    "ml": "millilitres",
    "cm": "centimetres",
    "mm": "millimetres",
    "km": "kilometres",
    "m": "metres",
    "°C": "degrees",
    "°F": "degrees Fahrenheit",
    "°": "degrees",
}
FRACTIONS = {"½": "a half", "¼": "a quarter", "¾": "three quarters", "⅓": "a third", "⅔": "two thirds"}

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"(?:\s?(?P<scale>million|billion|thousand|m|bn|k)\b)?"
_SCALES = {"m": "million", "bn": "billion", "k": "thousand"}
_UNIT = "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))


def say_number(figures: str) -> str:
    """The words of "1,200", "7" or "2.5"."""
    return _words(Decimal(figures.replace(",", "")))


def _words(number: Decimal | int, to: str = "cardinal") -> str:
    words: str = num2words(number, to=to, lang="en_GB" if to == "cardinal" else "en")
    return words.replace("-", " ").replace(",", "")


def _digits(figures: str) -> str:
    return " ".join(DIGIT_NAMES[int(digit)] for digit in figures if digit.isdigit())


def phone_numbers(text: str) -> str:
    """ "0800 123 4567" digit by digit, in its groups; so are 999 and its like, but no other number."""

    def say(found: re.Match[str]) -> str:
        groups = re.split(r"[\s-]+", found[0])
        return ", ".join("oh eight hundred" if group == "0800" else _digits(group) for group in groups)

    text = re.sub(r"(?<![\w.,£$€])0\d{2,4}(?:[\s-]\d{3,4}){1,3}\b|(?<![\w.,£$€])0\d{9,10}\b", say, text)
    emergency = "|".join(EMERGENCY_NUMBERS)
    return re.sub(rf"(?<![\w.,£$€])({emergency})\b(?![.,]?\d|%)", lambda found: _digits(found[0]), text)


def around_the_clock(text: str) -> str:
    """ "24/7" as people say it."""
    return re.sub(r"\b24/7\b", "twenty four hours a day, seven days a week", text)


def money(text: str) -> str:
    """ "£5.50" is five pounds fifty, "£2.5m" two point five million pounds, "50p" fifty pence."""

    def say(found: re.Match[str]) -> str:
        one, many = CURRENCIES[found["sign"]]
        figures, scale = found["figures"], found["scale"]
        if scale:
            return f"{say_number(figures)} {_SCALES.get(scale, scale)} {many}"
        whole, _, part = figures.partition(".")
        name = one if whole == "1" else many
        if len(part) != 2:
            return f"{say_number(figures)} {name}"
        return f"{say_number(whole)} {name}" + (f" {say_number(part)}" if int(part) else "")

    text = re.sub(rf"(?P<sign>[£$€])\s?(?P<figures>{_NUMBER}){_SCALE}", say, text)
    return re.sub(
        r"\b(\d{1,2})p\b",
        lambda found: say_number(found[1]) + (" penny" if found[1] == "1" else " pence"),
        text,
    )


def times(text: str) -> str:
    """ "7.30", "7:30pm" and "19:00" as times of day. Not "2.5", nor "1.50 kg", which measure something."""

    def say(found: re.Match[str]) -> str:
        hour, minute = int(found["hour"]), int(found["minute"] or 0)
        half = " ".join(found["half"].replace(".", "").lower()) if found["half"] else ""
        words = _words(hour) if hour else "midnight" if not minute else "zero"
        if minute:
            words += f" {'oh ' if minute < 10 else ''}{_words(minute)}"
        elif hour and not half:
            words += " o'clock" if hour <= 12 else " hundred hours"
        return f"{words} {half}".strip()

    hour, half = r"(?P<hour>[01]?\d|2[0-3])", r"\s?(?P<half>[ap]\.?m\b\.?)"
    unit = rf"(?!\d|[.:]\d|\s?(?:{_UNIT}|%|per cent)(?!\w))"
    text = re.sub(
        rf"(?<![\d.:£$€]){hour}[.:](?P<minute>[0-5]\d)(?:{half}|{unit})", say, text, flags=re.IGNORECASE
    )
    return re.sub(rf"(?<![\d.:£$€]){hour}(?P<minute>){half}", say, text, flags=re.IGNORECASE)


def ranges(text: str) -> str:
    """ "2-3" is two to three; a word with a hyphen, a date or a phone number is left alone."""
    return re.sub(rf"(?<![\w-])({_NUMBER})\s?[-–]\s?({_NUMBER})(?![\w-])", r"\1 to \2", text)


def percentages(text: str) -> str:
    """ "50%" is fifty per cent."""
    return re.sub(r"(?<=\d)\s?%", " per cent", text)


def measures(text: str) -> str:
    """ "38°C" and "10cm" with the unit's name; one of something is not plural."""

    def say(found: re.Match[str]) -> str:
        name = UNITS[found["unit"]]
        if found["figures"] == "1":
            name = re.sub(r"s\b", "", name, count=1)
        return f"{found['figures']} {name}"

    return re.sub(rf"(?<![\w.])(?P<figures>{_NUMBER})\s?(?P<unit>{_UNIT})(?!\w)", say, text)


def fractions(text: str) -> str:
    """ "1½" is one and a half; "1/2" and "3/4" too. Not dates, nor any other slash."""
    text = re.sub(r"(?<![\d/])1/2(?![\d/])", "½", text)
    text = re.sub(r"(?<![\d/])([13])/4(?![\d/])", lambda found: "¼" if found[1] == "1" else "¾", text)
    text = re.sub(r"(?<!\d)½ (?=an? )", "half ", text)
    for sign, words in FRACTIONS.items():
        text = re.sub(rf"(?<=\d)\s?{sign}", f" and {words}", text).replace(sign, words)
    return text


def ordinals(text: str) -> str:
    """ "1st", "22nd"."""
    return re.sub(r"\b(\d+)(?:st|nd|rd|th)\b", lambda found: _words(int(found[1]), "ordinal"), text)


def years(text: str) -> str:
    """A bare 1900 to 2099 is a year, "1990s" a decade; "1,950" is not."""

    def say(found: re.Match[str]) -> str:
        words = _words(int(found[1]), "year")
        if not found[2]:
            return words
        return f"{words[:-1]}ies" if words.endswith("y") else f"{words}s"

    return re.sub(r"(?<![\w.,£$€])((?:19|20)\d\d)('?s)?\b(?![.,]\d)", say, text)


def plain_numbers(text: str) -> str:
    """Every number that is left."""
    return re.sub(_NUMBER, lambda found: say_number(found[0]), text)


RULES: tuple[Callable[[str], str], ...] = (
    around_the_clock,
    phone_numbers,
    money,
    times,
    fractions,
    ranges,
    percentages,
    measures,
    ordinals,
    years,
    plain_numbers,
)
"""In this order: each leaves figures for the next."""
