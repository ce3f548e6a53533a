"""Forgetting a listener: at her word, when she disables the skill, and where she takes a permission back."""

from dataclasses import replace

from skill.dialogue.listening import where_we_are
from skill.dialogue.reply import Ask, Question, Reply, StopStream
from skill.dialogue.services import ServiceError, Trouble
from skill.dialogue.turn import Turn
from skill.prompts import say
from skill.store.contract import StoreError

REMINDERS = "alexa::alerts:reminders:skill:readwrite"
"""The permission without which Alexa keeps no reminder for her."""


def ask_first(turn: Turn) -> Reply:
    """ "Forget me": it cannot be undone, so she is asked once."""
    return turn.reply(say("forgetting.what_is_kept"), ask=Ask(Question.FORGET))


def forget(turn: Turn) -> Reply:
    """Yes: her reminder and all that is kept of her go; the session closes, and nothing is noted any more."""
    reminder_gone = _delete_reminder(turn)
    if not turn.memory.forget():
        return Reply((say("forgetting.failed"),))
    left = () if reminder_gone else (say("forgetting.reminder_left"),)
    # What still plays would report where it stopped, and so be remembered.
    return Reply((say("forgetting.done"), *left), directives=(StopStream(),) if turn.playing else ())


def rather_not(turn: Turn) -> Reply:
    """No: everything stays, and she goes on where she was."""
    before = replace(turn, session=replace(turn.session, ask=None))
    return turn.reply(say("forgetting.kept"), ask=where_we_are(before))


def skill_disabled(turn: Turn) -> Reply:
    """She has disabled the skill. Raises StoreError, unacknowledged, so that Alexa sends the event again."""
    if not turn.memory.forget():
        raise StoreError("a listener who disabled the skill could not be forgotten; check the store")
    return Reply()


def permissions_changed(turn: Turn) -> Reply:
    """Without the permission there is no reminder of hers any more."""
    if turn.granted is not None and REMINDERS not in turn.granted and turn.memory.listener.reminder:
        turn.memory.keep_reminder(None)
    return Reply()


def _delete_reminder(turn: Turn) -> bool:
    """Whether Alexa holds no reminder for her any more."""
    reminder = turn.memory.listener.reminder
    if not reminder:
        return True
    if not turn.services:
        return False
    try:
        turn.services.delete_reminder(reminder.token)
    except ServiceError as error:
        return error.trouble is Trouble.GONE
    return True
