"""A place in a guide, as it is kept of a listener and goes from turn to turn."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bookmark:
    """A place in a guide."""

    guide: str
    """Slug."""
    section: int = 0
    """Counted from 0; the one after the last section is the top tip."""
    clip: int = 0
    """Counted from 0, among the clips of the section's lead (or of its deeper passages)."""
    deeper: bool = False
    """Whether it lies in the section's deeper passages."""
    offset: float = 0.0
    """Seconds into the clip."""
