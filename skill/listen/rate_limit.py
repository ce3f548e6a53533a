"""How often one address may do a thing."""

from collections import OrderedDict, deque
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock


class RateLimit:
    """So many times in so long for each address; it keeps them in memory only, and forgets the oldest."""

    def __init__(
        self, times: int, within: timedelta, clock: Callable[[], datetime], most_addresses: int = 10_000
    ) -> None:
        self._times = times
        self._within = within
        self._clock = clock
        self._most_addresses = most_addresses
        self._seen: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = Lock()

    def allows(self, address: str) -> bool:
        """Whether it may be done once more, which then counts."""
        now = self._clock()
        with self._lock:
            seen = self._seen.setdefault(address, deque())
            self._seen.move_to_end(address)
            while seen and now - seen[0] >= self._within:
                seen.popleft()
            if len(seen) >= self._times:
                return False
            seen.append(now)
            while len(self._seen) > self._most_addresses:
                self._seen.popitem(last=False)
            return True
