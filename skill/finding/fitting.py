"""What can be heard in the time that a listener has."""

import re
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass

from skill.library import Guide

ISO_DURATION = re.compile(
    r"P(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)
"""As Alexa gives AMAZON.DURATION; years and months are no listening time."""
SECONDS = {"weeks": 604_800, "days": 86_400, "hours": 3_600, "minutes": 60, "seconds": 1}


@dataclass(frozen=True)
class Fitting:
    """A guide, or a part of it, and how long it takes."""

    guide: Guide
    section: int | None
    """Counted from 0; None: the whole guide."""
    seconds: float


def duration_seconds(duration: str) -> float | None:
    """An ISO 8601 duration ("PT5M") in seconds; None for anything else."""
    match = ISO_DURATION.fullmatch(duration)
    given = {unit: float(number) for unit, number in match.groupdict().items() if number} if match else {}
    return sum(number * SECONDS[unit] for unit, number in given.items()) if given else None


def best_fitting(guides: Sequence[Guide], seconds: float, heard: Container[str]) -> Fitting | None:
    """The longest guide that fits, one that she hasn't heard before one that she has; else such a part."""
    for kind in (_whole, _parts):
        fitting = [each for each in _all(guides, kind) if each.seconds <= seconds]
        if fitting:
            return max(fitting, key=lambda each: (each.guide.slug not in heard, each.seconds))
    return None


def shortest(guides: Sequence[Guide]) -> Fitting:
    """The shortest part of any guide."""
    return min(_all(guides, _parts), key=lambda each: each.seconds)


def _all(guides: Sequence[Guide], kind: Callable[[Guide], Iterator[Fitting]]) -> list[Fitting]:
    return [each for guide in guides for each in kind(guide)]


def _whole(guide: Guide) -> Iterator[Fitting]:
    yield Fitting(guide, None, guide.listening_seconds)


def _parts(guide: Guide) -> Iterator[Fitting]:
    for number, section in enumerate(guide.sections):
        yield Fitting(guide, number, sum(clip.seconds for passage in section.lead for clip in passage.clips))
