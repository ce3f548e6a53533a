"""A page of docs/ that leads through something: what it says is done, and what it shows is what comes."""

import itertools
import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BLOCK = re.compile(r"^```(console|diff|toml|python)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FINDS_MISTAKES = "check"
"""The command that may end with exit code 1."""


@dataclass(frozen=True)
class Step:
    """One thing to do."""

    kind: str
    """console: a command, and what it prints; diff: a change of the file; toml, python: more of it."""
    file: str
    command: str
    text: str


def follow(page: Path, project: Path, source: Path) -> None:
    """Do all that the page says, in the project's folder, with the code of that source."""
    for step in steps(page.read_text(encoding="utf-8")):
        file = project / step.file
        if step.kind == "console":
            printed = run(step.command, project, source)
            assert fits(printed, step.text), f"{step.command}\n{printed}"
        elif step.kind == "diff":
            file.write_text(edited(file.read_text(encoding="utf-8"), step.text), encoding="utf-8")
        else:
            with file.open("a", encoding="utf-8") as there:
                there.write(f"\n{step.text}" if file.stat().st_size else step.text)


def steps(page: str) -> Iterator[Step]:
    """All that is to be done, in order."""
    for kind, file, text in BLOCK.findall(page):
        if kind != "console":
            yield Step(kind, file, "", text)
            continue
        for command in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
            line, _, printed = command.partition("\n")
            yield Step(kind, "", line, printed)


def edited(text: str, change: str) -> str:
    """The text with every run of lines that begin with - replaced by the run of + below it."""
    runs = [
        (sign, "\n".join(line[1:] for line in lines))
        for sign, lines in itertools.groupby(change.splitlines(), key=lambda line: line[0])
    ]
    for (minus, old), (plus, new) in zip(runs[::2], runs[1::2], strict=True):
        assert (minus, plus, text.count(old)) == ("-", "+", 1), old
        text = text.replace(old, new)
    return text


def fits(printed: str, page: str) -> bool:
    """Whether that was printed, as the page has it: … stands for anything."""
    # A line of … alone stands for any number of lines, and for none.
    parts = re.split(r"(\n…$|…)", page.strip(), flags=re.MULTILINE)
    wanted = "".join(".*" if part.endswith("…") else re.escape(part) for part in parts)
    lines = "\n".join(line.rstrip() for line in printed.strip().splitlines())
    return re.fullmatch(wanted, lines, re.DOTALL) is not None


def run(line: str, project: Path, source: Path) -> str:
    """What the command prints; the preview is ended once it has spoken."""
    program, *words = shlex.split(line)
    assert program == "nightfeed"
    environment = os.environ | {"NIGHTFEED_DATA": str(project.parent / "data"), "PYTHONPATH": str(source)}
    command = [sys.executable, "-m", "skill", *words]
    if words[0] != "preview":
        done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True)
        assert done.returncode in (0, int(words[0] == FINDS_MISTAKES)), done.stderr
        return done.stdout
    with subprocess.Popen(
        [*command, "--no-open"], cwd=project, env=environment, stdout=subprocess.PIPE, text=True
    ) as preview:
        assert preview.stdout
        told = preview.stdout.readline()
        assert preview.stdout.readline().startswith("Sentences spoken anew: ")
        preview.send_signal(signal.SIGINT)
    return told
