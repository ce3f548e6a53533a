"""`nightfeed record --verify`: real speech recognition on real recordings of the house voice."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click
import pytest

from skill.library import Clip, read_library
from skill.studio.hearing import TranscriptCache
from skill.studio.plan import SpokenSentence
from skill.studio.verifying import SaidInClip, verify
from tests.conversing import CONTENT
from tests.studio.replaying_voice import SAID, WRITTEN

ROOT = CONTENT.parent
GUIDE = "limits-and-consequences"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project's content and recordings."""
    for name in ("content", "audio"):
        shutil.copytree(ROOT / name, tmp_path / "project" / name)
    return tmp_path / "project"


def run(project: Path, *words: str, first: str = "") -> subprocess.CompletedProcess[str]:
    """The command with the replaying voice, after that line of Python."""
    line = f"{first}\nfrom tests.studio.replaying_voice import main\nmain()"
    return subprocess.run(
        [sys.executable, "-c", line, *words],
        env={**os.environ, "PYTHONPATH": str(ROOT), "NIGHTFEED_PROJECT": str(project)},
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip


def edit(project: Path, old: str, new: str) -> None:
    guide = project / "content" / "guides" / f"{GUIDE}.md"
    text = guide.read_text(encoding="utf-8")
    assert old in text
    guide.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.heavy
def test_the_guides_as_they_are_give_no_false_alarm(project: Path) -> None:
    done = run(project, "record", "--verify")
    assert (done.returncode, done.stdout.splitlines()[1:]) == (0, ["26 clips say what is written."])
    assert "26/26 clips" in done.stderr
    # What was heard is kept: without speech recognition it is known still.
    again = run(project, "record", "--verify", first="import sys; sys.modules['faster_whisper'] = None")
    assert (again.returncode, again.stdout, again.stderr) == (0, done.stdout, "")


@pytest.mark.heavy
def test_a_word_said_wrongly_is_listed_until_it_is_mended(project: Path) -> None:
    edit(project, f"Say it {SAID}", f"Say it {WRITTEN}")
    done = run(project, "record", GUIDE, "--verify")
    assert done.returncode == 1, done
    said, sentence, heard, remedy = done.stdout.splitlines()
    assert said.startswith("1 recorded, 0 unchanged")
    assert sentence == f"content/guides/{GUIDE}.md: Say it firmly, and only once."
    assert heard == "    heard: say it calmly and only once"
    assert remedy.startswith("1 doubtful. ")
    assert all(word in remedy for word in ("nightfeed say", "content/lexicon.toml", "another wording"))
    assert "1/1 clips" in done.stderr
    recorded = read_library(project / "audio" / "library.json").guide(GUIDE)
    assert "firmly" in recorded.sections[1].lead[1].text
    # Nothing is new, so all of the guide is heard, and the doubt stands.
    again = run(project, "record", GUIDE, "--verify")
    assert again.returncode == 1 and again.stdout.splitlines()[1:] == [sentence, heard, remedy]
    assert "10/10 clips" in again.stderr
    edit(project, f"Say it {WRITTEN}", f"Say it {SAID}")
    assert run(project, "record", GUIDE, "--verify").returncode == 0


def test_without_speech_recognition_it_records_and_names_the_remedy(project: Path) -> None:
    done = run(project, "record", "--verify", first="import sys; sys.modules['faster_whisper'] = None")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].endswith("-m pip install -e '.[verify]'")


def test_interrupted_it_carries_on_with_what_is_left(tmp_path: Path) -> None:
    clips = [
        SaidInClip("alpha", Clip(f"{word}.mp3", 1.0, word, ()), (SpokenSentence(word, word, 0),))
        for word in ("one", "two", "three")
    ]
    heard: list[str] = []

    class Ears:
        def transcript(self, recording: Path) -> str:
            heard.append(recording.stem)
            return recording.stem

    transcripts = TranscriptCache(tmp_path, tmp_path, Ears)

    def verified(after: Callable[[], None]) -> Sequence[int]:
        result = verify(clips, transcripts, {}, str, lambda name, steps: after)
        return result.clips, result.new, len(result.doubts)

    def stop() -> None:
        if len(heard) == 2:
            raise KeyboardInterrupt

    with pytest.raises((KeyboardInterrupt, click.Abort)):
        verified(stop)
    assert verified(lambda: None) == (3, 1, 0)
    assert heard == ["one", "two", "three"]
    assert verified(lambda: None) == (3, 0, 0)
