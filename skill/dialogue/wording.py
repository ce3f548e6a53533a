"""Guides, parts and lengths as things to be said."""

from collections.abc import Iterable

from skill.dialogue.reading import is_tip
from skill.dialogue.reply import Ask
from skill.library import Guide, Library, Related
from skill.prompts import Listed, Say, Value, say

MINUTE = 60


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


def question(ask: Ask, library: Library) -> tuple[Say, Say]:
    """The question as it is asked, and as it is asked again after a silence."""
    guide = library.guide(ask.guide)
    values: dict[str, Value] = {}
    if guide:
        other = library.guide(ask.other) or guide
        values = {"guide": guide.title, "part": part(guide, ask.section), "other": other.title}
    return Say(f"ask.{ask.question}.say", values), Say(f"ask.{ask.question}.again", values)
