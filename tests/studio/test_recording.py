"""Recording: reproducible, only what has changed, and whole at every moment."""

import itertools
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import click
import msgspec
import pytest

from skill.cli import record_command
from skill.errors import NightfeedError
from skill.guides.markdown import read_guides
from skill.show import read_show
from skill.studio.planning import read_plans
from skill.studio.recording import Work, existing_library, record, work_for
from skill.studio.sentence_cache import SentenceCache
from skill.studio.voice import VoiceError
from skill.studio.voice_choice import voice_settings
from tests.studio.conftest import ROOT, Project, guide_text
from tests.studio.tone_voice import ToneVoice

CLIPS = ["First part.", "One here.", "Two there.", "Three follows.", "More to tell.", "Top tip.", "Rest."]
SENTENCES = [*CLIPS, "Alpha opens.", "Alpha ends."]
"""Of the guide alpha."""
LIMITED = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0}))"
"""No file can grow beyond so many bytes, as on a disk that is full."""


def finished(run: "subprocess.Popen[str]") -> tuple[int, str, str]:
    out, error = run.communicate(timeout=60)
    return run.returncode, out, error


def wait_for(there: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while not there():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def name_alone(file: str) -> str:
    """Without key and ending."""
    return re.sub(r"-[0-9a-f]{16}(-quiet)?(\.\w+)+$", "", file)


def clips_alone(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {file: data for file, data in files.items() if "/episode-" not in file}


# what is recorded


def test_every_sentence_is_spoken_once_and_the_catalogue_holds_it_all(project: Project) -> None:
    said = project.record()
    assert said == [
        "First part.", "Four comes.", *CLIPS[4:], "Beta opens.", "Beta ends.", *CLIPS[1:4], *SENTENCES[7:],
    ]  # fmt: skip
    project.assert_whole()
    beta, alpha = project.library.recorded
    assert (beta.guide.title, alpha.guide.title) == ("Beta", "Alpha")
    assert alpha.voice == "house" and alpha.settings and alpha.inputs
    clips = [clip for passage in alpha.guide.passages for clip in passage.clips]
    assert [sentence.text for clip in clips for sentence in clip.sentences] == [
        "First part", "One here.", "Two there.", "Three follows.", "More to tell.", "Top tip", "Rest.",
    ]  # fmt: skip
    for clip in clips:
        times = [moment for sentence in clip.sentences for moment in (sentence.start, sentence.end)]
        assert times == sorted(times) and times[0] > 0 and times[-1] < clip.seconds
    assert set(project.clips()) == {file for guide in project.library.guides for file in guide.files}
    assert not any(sign.isspace() for file in project.clips() for sign in file)


def test_the_catalogue_is_plain_json_with_what_a_clip_needs(project: Project) -> None:
    project.record("alpha")
    library = json.loads((project.audio / "library.json").read_text(encoding="utf-8"))
    (clip,) = library["recorded"][0]["guide"]["sections"][0]["lead"][1]["clips"]
    assert {"file", "seconds", "sha256", "sentences"} <= set(clip)
    assert set(clip["sentences"][0]) == {"text", "start", "end"}


def test_the_same_inputs_give_the_same_bytes(
    new_project: Callable[[str], Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    results = []
    for name in ("here", "there"):
        project = new_project(name)
        monkeypatch.setenv("NIGHTFEED_CACHE", str(project.folder / "cache"))
        assert project.record()
        results.append({**project.clips(), "library": (project.audio / "library.json").read_bytes()})
    assert results[0] == results[1]


def test_recordings_deleted_come_back_the_same_without_a_word_spoken(project: Project) -> None:
    project.record()
    before = project.clips()
    for path in project.audio.rglob("*.mp3"):
        path.unlink()
    (project.audio / "library.json").unlink()
    assert project.record() == []
    assert project.clips() == before
    project.assert_whole()


def test_a_guide_can_be_recorded_by_itself(project: Project) -> None:
    assert project.record("alpha") == SENTENCES
    assert [guide.slug for guide in project.library.guides] == ["alpha"]
    project.record("beta")
    assert [guide.slug for guide in project.library.guides] == ["beta", "alpha"]
    with pytest.raises(NightfeedError, match="there is no guide 'gamma'; choose one of: beta, alpha"):
        project.record("gamma")


def test_two_passages_that_read_the_same_have_a_clip_each(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write("alpha", guide_text("Again.", "And again.", "And again."))
    project.record()
    project.assert_whole()
    files = [clip.file for passage in project.library.guide("alpha").passages for clip in passage.clips]
    assert len(set(files)) == 5
    assert project.record() == [] and "0 recorded, 2 unchanged" in capsys.readouterr().out


def test_a_passage_of_emoji_alone_is_passed_over(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write("alpha", guide_text("One here.", "😀 🎉"))
    project.record()
    assert project.library.guide("alpha").sections[0].lead[1].clips == ()
    assert project.record() == [] and "0 recorded, 2 unchanged" in capsys.readouterr().out


# what has changed


def test_a_changed_sentence_is_the_only_one_spoken(project: Project) -> None:
    project.record()
    before = project.clips()
    project.write("alpha", guide_text("One here. Two elsewhere.", "Three follows.", title="Alpha"))
    assert project.record() == ["Two elsewhere."]
    project.assert_whole()
    gone, new = before.keys() - project.clips().keys(), project.clips().keys() - before.keys()
    changed = {"alpha/part-1-lead-1", "alpha/episode"}
    assert {name_alone(file) for file in gone} == {name_alone(file) for file in new} == changed
    assert project.library.guide("alpha").sections[0].lead[0].text == "One here. Two elsewhere."


def test_a_new_title_is_taken_over_without_a_new_clip(project: Project) -> None:
    project.record()
    before = project.clips()
    project.write("alpha", guide_text("One here. Two there.", "Three follows.", title="Omega"))
    assert project.record() == ["Omega opens.", "Omega ends."]
    assert project.library.guide("alpha").title == "Omega"
    assert clips_alone(project.clips()) == clips_alone(before)


def test_where_nothing_has_changed_no_voice_is_loaded_and_no_file_is_touched(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.record()
    before = {path: path.stat().st_mtime_ns for path in project.audio.rglob("*.*")}
    monkeypatch.setattr(record_command, "load_voice", None)
    assert project.record() == []
    assert {path: path.stat().st_mtime_ns for path in project.audio.rglob("*.*")} == before


def test_where_nothing_has_changed_nothing_that_makes_sound_is_loaded(project: Project) -> None:
    project.record()
    watch = "import atexit, sys; atexit.register(lambda: print(*sys.modules))"
    status, out, error = finished(
        subprocess.Popen(
            [sys.executable, "-c", f"{watch}\nfrom skill.cli import main\nmain()", "record"],
            env={**os.environ, "PYTHONPATH": str(ROOT), "NIGHTFEED_PROJECT": str(project.folder)},
            text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
    )  # fmt: skip
    assert (status, error.strip()) == (0, "")
    told, loaded = out.splitlines()
    assert told.startswith("0 recorded, 2 unchanged")
    sound = {"numpy", "scipy", "soundfile", "lameenc", "pydub", "pyloudnorm", "gtts", "kokoro_onnx"}
    assert not sound & set(loaded.split())


def test_damaged_clips_are_made_again_without_speaking(project: Project) -> None:
    project.record("alpha")
    before = project.clips()
    changed, cut, emptied, deleted, *_ = before
    data = before[changed]
    (project.audio / changed).write_bytes(data[:500] + bytes([data[500] ^ 1]) + data[501:])
    (project.audio / cut).write_bytes(before[cut][:-1])
    (project.audio / emptied).write_bytes(b"")
    (project.audio / deleted).unlink()
    assert project.record("alpha") == []
    assert project.clips() == before
    project.assert_whole()


def test_a_damaged_catalogue_is_made_anew_without_speaking(project: Project) -> None:
    project.record("beta")
    before = project.clips()
    for text in ("", "{", '{"recorded": [{"guide": 3}]}'):
        (project.audio / "library.json").write_text(text)
        assert project.record("beta") == []
        assert project.clips() == before
        project.assert_whole()


def test_there_is_no_library_before_the_first_time(tmp_path: Path) -> None:
    assert existing_library(tmp_path / "audio").recorded == ()


# what goes


def test_a_deleted_guide_disappears(project: Project) -> None:
    project.record()
    project.remove("alpha")
    assert project.record() == []
    assert [guide.slug for guide in project.library.guides] == ["beta"]
    assert not (project.audio / "alpha").exists() and (project.audio / "beta").is_dir()
    project.assert_whole()


def test_clips_that_are_no_longer_named_go_and_nothing_else_does(project: Project) -> None:
    others = [
        "README.md",
        "cover.mp3",
        "jingles/bell.mp3",
        "alpha/notes.txt",
        "alpha/episode.mp3",
        "alpha/top-tip.mp3",
    ]
    for name in others:
        (project.audio / name).parent.mkdir(parents=True, exist_ok=True)
        (project.audio / name).write_text("mine")
    (project.audio / "empty").mkdir()
    project.record()
    project.write("alpha", guide_text("Nothing else."))
    project.record()
    project.remove("alpha")
    project.record()
    assert {path.name for path in (project.audio / "alpha").iterdir()} == {
        "notes.txt",
        "episode.mp3",
        "top-tip.mp3",
    }
    assert all((project.audio / name).read_text() == "mine" for name in others)
    assert (project.audio / "empty").is_dir()


def test_recording_one_guide_leaves_the_others_clips_alone(project: Project) -> None:
    project.record()
    project.write("alpha", guide_text("Nothing else."))
    project.write("beta", guide_text("Nor here.", title="Beta"))
    project.record("alpha")
    project.assert_whole()
    assert project.library.guide("beta").sections[0].lead[0].text == "Four comes."


# what goes wrong


def interrupted_at(number: int) -> Callable[[str], None]:
    """Ctrl-C while the sentence of that number, from 1, is spoken."""
    count = itertools.count(1)

    def before(sentence: str) -> None:
        if next(count) == number:
            raise KeyboardInterrupt

    return before


@pytest.mark.parametrize("number", [1, 6, 9])
def test_stopped_half_way_all_is_whole_and_the_next_run_speaks_only_the_rest(
    project: Project, number: int
) -> None:
    project.voice = ToneVoice(voice_settings("house"), interrupted_at(number))
    with pytest.raises((KeyboardInterrupt, click.Abort)):
        project.record("alpha")
    assert project.voice.said == SENTENCES[: number - 1]
    assert existing_library(project.audio).recorded == ()
    assert project.record("alpha") == SENTENCES[number - 1 :]
    project.assert_whole()


def test_stopped_while_it_records_anew_the_old_recordings_are_still_whole(project: Project) -> None:
    project.record()
    library = (project.audio / "library.json").read_bytes()
    project.write("alpha", guide_text("Other words.", "And others.", "And yet others."))
    project.voice = ToneVoice(voice_settings("house"), interrupted_at(3))
    with pytest.raises((KeyboardInterrupt, click.Abort)):
        project.record()
    assert (project.audio / "library.json").read_bytes() == library
    project.assert_whole()
    assert project.record() == ["And yet others.", "A guide opens.", "A guide ends."]
    project.assert_whole()
    assert set(project.clips()) == {file for guide in project.library.guides for file in guide.files}


def test_a_signal_to_stop_ends_the_command_in_one_line(project: Project) -> None:
    run = project.start("alpha", seconds=0.5)
    wait_for(lambda: list(project.audio.glob("alpha/*.mp3")))
    run.send_signal(signal.SIGINT)
    status, _, error = finished(run)
    assert status == 130 and error.splitlines()[-1] == "nightfeed: stopped" and "Traceback" not in error
    spoken = len(list((project.folder.parent / "nightfeed-cache").rglob("*.flac")))
    assert 0 < spoken < len(SENTENCES)
    assert project.record("alpha") == SENTENCES[spoken:]
    project.assert_whole()


def test_killed_half_way_the_next_run_carries_on(project: Project) -> None:
    run = project.start("alpha", seconds=0.5)
    wait_for(lambda: list(project.audio.glob("alpha/*.mp3")))
    run.kill()
    finished(run)
    assert len(project.record("alpha")) < len(SENTENCES)
    assert project.library.guide("alpha")


@pytest.mark.parametrize("words", [(("alpha",), ("beta",)), ((), ())])
def test_two_runs_at_once_leave_every_guide_whole(
    project: Project, words: tuple[tuple[str, ...], ...]
) -> None:
    for run in [project.start(*chosen, seconds=0.05) for chosen in words]:
        status, _, error = finished(run)
        assert status == 0 and "Traceback" not in error and "Warning" not in error
    assert {guide.slug for guide in project.library.guides} == {"alpha", "beta"}
    project.assert_whole()
    assert set(project.clips()) == {file for guide in project.library.guides for file in guide.files}
    assert project.record() == []


def test_what_another_run_has_cleared_away_meanwhile_is_made_again(project: Project) -> None:
    def work(*leads: str) -> Work:
        project.write("alpha", guide_text(*leads))
        plans = read_plans(project.folder / "content", read_guides(project.folder / "content" / "guides"))
        (plan,) = (plan for plan in plans if plan.guide.slug == "alpha")
        found = work_for(plan, project.library, project.audio)
        assert found
        return found

    project.record("alpha")
    planned_before = work("One here. Two there.", "Changed.")
    project.write("alpha", guide_text("All is new.", "All of it."))
    project.record("alpha")
    cache = SentenceCache(project.folder / "cache")
    pauses = read_show(project.folder / "content" / "show.toml").pauses
    record(planned_before, project.audio, lambda: project.voice, cache, pauses, lambda: None)
    project.assert_whole()


def told(run: "subprocess.Popen[str]") -> str:
    """The error's line, where nothing but a progress bar is beside it."""
    status, out, error = finished(run)
    assert (status, out) == (2, "") and "Traceback" not in error, error
    (line,) = [line for line in error.splitlines() if line.startswith("nightfeed: ")]
    return line


def test_a_disk_that_is_full_is_told_and_nothing_is_half_written(project: Project) -> None:
    project.record("beta")
    before, library = project.clips(), (project.audio / "library.json").read_bytes()
    line = told(project.start("alpha", first=LIMITED.format(2000)))
    assert "cannot be written (File too large); make room or check rights" in line
    assert project.clips() == before and (project.audio / "library.json").read_bytes() == library
    assert not list((project.folder.parent / "nightfeed-cache").rglob(".*"))
    project.assert_whole()
    project.record("alpha")
    project.assert_whole()


def test_a_disk_that_fills_up_with_the_sentences_spoken_leaves_them_spoken(project: Project) -> None:
    project.record("alpha")
    for path in project.audio.rglob("*.*"):
        path.unlink()
    line = told(project.start("alpha", first=LIMITED.format(2000)))
    assert "/audio/alpha/" in line and "make room" in line
    assert project.clips() == {} and not (project.audio / "library.json").exists()
    assert project.record("alpha") == []
    project.assert_whole()


def test_a_place_that_cannot_be_written_is_told(project: Project) -> None:
    project.audio.mkdir()
    (project.audio / "alpha").write_text("a file where the guide's folder should be")
    with pytest.raises(NightfeedError, match="cannot be written"):
        project.record("alpha")
    assert not (project.audio / "library.json").exists()


def test_audio_that_is_no_folder_is_told(project: Project) -> None:
    project.audio.write_text("a file")
    with pytest.raises(NightfeedError, match="cannot be written"):
        project.record()


def test_a_voice_that_fails_leaves_the_old_recordings_whole(project: Project) -> None:
    def fail(sentence: str) -> None:
        raise VoiceError("the network is down; try again")

    project.record()
    library = (project.audio / "library.json").read_bytes()
    project.write("alpha", guide_text("Other words."))
    project.voice = ToneVoice(voice_settings("house"), fail)
    with pytest.raises(VoiceError, match="the network is down"):
        project.record()
    assert (project.audio / "library.json").read_bytes() == library
    project.assert_whole()


def test_without_the_house_voice_the_remedy_is_named(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    environment = {"NIGHTFEED_VOICES": str(project.folder / "none"), "NIGHTFEED_PROJECT": str(project.folder)}
    run = subprocess.Popen(
        [sys.executable, "-m", "skill", "record"],
        env={**os.environ, **environment, "NIGHTFEED_CACHE": str(project.folder / "cache")},
        cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert "install it with: nightfeed voice install" in told(run)


def test_the_catalogue_written_is_the_one_that_the_skill_reads(project: Project) -> None:
    project.record()
    data = (project.audio / "library.json").read_bytes()
    assert msgspec.json.decode(data)["recorded"][0]["guide"]["slug"] == "beta"
    assert data.endswith(b"\n") and b"\n " in data
