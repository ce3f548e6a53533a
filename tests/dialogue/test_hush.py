"""How long she is spoken to softly."""

from datetime import UTC, datetime, timedelta

import pytest

from skill.dialogue.hush import quiet_until
from skill.show import Hush

HUSH = Hush("07:00", "Europe/London", 12)


@pytest.mark.parametrize(
    ("now", "zone", "until"),
    [
        ("2026-01-10T23:30", "Europe/London", "2026-01-11T07:00"),
        ("2026-01-11T03:00", "Europe/London", "2026-01-11T07:00"),
        ("2026-07-11T03:00", "Europe/London", "2026-07-11T06:00"),
        ("2026-01-11T03:00", "Australia/Sydney", "2026-01-11T15:00"),
        ("2026-01-11T08:00", "America/New_York", "2026-01-11T12:00"),
        ("2026-01-11T07:00", "Europe/London", "2026-01-11T19:00"),
        ("2026-01-11T03:00", "Nowhere/Atlantis", "2026-01-11T07:00"),
        ("2026-01-11T03:00", "../etc/passwd", "2026-01-11T07:00"),
        # the night in which the clocks go forward, and the one in which they go back
        ("2026-03-28T23:00", "Europe/London", "2026-03-29T06:00"),
        ("2026-10-24T23:00", "Europe/London", "2026-10-25T07:00"),
    ],
)
def test_a_hush_lasts_until_her_next_morning_and_never_too_long(now: str, zone: str, until: str) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert quiet_until(at, HUSH, zone) == datetime.fromisoformat(until).replace(tzinfo=UTC)
    assert at < quiet_until(at, HUSH, zone) <= at + timedelta(hours=HUSH.most_hours)
