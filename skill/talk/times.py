"""Days and times as they are said, and as Alexa passes them on (AMAZON.DayOfWeek, AMAZON.TIME)."""

from collections.abc import Iterator

from num2words import num2words

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PARTICULAR = (
    ("noon", "12:00"),
    ("midday", "12:00"),
    ("midnight", "00:00"),
    ("morning", "MO"),
    ("afternoon", "AF"),
    ("evening", "EV"),
    ("night", "NI"),
)
MORNING = ("in the morning", "am", "a m", "oclock", "oclock in the morning", "")
LATER = ("in the afternoon", "in the evening", "at night", "pm", "p m", "oclock in the evening")
NOON = 12
QUARTER, HALF, THREE_QUARTERS = 15, 30, 45


def spoken_days() -> Iterator[tuple[str, str]]:
    """Words and their day: "sunday" and "sundays" → Sunday."""
    for day in DAYS:
        yield from ((day.lower(), day), (f"{day.lower()}s", day))


def spoken_times() -> Iterator[tuple[str, str]]:
    """Words and their time: "eight in the evening", "8 30 pm", "half past eight at night" → 20:00, 20:30.

    One that may be either is taken for the morning's: only Alexa knows better.
    """
    yield from PARTICULAR
    for hour in range(1, NOON + 1):
        for minute in (0, QUARTER, HALF, THREE_QUARTERS):
            for endings, later in ((MORNING, 0), (LATER, NOON)):
                time = f"{hour % NOON + later:02}:{minute:02}"
                for clock in _clocks(hour, minute):
                    yield from ((f"{clock} {ending}".strip(), time) for ending in endings)


def _clocks(hour: int, minute: int) -> Iterator[str]:
    for said in (str, _in_words):
        if not minute:
            yield said(hour)
            continue
        yield f"{said(hour)} {said(minute)}"
        if minute == THREE_QUARTERS:
            yield f"quarter to {said(hour % NOON + 1)}"
        else:
            yield f"{'half' if minute == HALF else 'quarter'} past {said(hour)}"


def _in_words(number: int) -> str:
    return str(num2words(number)).replace("-", " ")
