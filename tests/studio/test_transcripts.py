"""What a listener hears is what the editor wrote: every committed recording, heard by speech recognition."""

from functools import cache
from pathlib import Path

import pytest

from skill.library import Clip, Guide, read_library
from tests.conversing import CONTENT
from tests.studio.judge import Judge, normalised

pytestmark = pytest.mark.heavy

AUDIO = CONTENT.parent / "audio"
GUIDES = read_library(AUDIO / "library.json").guides
CLIPS = [clip for guide in GUIDES for passage in guide.passages for clip in passage.clips]
WORST_GUIDE, WORST_CLIP, WORST_EPISODE = 0.02, 0.08, 0.03
"""Word error rates that no recording may pass; in an episode, the judge also mishears our name."""


@cache
def judge() -> Judge:
    return Judge()


@cache
def heard(file: str) -> str:
    return judge().transcript(AUDIO / file)


def written(clip: Clip) -> str:
    return normalised(" ".join(sentence.text for sentence in clip.sentences))


@pytest.mark.parametrize("clip", CLIPS, ids=lambda clip: Path(clip.file).stem.rpartition("-")[0])
def test_a_clip_says_what_is_written(clip: Clip) -> None:
    import jiwer

    assert jiwer.wer(written(clip), heard(clip.file)) <= WORST_CLIP, heard(clip.file)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.slug)
def test_a_guide_says_what_is_written(guide: Guide) -> None:
    import jiwer

    clips = [clip for passage in guide.passages for clip in passage.clips]
    rate = jiwer.wer([written(clip) for clip in clips], [heard(clip.file) for clip in clips])
    assert rate <= WORST_GUIDE


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.slug)
def test_an_episode_says_what_its_transcript_tells(guide: Guide) -> None:
    import jiwer

    assert guide.episode
    spoken = [
        sentence.text
        for chapter in guide.episode.chapters
        for paragraph in chapter.paragraphs
        for sentence in paragraph
    ]
    assert jiwer.wer(normalised(" ".join(spoken)), heard(guide.episode.file)) <= WORST_EPISODE
