"""The one kind of error that people are shown."""

import sys
from pathlib import Path


class NightfeedError(Exception):
    """Something that a person can mend; its text is one line that says how."""


class ContentError(NightfeedError):
    """A content file that cannot be read, with the place and the remedy."""

    def __init__(self, path: Path, line: int, problem: str, remedy: str) -> None:
        super().__init__(f"{path}:{line}: {problem}; {remedy}")
        self.path = path
        self.line = line
        self.problem = problem
        self.remedy = remedy


def installing(extra: str) -> str:
    """The remedy where what belongs to that extra of pyproject.toml is missing."""
    return f"install it, in the project's folder, with: {sys.executable} -m pip install -e '.[{extra}]'"
