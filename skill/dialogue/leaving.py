"""Any way of leaving is a bookmark."""

from skill.bookmark import Bookmark
from skill.dialogue.reply import Reply
from skill.dialogue.turn import Turn
from skill.prompts import say


def stop(turn: Turn) -> Reply:
    """Leave; what she was hearing is where she will be offered to carry on."""
    return goodbye(turn, turn.stopped_at)


def enough(turn: Turn) -> Reply:
    """No to "Shall I carry on?": the portion before the question was heard."""
    return goodbye(turn, turn.portion.next if turn.portion else None)


def session_ended(turn: Turn) -> Reply:
    """Nothing can be said any more."""
    turn.memory.keep_bookmark(turn.stopped_at)
    return turn.reply()


def goodbye(turn: Turn, place: Bookmark | None) -> Reply:
    """Leave, keeping that place."""
    turn.memory.keep_bookmark(place)
    kept = turn.memory.kept() and place is not None
    return Reply((say("leaving.place_kept" if kept else "leaving.goodbye"),))
