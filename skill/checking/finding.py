"""What a check has to say."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much it matters."""

    ERROR = "error"
    """It would not work, or could not be followed."""
    ADVICE = "advice"
    """It would be better otherwise; the editor decides."""


@dataclass(frozen=True)
class Finding:
    """One thing to mend, or to think about."""

    file: str
    """Below the project's folder."""
    line: int
    """Counted from 1; 0: the whole file."""
    severity: Severity
    what: str
    why: str = ""
    suggestion: str = ""
    """What to write instead, or to do."""
