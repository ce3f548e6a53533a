"""One turn from its topic to what is kept of it."""

from skill.dialogue.reading import is_tip
from skill.dialogue.reply import Reply
from skill.dialogue.routes import Topic
from skill.dialogue.turn import Session, Turn


def converse(topic: Topic, turn: Turn) -> tuple[Reply, Session]:
    """The reply, and what the session is to remember."""
    reply = topic(turn)
    if reply.reads_on:
        _bookmark_reading(turn, reply)
    elif reply.ask and turn.session.reading_since:
        # An aside has broken into a reading: its place is known now, and not later.
        turn.memory.keep_bookmark(turn.stopped_at)
    return reply, Session(reply.ask, reply.place, turn.now.timestamp() if reply.reads_on else 0.0)


def _bookmark_reading(turn: Turn, reply: Reply) -> None:
    place = reply.place
    guide = turn.library.guide(place.guide) if place else None
    finished = not place or not guide or is_tip(guide, place.section)
    turn.memory.keep_bookmark(None if finished else place)
