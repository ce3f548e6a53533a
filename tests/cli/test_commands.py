"""The command line, run as people run it."""

import json
import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from skill.cli import COMMANDS
from tests.conversing import CONTENT

ROOT = CONTENT.parent


def nightfeed(*words: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "skill", *words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60)


def told(run: subprocess.CompletedProcess[str]) -> str:
    """The one line of an error, with nothing beside it."""
    assert run.returncode == 2, run
    assert run.stdout == ""
    (line,) = run.stderr.splitlines()
    assert line.startswith("nightfeed: ")
    return line


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project's content and recordings."""
    for name in ("content", "audio", "skill"):
        shutil.copytree(
            ROOT / name, tmp_path / "project" / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(ROOT / "skill.json", tmp_path / "project")
    return tmp_path / "project"


def test_help_lists_every_command() -> None:
    shown = nightfeed("--help").stdout
    assert all(name in shown for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    run = nightfeed(name, "--help")
    assert run.returncode == 0 and "Usage: nightfeed" in run.stdout


def test_a_wrong_word_is_told_in_one_line() -> None:
    assert "No such command 'rekord'" in told(nightfeed("rekord"))
    assert "No such option" in told(nightfeed("report", "--jason"))
    assert "there is no guide 'nobody'" in told(nightfeed("record", "nobody"))


def test_a_folder_that_is_no_project_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIGHTFEED_PROJECT", str(tmp_path))
    for name in ("check", "record", "package", "talk"):
        assert str(tmp_path) in told(nightfeed(name))


def test_check_passes_on_the_project_and_names_a_mistake(project: Path) -> None:
    assert nightfeed("check", folder=project).stdout == "All is well.\n"
    guide = project / "content" / "guides" / "limits-and-consequences.md"
    guide.write_text(guide.read_text().replace('Try "feet on the floor', 'Say "feet on the floor'))
    run = nightfeed("check", folder=project)
    assert (run.returncode, run.stderr) == (1, "")
    assert run.stdout.splitlines() == [
        "audio/library.json",
        "        error  guide limits-and-consequences has changed since it was recorded",
        "               → run: nightfeed record",
        "",
        "1 to mend.",
    ]


BAD = """---
title: Sleeping well, all through the night
topic: Sleep
read_minutes: 4
published: 2026-01-31
---

## Before bed

> Also called: evenings

Fine. If your baby wakes at night, and it may well
be often, then go to them, because babies who are met quickly learn that somebody
comes, and click here for more (or not).

## Before bedtime

ASD is another thing. Take 1, 2, 3 or 4 ^ 5 steps.

## Top tip

Sleep.
"""


def test_check_says_what_a_kind_colleague_would(project: Path) -> None:
    path = project / "content" / "guides" / "bad.md"
    path.write_text(BAD)
    run = nightfeed("check", "bad", "--json", folder=project)
    found = json.loads(run.stdout)
    assert (run.returncode, run.stderr) == (1, "")
    assert [(each["line"], each["severity"], each["what"]) for each in found] == [
        (1, "advice", "the picture has no words for it"),
        (2, "advice", "the guide has one name only, and a long one"),
        (12, "advice", "a sentence of 33 words"),
        (12, "error", "“click here” is for the eye"),
        (12, "advice", "brackets: (or not)"),
        (16, "advice", "“Before bedtime” sounds like “Before bed”, of the part “Before bed”"),
        (18, "advice", "“ASD”"),
        (18, "advice", "5 numbers in one sentence"),
        (18, "advice", "the sign “^”"),
    ]
    assert all(
        each["file"] == "content/guides/bad.md" and each["why"] and each["suggestion"] for each in found
    )
    assert "go to them, ┃ because babies" in found[2]["suggestion"]
    path.write_text(BAD.replace("click here for more (or not)", "so on"))
    run = nightfeed("check", "bad", "bad", folder=project)
    assert (run.returncode, run.stdout.splitlines()[-1]) == (0, "7 pieces of advice.")
    assert "\x1b" not in run.stdout
    assert not [line for line in run.stdout.splitlines() if line != line.rstrip()]


def test_a_pipe_that_knows_no_arrows_shows_all_else(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "cp1252")
    monkeypatch.setattr(subprocess, "run", partial(subprocess.run, encoding="cp1252"))
    (project / "content" / "guides" / "bad.md").write_text(BAD)
    assert "? split it: If your baby" in nightfeed("check", "bad", folder=project).stdout
    found = json.loads(nightfeed("check", "bad", "--json", folder=project).stdout)
    assert any("go to them, ┃ because babies" in each["suggestion"] for each in found)


def test_check_reads_on_after_a_guide_that_cannot_be_read(project: Path) -> None:
    guides = project / "content" / "guides"
    (guides / "bad.md").write_text("---\ntitle: Bad\n---\n")
    (guides / "worse.md").write_bytes(b"\xff\xfe\xfa")
    found = json.loads(nightfeed("check", "--json", folder=project).stdout)
    assert [(each["file"], each["line"]) for each in found] == [
        ("content/guides/bad.md", 1),
        ("content/guides/worse.md", 1),
    ]
    assert "there is no guide 'best'" in told(nightfeed("check", "best", folder=project))


def test_the_projects_own_guides_leave_nothing_to_say(project: Path) -> None:
    slugs = [path.stem for path in (project / "content" / "guides").glob("*.md")]
    assert nightfeed("check", *slugs, folder=project).stdout == "All is well.\n"


def written(folder: Path) -> dict[Path, int]:
    """Every file but the lock, and when it was written last."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".recording.lock")
    return {path: path.stat().st_mtime_ns for path in files}


def test_recording_with_nothing_changed_changes_nothing(project: Path) -> None:
    before = written(project / "audio")
    assert "0 recorded, 2 unchanged" in nightfeed("record", folder=project).stdout
    assert written(project / "audio") == before


def test_the_report_counts_what_was_said_in_a_conversation() -> None:
    assert nightfeed("report").stdout == "Nobody has heard a guide yet.\n"
    nightfeed("talk", "yes", "carry on", "carry on", "yes it helped", "stop")
    (line,) = json.loads(nightfeed("report", "--json").stdout)
    assert line == {"guide": "building-secure-relationships", "starts": 1, "finishes": 1, "yes": 1, "no": 0}
    assert "building-secure-relationships" in nightfeed("report").stdout


def test_the_package_is_written_where_it_is_asked_for(tmp_path: Path) -> None:
    assert nightfeed("package", "--out", str(tmp_path)).returncode == 0
    assert (tmp_path / "skill-package" / "skill.json").is_file()
    model = tmp_path / "skill-package" / "interactionModels" / "custom" / "en-GB.json"
    assert (
        json.loads(model.read_text())["interactionModel"]["languageModel"]["invocationName"] == "night feed"
    )


def test_a_listener_is_told_what_is_kept_of_her_and_forgotten() -> None:
    her = "amzn1.ask.account.terminal"
    assert json.loads(nightfeed("listener", "export", her).stdout)["hearings"] == []
    nightfeed("talk", "yes", "carry on", "carry on", "it helped", "stop")
    (hearing,) = json.loads(nightfeed("listener", "export", her).stdout)["hearings"]
    assert hearing["guide"] == "building-secure-relationships" and hearing["helpful"] is True
    assert json.loads(nightfeed("listener", "export", "amzn1.ask.account.other").stdout)["hearings"] == []
    assert nightfeed("listener", "forget", her).stdout.startswith("Nothing is kept")
    assert json.loads(nightfeed("listener", "export", her).stdout)["hearings"] == []
    assert nightfeed("report").stdout == "Nobody has heard a guide yet.\n"
