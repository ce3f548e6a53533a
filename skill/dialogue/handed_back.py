"""What Alexa hands back of a conversation, as far as it still holds: guides and parts may have gone. Pure."""

from dataclasses import replace
from math import isfinite

from skill.bookmark import Bookmark
from skill.dialogue import weekly
from skill.dialogue.reply import Ask, Pending
from skill.dialogue.turn import Session
from skill.dialogue.whole_guide import same_clip, track_at
from skill.library import Library


def still_true(session: Session, library: Library) -> Session:
    """The session without a question, a place or a reminder that nothing could be made of."""
    return replace(
        session,
        ask=_ask(session.ask, library),
        place=_place(session.place, library),
        reminder=_reminder(session.reminder, library),
    )


def _ask(ask: Ask | None, library: Library) -> Ask | None:
    """A question about nothing in particular names no guide."""
    if not ask or not ask.guide:
        return ask
    guide = library.guide(ask.guide)
    return ask if guide and 0 <= ask.section <= len(guide.sections) else None


def _place(place: Bookmark | None, library: Library) -> Bookmark | None:
    guide = library.guide(place.guide) if place else None
    if not place or not guide:
        return None
    here = track_at(guide, place).place
    return place if same_clip(here, place) and isfinite(place.offset) else here


def _reminder(pending: Pending | None, library: Library) -> Pending | None:
    return pending and replace(
        pending,
        day=weekly.day_meant(pending.day),
        time=weekly.time_meant(pending.time),
        zone=pending.zone if weekly.is_zone(pending.zone) else "",
        after=_ask(pending.after, library),
    )
