"""The one kind of error that people are shown."""

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
