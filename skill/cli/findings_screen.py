"""Findings, as a person reads them: by file, with line, reason and remedy."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from textwrap import fill

from rich.console import Console
from rich.text import Text

from skill.checking.finding import Finding, Severity

STYLES = {Severity.ERROR: "bold red", Severity.ADVICE: "yellow"}
INDENT = 15
"""Columns before a finding's words: line and severity stand there."""


def show(findings: Sequence[Finding], console: Console) -> None:
    """All of them, and how many there are. In colour, where the console has it."""
    for file, found in groupby(findings, key=lambda finding: finding.file):
        console.print(Text(file, style="bold"))
        for finding in found:
            _show_one(finding, console)
        console.print()
    console.print(summary(findings))


def summary(findings: Iterable[Finding]) -> str:
    """How many, in a line."""
    severities = [finding.severity for finding in findings]
    errors, advice = severities.count(Severity.ERROR), severities.count(Severity.ADVICE)
    told = [
        *([f"{errors} to mend"] if errors else []),
        *([f"{advice} {'piece' if advice == 1 else 'pieces'} of advice"] if advice else []),
    ]
    return f"{', '.join(told)}." if told else "All is well."


def _show_one(finding: Finding, console: Console) -> None:
    line = str(finding.line or "")
    head = Text(f"{line:>6}  {finding.severity:<{INDENT - 8}}", style=STYLES[finding.severity])
    console.print(head.append(finding.what, style="default"), soft_wrap=True)
    for words, style in ((finding.why, "dim"), (finding.suggestion and f"→ {finding.suggestion}", "green")):
        if words:
            indent = " " * INDENT
            lines = fill(words, console.width, initial_indent=indent, subsequent_indent=indent)
            console.print(Text(lines, style=style), soft_wrap=True)
