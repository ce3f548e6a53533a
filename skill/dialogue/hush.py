"""Speaking softly, while a baby sleeps."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from skill.dialogue.listening import where_we_are
from skill.dialogue.reply import Reply
from skill.dialogue.turn import Turn
from skill.prompts import say
from skill.show import Hush


def hush(turn: Turn) -> Reply:
    """ "The baby's asleep": softly from this answer on, until she says otherwise, or it is morning."""
    reminder = turn.memory.listener.reminder
    # A reminder that she has tells her time zone without asking Alexa for it.
    zone = reminder.zone if reminder else turn.show.hush.zone
    kept = turn.memory.hush(quiet_until(turn.now, turn.show.hush, zone))
    told = say("hush.softly" if kept else "hush.softly_for_now")
    return replace(turn.reply(told, ask=where_we_are(turn)), soft=True)


def speak_up(turn: Turn) -> Reply:
    """ "Speak up": as loud as ever."""
    kept = turn.memory.hush(None)
    told = say("hush.aloud" if kept else "hush.aloud_for_now")
    return replace(turn.reply(told, ask=where_we_are(turn)), soft=False)


def quiet_until(now: datetime, hush: Hush, zone: str) -> datetime:
    """The next morning in that time zone (an IANA name), or as many hours later as is the most."""
    here = now.astimezone(_zone(zone))
    morning = datetime.combine(here, time.fromisoformat(hush.until), here.tzinfo)
    if morning <= here:
        morning += timedelta(days=1)
    return min(morning, now + timedelta(hours=hush.most_hours))


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC
