"""nightfeed say: what is written, what is spoken for it, and the sound of that."""

import re
import shutil
from pathlib import Path

import numpy as np
import pytest
import soundfile

from skill import cli
from skill.cli import say_command
from skill.errors import ContentError, NightfeedError
from skill.studio.mp3 import decoded
from skill.studio.voice import SAMPLE_RATE
from tests.studio.conftest import Project, new_project, project
from tests.studio.tone_voice import WORD_SECONDS

__all__ = ["new_project", "project"]

PLAYER = """#!/bin/sh
for last; do :; done
"{cp}" "$last" "{folder}/{name}.played"
exit {code}
"""


@pytest.fixture(autouse=True)
def tones(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(say_command, "load_voice", lambda name, folder: project.voice)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The one folder where programs are looked for; it is empty."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def player(programs: Path, name: str, code: int = 0) -> Path:
    """Put a player there that notes what it plays, and give the path of its note."""
    path = programs / name
    copy = shutil.which("cp", path="/bin:/usr/bin")
    path.write_text(PLAYER.format(cp=copy, folder=programs, name=name, code=code))
    path.chmod(0o755)
    return programs / f"{name}.played"


def say(*words: str) -> None:
    cli.nightfeed.main(["say", *words], prog_name="nightfeed", standalone_mode=False)


def test_it_shows_what_is_written_and_what_is_said_for_it(
    programs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    say("Ring the NHS at 7.30. It helps, e.g. for two.")
    shown = capsys.readouterr().out.splitlines()
    assert shown[:6] == [
        "Written  Ring the NHS at 7.30.",
        "Spoken   Ring the N H S at seven thirty.",
        "         NHS → N H S",
        "         7.30. → seven thirty.",
        "Written  It helps, e.g. for two.",
        "Spoken   It helps, for example for two.",
    ]
    assert shown[6] == "         e.g. → for example"


def test_it_plays_with_what_there_is(programs: Path, project: Project) -> None:
    failing, playing, other = (
        player(programs, "paplay", 1),
        player(programs, "aplay"),
        player(programs, "ffplay"),
    )
    say("One two three.")
    sound, rate = soundfile.read(playing)
    assert rate == SAMPLE_RATE and len(sound) / rate > 3 * WORD_SECONDS
    assert failing.exists() and not other.exists()
    assert project.voice.said == ["One two three."]
    say("One two three.")
    assert project.voice.said == ["One two three."]


def test_where_nothing_can_play_it_says_where_the_sound_is(
    programs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    say("One two three.")
    shown = capsys.readouterr().out.splitlines()[-1]
    assert shown.startswith("There is nothing here to play it with; open ")
    assert soundfile.info(shown.split("open ")[1]).samplerate == SAMPLE_RATE


@pytest.mark.parametrize("name", ["it.wav", "it.MP3"])
def test_it_is_written_where_that_is_wished_and_not_played(
    programs: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    played = player(programs, "aplay")
    out = tmp_path / "new" / name
    say("One two.", "--out", str(out))
    sound, rate = decoded(out.read_bytes())
    assert rate == SAMPLE_RATE and len(sound) / rate > 2 * WORD_SECONDS
    assert capsys.readouterr().out.endswith(f"Written: {out}\n") and not played.exists()


def test_a_respelling_is_heard_before_and_after(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "it.wav"
    say("Ask Siobhan.", "--as", "Siobhan = Shivawn", "--out", str(out))
    assert project.voice.said == ["Ask Siobhan.", "Ask Shivawn."]
    shown = capsys.readouterr().out
    assert "Before   Ask Siobhan.\nAfter    Ask Shivawn.\n         Siobhan. → Shivawn.\n" in shown
    assert "below [say] in" in shown and '\n"Siobhan" = "Shivawn"\n' in shown
    sound, rate = soundfile.read(out)
    silence = np.abs(sound) < 0.001
    longest = max(len(run) for run in re.findall("1+", "".join("01"[int(quiet)] for quiet in silence)))
    assert 1 <= longest / rate < 3


def test_the_line_it_gives_can_stand_in_the_lexicon(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lexicon = project.folder / "content" / "lexicon.toml"
    out = str(tmp_path / "it.wav")
    say("Read the LÄR page.", "--as", 'LÄR=lair "one"', "--out", out)
    line = capsys.readouterr().out.splitlines()[-2]
    lexicon.write_text(f"{lexicon.read_text()}{line}\n", encoding="utf-8")
    say("Read the LÄR page.", "--out", out)
    assert 'Spoken   Read the lair "one" page.' in capsys.readouterr().out
    say("Ask the NHS.", "--as", "NHS=en aitch ess", "--out", out)
    assert 'write this for the line of "NHS"' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["Hello.", "--as", "Siobhan=Shivawn"], "changes nothing"),
        (["Hello.", "--as", "Hello"], 'write it as "WORD=RESPELLING"'),
        (["Hello.", "--out", "it.ogg"], r"end its name in .wav or .mp3"),
        (["😀"], "nothing in '😀' that can be said"),
    ],
)
def test_what_makes_no_sense_is_told_and_nothing_spoken(
    project: Project, words: list[str], problem: str
) -> None:
    with pytest.raises(NightfeedError, match=problem):
        say(*words)
    assert project.voice.said == []


def test_a_broken_lexicon_is_told_with_its_line(project: Project) -> None:
    path = project.folder / "content" / "lexicon.toml"
    path.write_text('[say]\n"NHS" "N H S"\n')
    with pytest.raises(
        ContentError, match=rf"{re.escape(str(path))}:2: not a lexicon .* write each entry as"
    ):
        say("Hello.")
