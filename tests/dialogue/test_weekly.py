"""Days, times, rules and the next occurrence."""

from datetime import UTC, datetime

import pytest

from skill.dialogue.weekly import day_meant, first_start, is_zone, rule, time_meant

SUNDAY_NIGHT = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("spoken", "day"), [("Sunday", "SU"), ("monday", "MO"), ("Thursdays", "TH"), ("", ""), ("someday", "")]
)
def test_a_day_is_taken_by_its_name(spoken: str, day: str) -> None:
    assert day_meant(spoken) == day


@pytest.mark.parametrize(
    ("spoken", "time"),
    [
        ("20:00", "20:00"),
        ("8:05", "08:05"),
        ("00:00", "00:00"),
        ("20:00:00", "20:00"),
        ("MO", "09:00"),
        ("AF", "15:00"),
        ("EV", "19:00"),
        ("NI", "21:00"),
        ("25:00", ""),
        ("eight", ""),
        ("", ""),
    ],
)
def test_a_time_is_taken_as_alexa_gives_it(spoken: str, time: str) -> None:
    assert time_meant(spoken) == time


def test_the_rule_is_that_of_the_reminders_api() -> None:
    assert rule("SU", "20:05") == "FREQ=WEEKLY;BYDAY=SU;BYHOUR=20;BYMINUTE=5;BYSECOND=0;INTERVAL=1;"


@pytest.mark.parametrize(
    ("day", "time", "zone", "start"),
    [
        ("SU", "20:00", "Europe/London", "2026-03-01T20:00:00"),
        ("SU", "03:00", "Europe/London", "2026-03-08T03:00:00"),
        ("SU", "03:01", "Europe/London", "2026-03-01T03:01:00"),
        ("SA", "20:00", "Europe/London", "2026-03-07T20:00:00"),
        # There it is still Saturday, seven in the evening.
        ("SA", "20:00", "America/Los_Angeles", "2026-02-28T20:00:00"),
        ("SA", "18:00", "America/Los_Angeles", "2026-03-07T18:00:00"),
    ],
)
def test_the_first_one_is_the_next_such_moment_where_she_lives(
    day: str, time: str, zone: str, start: str
) -> None:
    assert first_start(day, time, zone, SUNDAY_NIGHT) == start


def test_the_hour_said_stays_the_hour_where_clocks_change() -> None:
    before = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)
    assert first_start("SU", "09:00", "Europe/London", before) == "2026-03-29T09:00:00"


def test_only_a_zone_that_there_is_is_one() -> None:
    assert is_zone("Asia/Kolkata")
    assert not any(map(is_zone, ("", "Europe", "Mars/Olympus", "../etc/passwd", "GB/")))
