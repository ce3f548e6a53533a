"""One turn from its topic to what is kept of it."""

from dataclasses import replace

from skill.dialogue.playback import stream_meant
from skill.dialogue.reading import is_tip
from skill.dialogue.reply import Pending, Question, Reply, StopStream
from skill.dialogue.routes import Topic
from skill.dialogue.screen import screen
from skill.dialogue.turn import Session, Turn

OF_A_REMINDER = (
    Question.OFFER_REMINDER,
    Question.WHICH_DAY,
    Question.WHICH_TIME,
    Question.SET_REMINDER,
    Question.CHANGE_REMINDER,
)


def converse(topic: Topic, turn: Turn) -> tuple[Reply, Session]:
    """The reply, and what the session is to remember."""
    reply = topic(turn)
    if reply.reads_on:
        _bookmark_reading(turn, reply)
    elif reply.ask and turn.session.reading_since:
        # An aside has broken into a reading: its place is known now, and not later.
        turn.memory.keep_bookmark(turn.stopped_at)
    wish = turn.session.soft if reply.soft is None else reply.soft
    reply = replace(reply, reminder=reply.reminder or _still_talked_about(turn, reply))
    since = turn.now.timestamp() if reply.reads_on else 0.0
    kept = Session(reply.ask, reply.place, since, wish, reply.reminder)
    soft = turn.soft if reply.soft is None else reply.soft
    # A stream that this conversation broke into would play on after it, from another place.
    over = (StopStream(),) if reply.reads_on and stream_meant(turn) else ()
    directives = (*reply.directives, *over)
    return replace(reply, soft=soft, screen=screen(turn, reply), directives=directives), kept


def _still_talked_about(turn: Turn, reply: Reply) -> Pending | None:
    """The reminder, after an aside that goes back to a question of it."""
    return turn.session.reminder if reply.ask and reply.ask.question in OF_A_REMINDER else None


def _bookmark_reading(turn: Turn, reply: Reply) -> None:
    place = reply.place
    guide = turn.library.guide(place.guide) if place else None
    finished = not place or not guide or is_tip(guide, place.section)
    turn.memory.keep_bookmark(None if finished else place)
