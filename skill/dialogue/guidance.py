"""Help, and kindness where something was not understood."""

from skill.dialogue.listening import where_we_are
from skill.dialogue.reply import Reply
from skill.dialogue.turn import Turn
from skill.prompts import say


def explain(turn: Turn) -> Reply:
    """What can be said; then back to the question."""
    return turn.reply(say("guidance.help"), ask=where_we_are(turn))


def not_understood(turn: Turn) -> Reply:
    """Something that no intent fits."""
    return turn.reply(say("guidance.not_understood"), ask=where_we_are(turn))


def stumbled(turn: Turn) -> Reply:
    """Our own fault: say so lightly, and go back to the question."""
    return turn.reply(say("guidance.stumbled"), ask=where_we_are(turn))
