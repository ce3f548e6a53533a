"""So many times in so long, for each address."""

from datetime import UTC, datetime, timedelta

from skill.listen.rate_limit import RateLimit


class Clock:
    now = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def test_an_address_that_has_done_it_often_enough_waits_and_others_do_not() -> None:
    clock = Clock()
    limit = RateLimit(2, timedelta(hours=1), clock)
    assert [limit.allows("a"), limit.allows("a"), limit.allows("a"), limit.allows("b")] == [
        True,
        True,
        False,
        True,
    ]
    clock.now += timedelta(minutes=59)
    assert not limit.allows("a")
    clock.now += timedelta(minutes=1)
    assert limit.allows("a")


def test_it_keeps_no_more_addresses_than_it_may() -> None:
    limit = RateLimit(1, timedelta(hours=1), Clock(), most_addresses=3)
    assert all(limit.allows(str(number)) for number in range(100))
    assert not limit.allows("99")
    assert limit.allows("0")
