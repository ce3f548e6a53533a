"""The committed recordings: up to date with the guides, whole, and as Alexa wants them."""

from pathlib import Path

import pytest

from skill.checking import recordings
from skill.guides.markdown import read_guides
from skill.library import Clip, read_library
from skill.limits import CLIP_KBPS, CLIP_LOUDNESS, CLIP_PEAK, MAX_CLIP_SECONDS
from skill.studio import mastering, mp3
from skill.studio.planning import read_plans
from skill.studio.recording import LOCK_FILE
from skill.studio.voice import SAMPLE_RATE
from tests.conversing import CONTENT
from tests.studio.sounds import Frame, frames

AUDIO = CONTENT.parent / "audio"
LIBRARY = read_library(AUDIO / "library.json")
CLIPS = [clip for guide in LIBRARY.guides for passage in guide.passages for clip in passage.clips]


def test_every_guide_is_recorded_as_it_is_written() -> None:
    plans = read_plans(CONTENT, read_guides(CONTENT / "guides"))
    assert list(recordings.problems(plans, LIBRARY, AUDIO)) == []


def test_nothing_lies_about_that_the_catalogue_does_not_name() -> None:
    named = {file for guide in LIBRARY.guides for file in guide.files} | {LIBRARY.cover_file, "library.json"}
    there = {path.relative_to(AUDIO).as_posix() for path in AUDIO.rglob("*") if path.is_file()}
    assert there - {LOCK_FILE} == named


@pytest.mark.parametrize("clip", CLIPS, ids=lambda clip: Path(clip.file).stem)
def test_a_clip_is_as_alexa_wants_it(clip: Clip) -> None:
    data = (AUDIO / clip.file).read_bytes()
    sound, rate = mp3.decoded(data)
    assert set(frames(data)) == {Frame(CLIP_KBPS, SAMPLE_RATE, mono=True)}
    assert len(sound) / rate == pytest.approx(clip.seconds, abs=0.001)
    assert clip.seconds <= MAX_CLIP_SECONDS
    assert mastering.loudness(sound, rate) == pytest.approx(CLIP_LOUDNESS, abs=0.5)
    assert mastering.true_peak(sound) <= CLIP_PEAK
    assert " " not in clip.file
    times = [time for sentence in clip.sentences for time in (sentence.start, sentence.end)]
    assert times == sorted(times) and times[0] > 0 and times[-1] < clip.seconds
