"""A weekly reminder to listen: offered, talked over, read back, set, told, changed and cancelled."""

from dataclasses import replace
from datetime import timedelta

from skill.dialogue import weekly, wording
from skill.dialogue.forgetting import REMINDERS
from skill.dialogue.listening import where_we_are
from skill.dialogue.reply import Ask, AskPermission, Pending, Question, Reply
from skill.dialogue.services import ServiceError, Trouble, WeeklyReminder
from skill.dialogue.turn import Turn
from skill.prompts import Say, say
from skill.store.contract import Reminder

OFFER_AFTER = timedelta(days=7)
"""The least time between two offers (Alexa's guidelines for reminders)."""
REQUEST_DONE = "200"
"""Code of a request to Alexa that she has carried out, whatever the listener said to it."""
TROUBLES = {
    Trouble.NOT_ALLOWED: "reminder.trouble_not_allowed",
    Trouble.TOO_MANY: "reminder.trouble_too_many",
    Trouble.DEVICE: "reminder.trouble_device",
    Trouble.BUSY: "reminder.trouble_busy",
    Trouble.SLOW: "reminder.trouble_slow",
    Trouble.DOWN: "reminder.trouble_down",
    Trouble.GONE: "reminder.trouble_gone",
    Trouble.UNKNOWN: "reminder.trouble_unknown",
}
WITHOUT_ZONE = (Trouble.DEVICE, Trouble.BUSY, Trouble.DOWN)
"""Troubles whose sentences are true of the time zone too."""


def offered(turn: Turn, reply: Reply) -> Reply:
    """The reply with the offer of a reminder before its question, where one is due."""
    held, last = turn.memory.listener.reminder, turn.memory.listener.reminder_offered
    due = turn.services and not held and (not last or turn.now - last >= OFFER_AFTER)
    # What cannot be noted is not offered: it would be offered each time.
    if not due or not turn.memory.note_offer():
        return reply
    return replace(reply, ask=Ask(Question.OFFER_REMINDER), reminder=Pending(after=reply.ask))


def remind(turn: Turn) -> Reply:
    """ "Remind me", with a day and a time or without; or a day, or a time, that was asked for."""
    held = turn.memory.listener.reminder
    if held and (turn.session.reminder or turn.slots):
        return change(turn)
    if held:
        told = say("reminder.held", every=wording.every(held.day, held.time))
        return _asking(turn, Question.CHANGE_REMINDER, _said(turn), told)
    return _next_step(turn, _said(turn))


def change(turn: Turn) -> Reply:
    """ "Change my reminder": what she does not name stays as it was."""
    held, pending = turn.memory.listener.reminder, _said(turn)
    if not held:
        return _next_step(turn, pending, say("reminder.none"))
    if pending.day or pending.time:
        pending = replace(pending, day=pending.day or held.day, time=pending.time or held.time)
    return _next_step(turn, pending)


def when(turn: Turn) -> Reply:
    """ "When is my reminder?" """
    held = turn.memory.listener.reminder
    if not held:
        return turn.reply(say("reminder.none"), ask=where_we_are(turn))
    try:
        if turn.services:
            turn.services.check_reminder(held.token)
    except ServiceError as error:
        if error.trouble is Trouble.GONE:
            turn.memory.keep_reminder(None)
            return turn.reply(say(TROUBLES[Trouble.GONE]), ask=where_we_are(turn))
    return turn.reply(say("reminder.when", every=wording.every(held.day, held.time)), ask=where_we_are(turn))


def cancel(turn: Turn) -> Reply:
    """ "Cancel my reminder"."""
    held = turn.memory.listener.reminder
    if not held:
        return _over(turn, say("reminder.none"))
    if not turn.services:
        return _over(turn, say(TROUBLES[Trouble.DEVICE]))
    try:
        turn.services.delete_reminder(held.token)
    except ServiceError as error:
        if error.trouble is Trouble.GONE:
            turn.memory.keep_reminder(None)
        return _over(turn, say(TROUBLES[error.trouble]))
    turn.memory.keep_reminder(None)
    return _over(turn, say("reminder.cancelled"))


def rather_not(turn: Turn) -> Reply:
    """No: nothing is set or changed."""
    return _over(turn, say("answers.fine"))


def set_it(turn: Turn) -> Reply:
    """Yes to what was read back."""
    return _set(turn, turn.session.reminder or Pending())


def permission_answered(turn: Turn) -> Reply:
    """What she said to Alexa's own question for the permission."""
    connection = turn.connection
    if not connection or connection.code != REQUEST_DONE:
        return replace(_over(turn, say("reminder.permission_failed")), consent=(REMINDERS,))
    if connection.status == "ACCEPTED":
        return _set(turn, turn.session.reminder or _from_token(connection.token))
    # She has said no, or nothing: that counts as an offer, too.
    turn.memory.note_offer()
    if connection.status == "DENIED":
        return _over(turn, say("reminder.permission_denied"))
    return replace(_over(turn, say("reminder.permission_unanswered")), consent=(REMINDERS,))


def _said(turn: Turn) -> Pending:
    """What is talked about, with the day and the time that she has just said."""
    before = turn.session.reminder or Pending(after=turn.session.ask)
    day = weekly.day_meant(turn.slots["day"].spoken) if "day" in turn.slots else ""
    time = weekly.time_meant(turn.slots["time"].spoken) if "time" in turn.slots else ""
    return replace(before, day=day or before.day, time=time or before.time)


def _next_step(turn: Turn, pending: Pending, *told: Say) -> Reply:
    """The question for what is still missing; the reading back where nothing is."""
    if not turn.services:
        return _over(turn, say(TROUBLES[Trouble.DEVICE]))
    if not pending.day:
        return _asking(turn, Question.WHICH_DAY, pending, *told)
    if not pending.time:
        return _asking(turn, Question.WHICH_TIME, pending, *told)
    try:
        zone = pending.zone or turn.services.time_zone()
    except ServiceError as error:
        known = error.trouble in WITHOUT_ZONE
        return _over(turn, say(TROUBLES[error.trouble] if known else "reminder.no_time_zone"))
    return _asking(turn, Question.SET_REMINDER, replace(pending, zone=zone), *told)


def _set(turn: Turn, pending: Pending) -> Reply:
    services, held = turn.services, turn.memory.listener.reminder
    if not services or not (pending.day and pending.time and pending.zone):
        return _next_step(turn, pending)
    start = weekly.first_start(pending.day, pending.time, pending.zone, turn.now)
    wanted = WeeklyReminder(
        pending.day, pending.time, pending.zone, start, say("reminder.alexa_says"), turn.locale
    )
    try:
        if held:
            services.update_reminder(held.token, wanted)
        token = held.token if held else services.create_reminder(wanted)
    except ServiceError as error:
        return _not_set(turn, pending, error.trouble)
    kept = turn.memory.keep_reminder(Reminder(token, pending.day, pending.time, pending.zone))
    every = wording.every(pending.day, pending.time)
    return _over(turn, say("reminder.set" if kept else "reminder.set_not_noted", every=every))


def _not_set(turn: Turn, pending: Pending, trouble: Trouble) -> Reply:
    if trouble is Trouble.NOT_ALLOWED and not pending.permission_asked:
        asking = AskPermission(REMINDERS, _as_token(pending))
        asked = replace(pending, permission_asked=True)
        return replace(turn.reply(), directives=(asking,), reminder=asked)
    if trouble is Trouble.GONE:
        turn.memory.keep_reminder(None)
        return _asking(turn, Question.SET_REMINDER, pending, say(TROUBLES[trouble]))
    told = _over(turn, say(TROUBLES[trouble]))
    return replace(told, consent=(REMINDERS,)) if trouble is Trouble.NOT_ALLOWED else told


def _asking(turn: Turn, question: Question, pending: Pending, *told: Say) -> Reply:
    return replace(turn.reply(*told, ask=Ask(question)), reminder=pending)


def _over(turn: Turn, *told: Say) -> Reply:
    """The end of talking about a reminder: back to the question before it."""
    pending = turn.session.reminder
    ask = pending.after if pending else turn.session.ask
    return turn.reply(*told, ask=where_we_are(replace(turn, session=replace(turn.session, ask=ask))))


def _as_token(pending: Pending) -> str:
    """What is talked about, for Alexa to hand back with the answer, even if she loses the session."""
    return f"{pending.day} {pending.time} {pending.zone}"


def _from_token(token: str) -> Pending:
    parts = token.split(" ")
    if len(parts) != len(("day", "time", "zone")):
        return Pending()
    day, time, zone = parts
    return Pending(
        weekly.day_meant(day),
        weekly.time_meant(time),
        zone if weekly.is_zone(zone) else "",
        permission_asked=True,
    )
