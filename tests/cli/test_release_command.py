"""A guide brought to its listeners: every step failing in its turn, mended, and run again up to the end."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.amazon_services import CLIENT, AmazonServices, Fault, amazon_services
from tests.conversing import CONTENT
from tests.studio.conftest import guide_text
from tests.studio.replaying_voice import SAID, WRITTEN

ROOT = CONTENT.parent
SAMPLE = "limits-and-consequences"
STEPS = ("check", "record", "verify", "package", "publish", "announce")
KEYS = {"NIGHTFEED_CLIENT_ID": CLIENT["client_id"], "NIGHTFEED_CLIENT_SECRET": CLIENT["client_secret"]}
SENDING = "POST /v1/proactiveEvents"


@pytest.fixture
def amazon(tmp_path: Path) -> Iterator[AmazonServices]:
    with amazon_services(tmp_path / "amazon") as services:
        yield services


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project: its two recorded guides, and calm-nights, which is not recorded."""
    folder = tmp_path / "project"
    for name in ("content", "audio"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "skill.json", folder)
    write(folder, guide_text("One here. Two there.", title="Calm nights", published="2026-11-20"))
    return folder


def write(project: Path, text: str) -> None:
    (project / "content" / "guides" / "calm-nights.md").write_text(text, encoding="utf-8")


def release(
    project: Path, *words: str, guide: str = "calm-nights", voice: str = "tone_voice", **environment: str
) -> subprocess.CompletedProcess[str]:
    """The command, run in the project's folder with that voice of the tests, or with none."""
    module = f"tests.studio.{voice}" if voice else "skill"
    return subprocess.run(
        [sys.executable, "-m", module, "release", guide, *words],
        cwd=project, capture_output=True, text=True, timeout=300,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )  # fmt: skip


def states(run: subprocess.CompletedProcess[str]) -> dict[str, str]:
    """Step → the last state that was told, without its note."""
    lines = (line.partition(": ") for line in run.stdout.splitlines())
    return {name: state.partition(" (")[0] for name, _, state in lines if name in STEPS}


def failed(run: subprocess.CompletedProcess[str], step: str, code: int) -> str:
    """What is told where it stops at that step."""
    assert run.returncode == code, run
    assert "Traceback" not in run.stderr
    told = states(run)
    assert told.pop(step) == "failed"
    assert list(told) == list(STEPS[: STEPS.index(step)])
    assert set(told.values()) <= {"done", "nothing to do"}
    return (run.stdout + run.stderr).partition(f"{step}: failed")[2]


def files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_step_fails_in_its_turn_and_carries_on_when_it_is_mended(
    project: Path, amazon: AmazonServices
) -> None:
    good = (project / "content" / "guides" / "calm-nights.md").read_text(encoding="utf-8")
    write(project, good.replace("topic: Nights\n", ""))
    told = failed(release(project), "check", 1)
    assert told.startswith("\ncontent/guides/calm-nights.md\n") and "topic" in told
    write(project, good)

    told = failed(release(project, voice="", NIGHTFEED_VOICES=str(project / "none")), "record", 2)
    assert "install it with: nightfeed voice install" in told
    assert "calm-nights" not in (project / "audio" / "library.json").read_text(encoding="utf-8")

    told = failed(release(project, TONE_UNKNOWN="there"), "verify", 1)
    doubtful, sentence, heard, remedy, listened = told.splitlines()
    assert doubtful == " (1 doubtful)"
    assert sentence == "content/guides/calm-nights.md: Two there."
    assert heard == "    heard: two something"
    assert "content/lexicon.toml" in remedy and "--listened" in listened
    again = release(project, TONE_UNKNOWN="there")
    assert failed(again, "verify", 1) == told and states(again)["record"] == "nothing to do"

    build = project / "build"
    build.mkdir()
    (build / "package").write_text("a file where a folder should be")
    told = failed(release(project, "--listened"), "package", 2)
    assert "build/package" in told and "make room or check rights" in told
    (build / "package").unlink()

    (build / "site").write_text("a file where a folder should be")
    assert "build/site" in failed(release(project, "--listened"), "publish", 2)
    (build / "site").unlink()

    sending = amazon.environment | KEYS
    amazon.faults = {SENDING: Fault(503)}
    told = failed(release(project, "--listened", "--send", **sending), "announce", 2)
    assert "has not taken the announcement (503); try again later" in told
    amazon.faults = {}

    write(project, good.replace("Two there", "Two elsewhere"))
    done = release(project, "--send", **sending)
    assert (done.returncode, done.stderr) == (0, "")
    assert states(done) == dict.fromkeys(STEPS, "done") | {"package": "nothing to do"}
    assert done.stdout.count(": announced (development)\n") == len(amazon.events) == 3
    before = files(project)
    assert {"package/skill-package/skill.json", "site/index.html", "site/calm-nights/index.html"} <= {
        Path(name).relative_to(build).as_posix() for name in before if Path(name).is_relative_to(build)
    }

    again = release(project, "--send", **sending)
    assert (again.returncode, again.stderr) == (0, "")
    assert states(again) == {"check": "done"} | dict.fromkeys(STEPS[1:], "nothing to do")
    assert len(amazon.events) == 3
    assert files(project) == before
    release(project, "--send", "--live", **sending)
    assert [place for place, _ in amazon.events[3:]] == [
        f"{host}/v1/proactiveEvents"
        for host in ("api.eu.amazonalexa.com", "api.amazonalexa.com", "api.fe.amazonalexa.com")
    ]


def test_without_send_the_announcement_is_shown_and_not_made(project: Path, amazon: AmazonServices) -> None:
    run = release(project, "--out", str(project / "elsewhere"), "--base-url", "https://guides.example/x",
                  **amazon.environment | KEYS)  # fmt: skip
    assert (run.returncode, run.stderr) == (0, "")
    assert states(run)["announce"] == "done" and "announce: done (only shown)\n" in run.stdout
    event, _, last = run.stdout[run.stdout.index("{") :].rpartition("}\n")
    assert json.loads(f"{event}}}")["localizedAttributes"][0]["contentName"] == "Calm nights"
    assert last == "Nothing is sent without --send.\n"
    assert amazon.log == []
    assert "https://guides.example/x/" in (project / "elsewhere" / "site" / "feed.xml").read_text()
    assert not (project / "build").exists()


def test_the_steps_are_told_as_they_come(project: Path) -> None:
    lines = release(project, "--listened", TONE_UNKNOWN="there").stdout.splitlines()
    assert lines[:6] == [
        "check: doing",
        "check: done (1 piece of advice)",
        "record: doing",
        "record: done",
        "verify: doing",
        "verify: done (1 doubtful, listened to)",
    ]


def test_an_unknown_guide_is_told(project: Path) -> None:
    assert "there is no guide 'nobody'" in failed(release(project, guide="nobody"), "check", 2)


@pytest.mark.heavy
def test_a_doubtful_sentence_is_heard_by_real_speech_recognition(project: Path) -> None:
    (project / "content" / "guides" / "calm-nights.md").unlink()
    guide = project / "content" / "guides" / f"{SAMPLE}.md"
    text = guide.read_text(encoding="utf-8")
    guide.write_text(text.replace(f"Say it {SAID}", f"Say it {WRITTEN}"), encoding="utf-8")
    told = failed(release(project, guide=SAMPLE, voice="replaying_voice"), "verify", 1)
    assert f"{SAMPLE}.md: Say it firmly, and only once.\n    heard: say it calmly and only once\n" in told
    guide.write_text(text, encoding="utf-8")
    done = release(project, guide=SAMPLE, voice="replaying_voice")
    assert done.returncode == 0 and states(done)["record"] == states(done)["publish"] == "done"
    before = files(project)
    assert release(project, guide=SAMPLE, voice="replaying_voice").returncode == 0
    assert files(project) == before
