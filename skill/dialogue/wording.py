"""Guides, parts and lengths as things to be said."""

from collections.abc import Iterable

from skill.dialogue.reading import is_tip
from skill.dialogue.reply import Ask, Pending
from skill.library import Guide, Library, Related
from skill.prompts import Listed, Say, Value, say

MINUTE = 60
DAY_NAMES = {
    "MO": "day.monday",
    "TU": "day.tuesday",
    "WE": "day.wednesday",
    "TH": "day.thursday",
    "FR": "day.friday",
    "SA": "day.saturday",
    "SU": "day.sunday",
}
NIGHT_ENDS, NOON, EVENING, NIGHT = 1, 12, 17, 21
"""Hours from which people say "in the morning", "in the afternoon", "in the evening", "at night"."""


def length(seconds: float) -> Say:
    """A listening time, to the nearest minute."""
    minutes = round(seconds / MINUTE)
    if minutes < 1:
        return say("length.short")
    return say("length.one") if minutes == 1 else say("length.many", minutes=minutes)


def part(guide: Guide, section: int) -> Say:
    """ "part two", or "the top tip"."""
    return say("part.tip") if is_tip(guide, section) else say("part.number", number=section + 1)


def parts(guide: Guide) -> Listed:
    """Every part with its heading."""
    headings = (section.heading for section in guide.sections)
    return Listed(
        tuple(
            say("part.named", number=number, heading=heading)
            for number, heading in enumerate(headings, start=1)
        )
    )


def guides(named: Iterable[Guide]) -> Listed:
    """The titles of those guides."""
    return Listed(tuple(guide.title for guide in named))


def related_length(related: Related) -> Say:
    """How long a related read takes, as far as its page says."""
    match related.read_minutes, related.video_minutes:
        case 0, 0:
            return say("read.unknown")
        case read, 0:
            return say("read.reading", read=read)
        case 0, video:
            return say("read.video", video=video)
        case read, video:
            return say("read.both", read=read, video=video)


def every(day: str, time: str) -> Say:
    """ "every Sunday at 8 in the evening"; the day as RFC 5545 has it, the time as HH:MM."""
    return say("reminder.every", day=say(DAY_NAMES[day]), time=time_of_day(time))


def time_of_day(time: str) -> Say:
    """ "8 in the evening", "8:30 in the evening"."""
    if time == "00:00":
        return say("time.midnight")
    if time == "12:00":
        return say("time.noon")
    hour, minute = map(int, time.split(":"))
    clock = f"{hour % NOON or NOON}:{minute:02}" if minute else str(hour % NOON or NOON)
    if hour < NIGHT_ENDS or hour >= NIGHT:
        return say("time.night", clock=clock)
    if hour < NOON:
        return say("time.morning", clock=clock)
    return say("time.afternoon" if hour < EVENING else "time.evening", clock=clock)


def question(ask: Ask, library: Library, pending: Pending | None = None) -> tuple[Say, Say]:
    """The question as it is asked, and as it is asked again after a silence."""
    # As its answers have it (answers.py): where no guide is named, the newest is meant.
    guide = library.guide(ask.guide) or library.guides[0]
    other = library.guide(ask.other) or guide
    reminder = pending or Pending()
    values: dict[str, Value] = {
        "day": say(DAY_NAMES[reminder.day]) if reminder.day else "",
        "time": time_of_day(reminder.time) if reminder.time else "",
        "guide": guide.title,
        "part": part(guide, ask.section),
        "other": other.title,
    }
    return Say(f"ask.{ask.question}.say", values), Say(f"ask.{ask.question}.again", values)
