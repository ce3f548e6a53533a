"""Whole conversations through the skill's own door: see tests/stories.py, and tests/transcripts.py."""

from pathlib import Path

import pytest
import yaml

from tests.stories import check, services_of, tell
from tests.transcripts import STORIES, transcript, transcript_file


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_the_conversation_goes_as_told(path: Path, tmp_path: Path) -> None:
    story = yaml.safe_load(path.read_text(encoding="utf-8"))
    with services_of(story, tmp_path) as amazon:
        for told in tell(story, tmp_path, amazon):
            check(told)


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_nothing_else_is_said_or_kept_than_is_written_down(path: Path, tmp_path: Path) -> None:
    written = transcript_file(path).read_text(encoding="utf-8")
    assert transcript(path, tmp_path) == written, "if it is meant: python -m tests.transcripts"


def test_every_transcript_has_its_story() -> None:
    assert set(transcript_file(STORIES[0]).parent.iterdir()) == set(map(transcript_file, STORIES))
