"""The quiet recordings: as soft and as even as a sleeping baby wants, and made without speaking again."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from skill.library import Clip, Guide, Library, Passage, library_json, read_library
from skill.limits import CLIP_KBPS, QUIET_LOUDNESS, QUIET_PEAK
from skill.studio.mastering import loudness, true_peak
from skill.studio.mp3 import decoded
from skill.studio.plan import with_recordings
from skill.studio.quiet import evened
from skill.studio.recording import damaged_clips
from skill.studio.voice import SAMPLE_RATE
from tests.conversing import CONTENT
from tests.studio.conftest import Project

AUDIO = CONTENT.parent / "audio"
TONE = np.sin(np.arange(2 * SAMPLE_RATE) / SAMPLE_RATE * 2 * np.pi * 300)


def clips(library: Library) -> list[Clip]:
    return [clip for guide in library.guides for passage in guide.passages for clip in passage.clips]


@pytest.mark.parametrize("clip", clips(read_library(AUDIO / "library.json")), ids=lambda clip: clip.file)
def test_every_clip_has_a_quiet_recording_of_the_same_length(clip: Clip) -> None:
    assert clip.quiet_file == clip.file.replace(".mp3", "-quiet.mp3")
    mp3 = (AUDIO / clip.quiet_file).read_bytes()
    sound, rate = decoded(mp3)
    assert rate == SAMPLE_RATE
    assert len(sound) / rate == pytest.approx(clip.seconds, abs=0.001)
    assert len(mp3) == pytest.approx(clip.seconds * CLIP_KBPS * 1000 / 8, rel=0.01)
    assert loudness(sound, rate) == pytest.approx(QUIET_LOUDNESS, abs=0.5)
    assert true_peak(sound) <= QUIET_PEAK + 0.1


def test_a_loud_stretch_is_turned_down_and_nothing_is_turned_up() -> None:
    sound = np.concatenate([0.1 * TONE, 0.8 * TONE, 0.1 * TONE])
    level = np.abs(evened(sound, SAMPLE_RATE))
    assert np.all(level <= np.abs(sound))
    soft, loud = level[:SAMPLE_RATE].max(), level[3 * SAMPLE_RATE - 2_000 : 3 * SAMPLE_RATE].max()
    assert soft == pytest.approx(0.1, rel=0.01)
    assert loud / soft < 7


def test_silence_stays_silence() -> None:
    assert not np.any(evened(np.zeros(SAMPLE_RATE), SAMPLE_RATE))


@pytest.fixture
def recorded(project: Project) -> Project:
    """The project after its first recording."""
    project.record()
    return project


def files(project: Project, softly: bool) -> list[str]:
    return [clip.file_for(softly) for clip in clips(project.library)]


def damaged(project: Project) -> list[Clip]:
    passages = (passage for guide in project.library.guides for passage in guide.passages)
    return [clip for passage in passages for clip in damaged_clips(passage, project.audio)]


def test_both_recordings_are_made_of_sentences_spoken_once(project: Project) -> None:
    spoken = project.record()
    assert len(spoken) == len(set(spoken))
    loud, quiet = files(project, False), files(project, True)
    assert {file for file in project.clips() if "/episode-" not in file} == {*loud, *quiet}
    assert not set(loud) & set(quiet)


def test_a_library_from_before_gets_its_quiet_recordings_alone_and_nothing_is_spoken(
    recorded: Project,
) -> None:
    whole = recorded.clips()
    for file in files(recorded, True):
        (recorded.audio / file).unlink()
    # The other recordings stay what they are, even where they would now be made otherwise.
    stamps = [(recorded.audio / file).stat().st_mtime_ns for file in files(recorded, False)]
    guides = (without_quiet(entry.guide) for entry in recorded.library.recorded)
    old = tuple(
        replace(entry, guide=guide) for entry, guide in zip(recorded.library.recorded, guides, strict=True)
    )
    (recorded.audio / "library.json").write_bytes(library_json(Library(old)))
    assert len(damaged(recorded)) == len(clips(recorded.library))
    assert recorded.record() == []
    assert recorded.clips() == whole
    assert [(recorded.audio / file).stat().st_mtime_ns for file in files(recorded, False)] == stamps
    assert not damaged(recorded)


def without_quiet(guide: Guide) -> Guide:
    def before(passage: Passage) -> Passage:
        old = (replace(clip, quiet_file="", quiet_sha256="") for clip in passage.clips)
        return replace(passage, clips=tuple(old))

    return with_recordings(guide, map(before, guide.passages), guide.episode)


@pytest.mark.parametrize("softly", [True, False])
def test_a_damaged_file_is_told_and_made_anew(recorded: Project, softly: bool) -> None:
    whole = recorded.clips()
    clip = clips(recorded.library)[0]
    (recorded.audio / clip.file_for(softly)).write_bytes(b"noise")
    assert damaged(recorded) == [clip]
    assert recorded.record() == []
    assert recorded.clips() == whole


def test_clearing_away_deletes_only_the_quiet_files_that_are_not_named(recorded: Project) -> None:
    whole = recorded.clips()
    (recorded.audio / "alpha" / f"part-9-lead-1-{'0' * 16}-quiet.mp3").write_bytes(b"old")
    recorded.record()
    assert recorded.clips() == whole
    recorded.remove("alpha")
    recorded.record()
    assert {Path(file).parent.name for file in recorded.clips()} == {"beta"}


def test_the_quiet_file_is_played_only_where_it_is_wanted_and_there() -> None:
    clip = Clip("a.mp3", 1.0, "", (), "a-quiet.mp3")
    assert [clip.file_for(False), clip.file_for(True)] == ["a.mp3", "a-quiet.mp3"]
    assert replace(clip, quiet_file="").file_for(True) == "a.mp3"
