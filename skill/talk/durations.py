"""Lengths of time as they are said, and as Alexa passes them on (AMAZON.DURATION, ISO 8601)."""

from collections.abc import Iterator

from num2words import num2words

HIGHEST = 90
"""Of minutes, seconds or hours."""
PARTICULAR = (
    ("a minute", "PT1M"),
    ("a couple of minutes", "PT2M"),
    ("a quarter of an hour", "PT15M"),
    ("quarter of an hour", "PT15M"),
    ("half an hour", "PT30M"),
    ("half a minute", "PT30S"),
    ("three quarters of an hour", "PT45M"),
    ("an hour", "PT1H"),
    ("an hour and a half", "PT1H30M"),
)


def spoken_durations() -> Iterator[tuple[str, str]]:
    """Words and their duration: "five minutes" and "5 minutes" → PT5M."""
    yield from PARTICULAR
    for unit, sign in (("minute", "M"), ("second", "S"), ("hour", "H")):
        for number in range(1, HIGHEST + 1):
            units = unit if number == 1 else f"{unit}s"
            for spoken in (str(number), num2words(number).replace("-", " ")):
                yield f"{spoken} {units}", f"PT{number}{sign}"
