"""Sentences that were spoken before, kept by the hash of text, voice and settings."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from skill.studio.voice import SAMPLE_RATE, Voice, VoiceError

if TYPE_CHECKING:
    from numpy import int16
    from numpy.typing import NDArray

    from skill.studio.voice import Samples

    Pcm = NDArray[int16]
    """Mono 16-bit sound at SAMPLE_RATE."""

FULL_SCALE = 32767


class SentenceCache:
    """A folder of FLAC files, one a sentence. A damaged or missing file is spoken again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def has(self, spoken: str, voice_settings: str) -> bool:
        """Whether the sentence need not be spoken again."""
        return self._path(spoken, voice_settings).is_file()

    def sound(self, spoken: str, voice: Voice) -> "Pcm":
        """The sentence's sound, spoken now if it never was. Raises VoiceError."""
        import soundfile

        path = self._path(spoken, voice.settings)
        try:
            pcm, _ = soundfile.read(path, dtype="int16")
        except soundfile.LibsndfileError:
            pcm = _as_pcm(voice.speak(spoken))
            self._keep(path, pcm)
        return pcm  # type: ignore[no-any-return]

    def _path(self, spoken: str, voice_settings: str) -> Path:
        key = hashlib.sha256(f"{voice_settings}\n{spoken}".encode()).hexdigest()
        return self._folder / key[:2] / f"{key[2:]}.flac"

    def _keep(self, path: Path, pcm: "Pcm") -> None:
        import soundfile

        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
            try:
                with os.fdopen(handle, "wb") as file:
                    soundfile.write(file, pcm, SAMPLE_RATE, format="FLAC", subtype="PCM_16")
                Path(name).replace(path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
        except (OSError, soundfile.LibsndfileError) as error:
            raise VoiceError(
                f"{path.parent}: the sentence cannot be kept ({error}); make room there"
            ) from None


def _as_pcm(samples: "Samples") -> "Pcm":
    import numpy as np

    return (np.clip(samples, -1, 1) * FULL_SCALE).round().astype("int16")
