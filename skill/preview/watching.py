"""Files that are being edited, watched."""

import time
from collections.abc import Iterator
from pathlib import Path

POLL = 0.25
"""Seconds between two looks."""


class Saves:
    """Yields once at the start, then after each save of the guide, or of any TOML file in content/.

    A file that is still being written is waited for: two looks have to see the same.
    """

    def __init__(self, content: Path, slug: str, poll: float = POLL) -> None:
        self._content, self._slug, self._poll = content, slug, poll
        self._seen = _look(content, slug)

    def __iter__(self) -> Iterator[None]:
        yield
        while True:
            before = _look(self._content, self._slug)
            time.sleep(self._poll)
            now = _look(self._content, self._slug)
            if now == before != self._seen:
                self._seen = now
                yield

    def is_due(self) -> bool:
        """Whether something was saved since it last yielded."""
        return _look(self._content, self._slug) != self._seen


def _look(content: Path, slug: str) -> dict[Path, tuple[int, int]]:
    """Path → when it was written last, and its size; without those that are not there."""
    found = {}
    for path in (content / "guides" / f"{slug}.md", *content.rglob("*.toml")):
        try:
            status = path.stat()
        except OSError:
            continue
        found[path] = status.st_mtime_ns, status.st_size
    return found
