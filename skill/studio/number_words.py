"""One number → its words, as a British speaker would say them."""

from decimal import Decimal

from num2words import num2words

NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
"""Pattern of figures that say_number takes."""
DIGIT_NAMES = ("oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
MOST_DIGITS = 7
"""A longer row of figures without commas is a code, and is read digit by digit."""


def say_number(figures: str) -> str:
    """The words of "1,200", "7" or "2.5"; "007" and long codes digit by digit."""
    whole = figures.partition(".")[0]
    if (len(whole) > MOST_DIGITS and "," not in whole) or (len(whole) > 1 and whole[0] == "0"):
        return " point ".join(say_digits(part) for part in figures.split("."))
    return _words(Decimal(figures.replace(",", "")))


def say_digits(figures: str) -> str:
    """ "0800" digit by digit; any other sign is passed over."""
    return " ".join(DIGIT_NAMES[int(digit)] for digit in figures if digit.isdigit())


def say_ordinal(number: int) -> str:
    """22 is twenty second."""
    return _words(number, "ordinal")


def say_year(year: int) -> str:
    """1984 is nineteen eighty four."""
    return _words(year, "year")


def plural(words: str) -> str:
    """ "twenty" is twenties, "six" sixes, "five" fives."""
    if words.endswith("y"):
        return f"{words[:-1]}ies"
    return f"{words}es" if words.endswith("x") else f"{words}s"


def _words(number: Decimal | int, to: str = "cardinal") -> str:
    words: str = num2words(number, to=to, lang="en_GB" if to == "cardinal" else "en")
    return words.replace("-", " ").replace(",", "")
