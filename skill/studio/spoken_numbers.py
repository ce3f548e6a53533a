"""Figures → words, as a British speaker would say them. Pure functions, text in and text out."""

import re
import unicodedata
from collections.abc import Callable

from skill.studio.number_words import NUMBER, plural, say_digits, say_number, say_ordinal
from skill.studio.spoken_measures import PORTIONS, UNIT, UNITS, measures, rates, singular, temperatures
from skill.studio.spoken_times import dates, times, years

EMERGENCY_NUMBERS = ("999", "111", "112", "101", "119")
CURRENCIES = {
    "£": ("pound", "pounds", "penny", "pence"),
    "$": ("dollar", "dollars", "cent", "cents"),
    "€": ("euro", "euros", "cent", "cents"),
}
SCALES = {"m": "million", "bn": "billion", "k": "thousand"}
FRACTION_NAMES = {2: "half", 3: "third", 4: "quarter", 5: "fifth", 6: "sixth", 8: "eighth"}
FRACTION_SIGNS = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
SIGNS = {
    r"(?<![\w.])\.(?=\d)": "0.",
    r"\bNo\.\s?(?=\d)|#(?=\d)": "number ",
    r"\bpp\.\s?(?=\d)": "pages ",
    r"\bp\.\s?(?=\d)": "page ",
    r"(?<![\w)])-(?=[£$€]?\d)": "minus ",
    r"[~≈]\s?(?=[£$€]?\d)": "about ",
    r"<\s?(?=[£$€]?\d)": "less than ",
    r">\s?(?=[£$€]?\d)": "more than ",
    r"≤\s?(?=[£$€]?\d)": "at most ",
    r"≥\s?(?=[£$€]?\d)": "at least ",
    r"\s?±\s?(?=\d)": " plus or minus ",
    r"(?<=\d)\s?\+\s?(?=\d)": " plus ",
    r"(?<=\d)\s?\+": " plus",
    r"\+(?=\d)": "plus ",
    r"\s?=\s?(?=\d)": " equals ",
    r"(?<=[\dm])\s?[x×]\s?(?=\d)": " by ",
    r"(?<=\d)\s?[x×](?=\s(?:a|per|each|more|as)\b|[.,;!?]|$)": " times",
}
"""Pattern → its words."""

_SCALE = r"(?:\s?(?P<scale>million|billion|thousand|m|bn|k)\b)?"


def set_phrases(text: str) -> str:
    """ "24/7" and "50/50" as people say them."""
    text = re.sub(r"\b24[/-]7(?:/365)?\b", "twenty four hours a day, seven days a week", text)
    return re.sub(r"\b50[/:-]50\b", "fifty fifty", text)


def phone_numbers(text: str) -> str:
    """ "0800 123 4567" digit by digit, in its groups; so are 999 and its like, but no other number."""

    def say(found: re.Match[str]) -> str:
        groups = re.findall(r"\d+", found[0].replace("(0)", ""))
        spoken = ", ".join("oh eight hundred" if group == "0800" else say_digits(group) for group in groups)
        return f"plus {spoken}" if found[0].startswith("+") else spoken

    # Abroad, with brackets or without; then the Samaritans and other 116 numbers.
    start = r"(?<![\w.,£$€+])"
    code = r"(?:\+\d{1,3}[\s-]?(?:\(0\)\s?)?\d{2,5}|\(0\d{2,4}\)|0\d{2,4})"
    text = re.sub(rf"{start}{code}(?=(?:[\s-]?\d){{4}})(?:[\s-]?\d{{2,7}}){{1,3}}\b", say, text)
    text = re.sub(rf"{start}116\s?(\d{{3}})\b", lambda found: f"one one six, {say_digits(found[1])}", text)
    # "Text the word to 85258".
    text = re.sub(r"(\b[Tt]ext\b[^.!?\d]*\b)(\d{5})\b", lambda found: found[1] + say_digits(found[2]), text)
    counted = r"\s(?!(?:always|unless|this|does)\b)(?:[a-z]{3,}s|people|children)\b"
    asked = r"(?:(?<=[Cc]all )|(?<=[Dd]ial )|(?<=[Rr]ing )|(?<=NHS )|(?<=N H S ))"
    emergency = "|".join(EMERGENCY_NUMBERS)
    return re.sub(
        rf"(?:{asked}(?:{emergency})|{start}(?:{emergency})(?!{counted}))\b(?![.,]?\d|%)",
        lambda found: say_digits(found[0]),
        text,
    )


def ranges(text: str) -> str:
    """ "2-3", "7.30-8pm", "£5-£10": with "to". A word with a hyphen and a row like 1-2-1 are left alone."""

    def say(found: re.Match[str]) -> str:
        sign, first = found["sign"], found["first"]
        # "five to ten pounds", but "five pounds fifty to six pounds".
        return f"{first} to {sign}" if first.isdigit() else f"{sign}{first} to {sign}"

    first = rf"(?P<first>(?:\d/\d|{NUMBER})(?::\d\d)?[{FRACTION_SIGNS}]?"
    unit = rf"(?:\s?[ap]\.?m\b\.?|st|nd|rd|th|%|p|k|bn|{UNIT})?)"
    row = r"\d[\d.,]*[-–]\d"
    return re.sub(
        rf"(?<![\w./£$€-])(?P<sign>[£$€]?){first}{unit}\s?[-–]\s?(?P=sign)?(?=[£$€]?\d)(?!{row})",
        say,
        text,
    )


def signs(text: str) -> str:
    """ "No. 5", "#1", "-5", "12+", "<5", "3x a day" and the like."""
    for pattern, words in SIGNS.items():
        text = re.sub(pattern, words, text)
    return text


def money(text: str) -> str:
    """ "£5.50" is five pounds fifty, "£2.5m" two point five million pounds, "50p" fifty pence."""

    def say(found: re.Match[str]) -> str:
        one, many, small_one, small = CURRENCIES[found["sign"]]
        figures, scale = found["figures"], found["scale"]
        if scale:
            return f"{say_number(figures)} {SCALES.get(scale, scale)} {many}"
        whole, _, part = figures.partition(".")
        name = one if whole == "1" else many
        if len(part) != 2:
            return f"{say_number(figures)} {name}"
        pounds = f"{say_number(whole)} {name}"
        if not int(part):
            return pounds
        cents = say_number(part.lstrip("0"))
        if whole == "0" or part[0] == "0":
            cents += f" {small_one if part == '01' else small}"
        return cents if whole == "0" else f"{pounds} {cents}"

    text = re.sub(rf"(?P<sign>[£$€])\s?(?P<figures>{NUMBER}){_SCALE}", say, text)
    return re.sub(
        r"(?<![\w.])(\d{1,3})p\b",
        lambda found: say_number(found[1]) + (" penny" if found[1] == "1" else " pence"),
        text,
    )


def scales(text: str) -> str:
    """ "10k" and "1.2bn"; a bare "5m" is five metres."""
    return re.sub(
        rf"(?<![\w.])({NUMBER})(k|bn)\b", lambda found: f"{say_number(found[1])} {SCALES[found[2]]}", text
    )


def fractions(text: str) -> str:
    """ "1½", "2/3" and "½ hour"; any other slash between figures is "out of" or "over"."""
    text = re.sub(
        f"[{FRACTION_SIGNS}]",
        lambda found: " " + unicodedata.normalize("NFKC", found[0]).replace("\u2044", "/"),
        text,
    )
    below = "|".join(map(str, FRACTION_NAMES))
    text = re.sub(
        rf"(?<![\w/.])(?:(?P<whole>\d\d?)\s+)?(?P<top>\d)/(?P<bottom>{below})(?![\d/]|\.\d)"
        rf"(?:[\s-]?(?P<unit>{UNIT}|{'|'.join(PORTIONS)})(?!\w)|(?P<a>\san?\s))?",
        _say_fraction,
        text,
    )
    return re.sub(
        r"(?<![\d/])(\d+)/(\d+)(?![\d/])",
        lambda found: f"{found[1]} {'out of' if int(found[1]) <= int(found[2]) else 'over'} {found[2]}",
        text,
    )


def _say_fraction(found: re.Match[str]) -> str:
    top, bottom, unit = int(found["top"]), int(found["bottom"]), found["unit"]
    if top >= bottom:
        return found[0]
    one = FRACTION_NAMES[bottom]
    part = (
        f"{'an' if bottom == 8 else 'a'} {one}" if top == 1 else f"{say_number(found['top'])} {plural(one)}"
    )
    if found["whole"]:
        name = UNITS.get(unit, unit) if unit else (found["a"] or "").strip()
        return f"{found['whole']} and {part} {name}".rstrip() + (" " if found["a"] else "")
    if not unit:
        return f"half{found['a']}" if found["a"] and part == "a half" else part + (found["a"] or "")
    name = singular(unit) if unit in UNITS else unit
    article = "an" if name in ("hour", "ounce") else "a"
    return f"half {article} {name}" if part == "a half" else f"{part} of {article} {name}"


def percentages(text: str) -> str:
    """ "50%" is fifty per cent."""
    return re.sub(r"(?<=\d)\s?%", " per cent", text)


def ordinals(text: str) -> str:
    """ "1st", "22nd"."""
    return re.sub(
        r"\b(\d[\d,]*)(?:st|nd|rd|th)\b", lambda found: say_ordinal(int(found[1].replace(",", ""))), text
    )


def plain_numbers(text: str) -> str:
    """Every number that is left; "20s" in the plural, "B12" and "3D" with a hyphen, "2:1" with "to"."""
    text = re.sub(r"(?<![\w.,'])'?(\d+)'?s\b", lambda found: plural(say_number(found[1])), text)
    text = re.sub(r"(?<=\d):(?=\d)", " to ", text)
    text = re.sub(r"(?<=[a-zA-Z])(?=\d)|(?<=\d)(?=[a-zA-Z])", "-", text)
    return re.sub(NUMBER, lambda found: say_number(found[0]), text)


RULES: tuple[Callable[[str], str], ...] = (
    set_phrases,
    phone_numbers,
    temperatures,
    dates,
    ranges,
    rates,
    signs,
    money,
    times,
    fractions,
    percentages,
    scales,
    measures,
    ordinals,
    years,
    plain_numbers,
)
"""In this order: each leaves figures for the next."""
