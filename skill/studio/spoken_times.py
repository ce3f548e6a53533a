"""Times of day, days, dates and years → words, as a British speaker would say them. Pure functions."""

import re

from skill.studio.number_words import plural, say_number, say_ordinal, say_year
from skill.studio.spoken_measures import MEASURED

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MOST_DAYS = 31

_MONTH = "|".join([*MONTHS, "Sept", *(month[:3] for month in MONTHS)])
_WEEKDAY = "|".join([*WEEKDAYS, "Tues", "Weds", "Thurs?", *(day[:3] for day in WEEKDAYS)])
_ORDINAL = "(?:st|nd|rd|th)"
_HOUR = r"(?<![\w.:£$€])(?P<hour>[01]?\d|2[0-3])"
_HALF = r"\s?(?P<half>[ap])\.?m\b\.?"


def times(text: str) -> str:
    """ "7.30", "7:30pm" and "19:00" as times of day. Not "2.5", nor "1.50 kg", which measure something."""
    no_measure = rf"(?!\d|[.:]\d|\s?(?:{MEASURED}|%)(?!\w))"
    exact = rf"{_HOUR}(?:(?<!\b0)\.|:)(?P<minute>[0-5]\d)(?:{_HALF}|{no_measure})"
    text = re.sub(exact, _say_time, text, flags=re.IGNORECASE)
    return re.sub(rf"{_HOUR}(?P<minute>){_HALF}", _say_time, text, flags=re.IGNORECASE)


def _say_time(found: re.Match[str]) -> str:
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = (found["half"] or "").lower()
    if hour == 0 and minute == 0:
        return "midnight"
    if hour == 0 or hour > 12:
        hour, half = (hour - 12, "p") if hour else (12, "a")
    words = say_number(str(hour))
    if minute:
        words += f" {'oh ' if minute < 10 else ''}{say_number(str(minute))}"
    elif not half:
        words += " o'clock"
    return f"{words} {half}.m." if half else words


def days(text: str) -> str:
    """ "Mon-Fri" is Monday to Friday."""
    full = {day[:3]: day for day in WEEKDAYS}
    return re.sub(
        rf"\b({_WEEKDAY})\s?[-–]\s?({_WEEKDAY})\b",
        lambda found: f"{full[found[1][:3]]} to {full[found[2][:3]]}",
        text,
    )


def dates(text: str) -> str:
    """ "5 May", "May 5th", "3/4/2024" and "2024-04-03", the day before the month; the year stays."""
    number = r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
    text = re.sub(rf"(?<![\w./-]){number}(?![\w/-])", _say_numeric_date, text)
    number = r"(?P<day>\d{1,2})(?P<sign>[./-])(?P<month>\d{1,2})(?P=sign)(?P<year>\d{4}|\d\d)"
    text = re.sub(rf"(?:\b[Tt]he\s)?(?<![\w./-]){number}(?![\w/-]|\.\d)", _say_numeric_date, text)
    text = re.sub(
        rf"(?P<the>\b[Tt]he\s)?(?<![\w.,£/:-])(?:(?P<first>\d\d?){_ORDINAL}?\s?(?P<link>-|–|to|and)\s?)?"
        rf"(?P<day>\d\d?){_ORDINAL}?(?:\sof)?\s(?P<month>{_MONTH})\b",
        _say_date,
        text,
    )
    return re.sub(
        rf"\b(?P<month>{_MONTH})\s(?P<day>\d\d?)(?:{_ORDINAL}\b|(?=,?\s\d{{4}}\b))",
        lambda found: f"{_full(found['month'])} the {say_ordinal(int(found['day']))}",
        text,
    )


def _say_numeric_date(found: re.Match[str]) -> str:
    day, month, year = int(found["day"]), int(found["month"]), found["year"]
    if not (1 <= day <= MOST_DAYS and 1 <= month <= len(MONTHS)):
        return found[0]
    return f"the {say_ordinal(day)} of {MONTHS[month - 1]} {'20' if len(year) == 2 else ''}{year}"


def _say_date(found: re.Match[str]) -> str:
    day = int(found["day"])
    if not 1 <= day <= MOST_DAYS:
        return found[0]
    words = found["the"] or "the "
    if found["first"]:
        link = found["link"] if found["link"].isalpha() else "to"
        words += f"{say_ordinal(int(found['first']))} {link} the "
    return f"{words}{say_ordinal(day)} of {_full(found['month'])}"


def _full(month: str) -> str:
    return next(name for name in MONTHS if name.startswith(month[:3]))


def years(text: str) -> str:
    """A bare 1900 to 2099 is a year, "1990s" a decade; "1,950" is not."""

    def say(found: re.Match[str]) -> str:
        words = say_year(int(found[1]))
        return plural(words) if found[2] else words

    return re.sub(r"(?<![\w.,£$€])((?:19|20)\d\d)('?s)?\b(?![.,]\d)", say, text)
