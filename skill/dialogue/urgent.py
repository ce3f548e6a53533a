"""When she needs somebody, and not a guide."""

from dataclasses import replace

from skill.dialogue import playback
from skill.dialogue.reply import Reply
from skill.dialogue.turn import Turn
from skill.prompts import say


def somebody(turn: Turn) -> Reply:
    """Who can help, and nothing else: no question, no guide on offer, and whatever plays is stopped."""
    return replace(playback.stop(turn), speech=(say("urgent.help"),))
