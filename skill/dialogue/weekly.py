"""Days and times of the week: as Alexa hears them, and as a calendar rule (RFC 5545). Pure."""

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""As RFC 5545 has them, in the order of datetime.weekday()."""
PARTS_OF_DAY = {"MO": "09:00", "AF": "15:00", "EV": "19:00", "NI": "21:00"}
"""What AMAZON.TIME gives for "morning" and the like, and the time that we take it for: it is read back."""
TIME = re.compile(r"(\d\d?):(\d\d)(:\d\d)?")


def day_meant(spoken: str) -> str:
    """The day, as in DAYS, that a slot of type AMAZON.DayOfWeek holds ("Sunday"); empty where it is none."""
    day = spoken.strip()[:2].upper()
    return day if day in DAYS else ""


def time_meant(spoken: str) -> str:
    """The time of day, HH:MM, that a slot of type AMAZON.TIME holds ("20:00", "EV"); empty if none."""
    said = TIME.fullmatch(spoken.strip())
    if not said:
        return PARTS_OF_DAY.get(spoken.strip(), "")
    try:
        return time(int(said[1]), int(said[2])).isoformat("minutes")
    except ValueError:
        return ""


def rule(day: str, at: str) -> str:
    """The recurrence rule of every such day at that time, as the Reminders API takes it."""
    moment = time.fromisoformat(at)
    return f"FREQ=WEEKLY;BYDAY={day};BYHOUR={moment.hour};BYMINUTE={moment.minute};BYSECOND=0;INTERVAL=1;"


def first_start(day: str, at: str, zone: str, now: datetime) -> str:
    """The next such day and time after now in the time zone: YYYY-MM-DDTHH:MM:SS, local."""
    here = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    days_ahead = (DAYS.index(day) - here.weekday()) % len(DAYS)
    start = datetime.combine(here + timedelta(days=days_ahead), time.fromisoformat(at))
    return (start if start > here else start + timedelta(weeks=1)).isoformat(timespec="seconds")


def is_zone(name: str) -> bool:
    """Whether there is a time zone of that name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return bool(name)
