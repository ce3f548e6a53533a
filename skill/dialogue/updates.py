"""Being told of new guides: Alexa's notifications, which a listener allows in the Alexa app."""

from dataclasses import replace

from skill.dialogue.listening import where_we_are
from skill.dialogue.reply import Reply
from skill.dialogue.turn import Turn
from skill.prompts import say

NOTIFICATIONS = "alexa::devices:all:notifications:write"
"""The permission without which Alexa tells her of nothing new."""


def keep_up_to_date(turn: Turn) -> Reply:
    """ "Keep me up to date": a card that asks for the permission, which cannot be given by voice."""
    told = turn.reply(say("updates.card_sent"), ask=where_we_are(turn))
    return replace(told, consent=(NOTIFICATIONS,))
