"""Files that are being edited, watched."""

import time
from collections.abc import Iterator
from pathlib import Path

POLL = 0.25
"""Seconds between two looks."""


def saves(content: Path, slug: str, poll: float = POLL) -> Iterator[None]:
    """Once at the start, then after each save of the guide, or of any TOML file in the content's folder.

    A file that is still being written is waited for: two looks have to see the same.
    """
    seen = _look(content, slug)
    yield
    while True:
        before = _look(content, slug)
        time.sleep(poll)
        now = _look(content, slug)
        if now == before != seen:
            seen = now
            yield


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
