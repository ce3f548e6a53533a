"""The editors' tutorial: each of its commands is run, in order, and each says what the page says."""

import itertools
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server import PROJECT

TUTORIAL = PROJECT / "docs" / "editors.md"
BLOCK = re.compile(r"^```(console|diff)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
GUIDE = Path("content", "guides", "quieter-mornings.md")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("content", "audio", "docs"):
        shutil.copytree(PROJECT / name, tmp_path / "project" / name)
    shutil.copy(PROJECT / "skill.json", tmp_path / "project")
    return tmp_path / "project"


def steps() -> Iterator[tuple[str, str]]:
    """What is to be done: a command with what it prints, or a change of the guide."""
    for kind, text in BLOCK.findall(TUTORIAL.read_text(encoding="utf-8")):
        if kind == "diff":
            yield "", text
        else:
            for command in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
                line, _, printed = command.partition("\n")
                yield line, printed


def edited(guide: str, change: str) -> str:
    """The guide with every run of lines that begin with - replaced by the run of + below it."""
    runs = [
        (sign, "\n".join(line[1:] for line in lines))
        for sign, lines in itertools.groupby(change.splitlines(), key=lambda line: line[0])
    ]
    for (minus, old), (plus, new) in zip(runs[::2], runs[1::2], strict=True):
        assert (minus, plus, guide.count(old)) == ("-", "+", 1), old
        guide = guide.replace(old, new)
    return guide


def fits(printed: str, page: str) -> bool:
    """Whether that was printed, as the page has it: … stands for anything."""
    # A line of … alone stands for any number of lines, and for none.
    parts = re.split(r"(\n…$|…)", page.strip(), flags=re.MULTILINE)
    wanted = "".join(".*" if part.endswith("…") else re.escape(part) for part in parts)
    lines = "\n".join(line.rstrip() for line in printed.strip().splitlines())
    return re.fullmatch(wanted, lines, re.DOTALL) is not None


def run(line: str, project: Path) -> str:
    program, *words = shlex.split(line)
    assert program == "nightfeed"
    environment = os.environ | {"NIGHTFEED_DATA": str(project.parent / "data"), "PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "-m", "skill", *words]
    if words[0] != "preview":
        done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True)
        # check ends with 1 where the page says that something is to be mended.
        assert done.returncode in (0, int(words[0] == "check")), done.stderr
        return done.stdout
    with subprocess.Popen(
        [*command, "--no-open"], cwd=project, env=environment, stdout=subprocess.PIPE, text=True
    ) as preview:
        assert preview.stdout
        told = preview.stdout.readline()
        assert preview.stdout.readline().startswith("Sentences spoken anew: ")
        preview.send_signal(signal.SIGINT)
    return told


@pytest.mark.heavy
def test_the_tutorial_leads_from_a_page_to_a_published_guide(project: Path) -> None:
    for line, text in steps():
        if line:
            printed = run(line, project)
            assert fits(printed, text), f"{line}\n{printed}"
        else:
            guide = project / GUIDE
            guide.write_text(edited(guide.read_text(encoding="utf-8"), text), encoding="utf-8")
    assert (project / "build" / "site" / "quieter-mornings" / "index.html").is_file()
    assert "Quieter mornings" in (project / "build" / "site" / "feed.xml").read_text(encoding="utf-8")
    assert "Quieter mornings" in (project / "build" / "report.html").read_text(encoding="utf-8")
    assert (project / "build" / "siobhan.mp3").stat().st_size > 0
