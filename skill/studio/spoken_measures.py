"""Figures with a unit → words. Pure functions, text in and text out."""

import re

from skill.studio.number_words import NUMBER, say_number

UNITS = {
    "kg": "kilograms",
    "g": "grams",
    "mg": "milligrams",
    "mcg": "micrograms",
    "µg": "micrograms",
    "lb": "pounds",
    "lbs": "pounds",
    "oz": "ounces",
    "l": "litres",
    "ml": "millilitres",
    "tsp": "teaspoons",
    "tbsp": "tablespoons",
    "cm": "centimetres",
    "mm": "millimetres",
    "km": "kilometres",
    "m": "metres",
    "ft": "feet",
    "mph": "miles an hour",
    "kcal": "calories",
    "secs": "seconds",
    "sec": "seconds",
    "mins": "minutes",
    "min": "minutes",
    "hrs": "hours",
    "hr": "hour",  # as in "24hr"
    "h": "hours",
    "wks": "weeks",
    "wk": "weeks",
    "mths": "months",
    "mth": "months",
    "yrs": "years",
    "yr": "years",
    "°C": "degrees",
    "°F": "degrees Fahrenheit",
    "°": "degrees",
}
AGES = ("wk", "mth", "yr")
"""Said as one before "old": "a 3 yr old"."""
PORTIONS = ("hour", "cup", "pint", "mile", "litre", "teaspoon", "tablespoon")
"""What there can be a fraction of."""
PEOPLE = ("people", "children", "babies", "parents", "families", "mothers", "fathers", "women", "men")
TIMES_IN = ("second", "minute", "hour", "day", "night", "week", "month", "year", "session", "person", "child")
"""What something can be counted in, as in "£10/month"."""

UNIT = "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))
MEASURED = "|".join(
    [UNIT, *UNITS.values(), *PEOPLE, "hundred", "thousand", "million", "billion", "times", "per", "hours?",
     "days", "pints", "miles", "cups", "metres?"]
)  # fmt: skip
"""Pattern of what can follow a number that measures or counts, so that "1.50" is no time of day."""


def singular(unit: str) -> str:
    """The name of one of that unit: "kilogram" for "kg"."""
    name = UNITS[unit]
    return "foot" if name == "feet" else re.sub(r"s\b", "", name, count=1)


def temperatures(text: str) -> str:
    """ "38C", "38° C" and "38ºC" as "38°C"."""
    return re.sub(r"(?<=\d)(?:\s?°\s?(?=[CF]\b)|(?=C\b))", "°", text)


def rates(text: str) -> str:
    """ "£10/month" and "5mg/kg" with "per"."""
    per = "|".join([*TIMES_IN, UNIT])

    def say(found: re.Match[str]) -> str:
        name = found["per"]
        return f"{found['counted']} per {singular(name) if name in UNITS else name}"

    return re.sub(rf"(?<=\d)(?P<counted>\s?(?:{UNIT}|p|k|m|x)?)/(?P<per>{per})\b", say, text)


def measures(text: str) -> str:
    """ "38°C", "10cm", "2-hr" and "3 yr old" with the unit's name; one of something is not plural."""

    def say(found: re.Match[str]) -> str:
        one = found["figures"] == "1" or found["gap"] == "-" or (found["unit"] in AGES and found["old"])
        name = singular(found["unit"]) if one else UNITS[found["unit"]]
        return f"{say_number(found['figures'])}{found['gap'].strip() or ' '}{name}{found['old'] or ''}"

    crowd = rf"(?<![\w.])({NUMBER})m(?=\s(?:{'|'.join(PEOPLE)})\b)"
    text = re.sub(crowd, r"\1 million", text)
    counted = rf"(?<![\w.])(?P<figures>{NUMBER})(?P<gap>[\s-]?)(?P<unit>{UNIT})(?!\w)"
    return re.sub(rf"{counted}(?P<old>[\s-]old\b)?", say, text)
