"""Sentences that were spoken before, kept by the hash of text, voice and settings."""

import hashlib
import io
from pathlib import Path
from typing import TYPE_CHECKING

from skill.files import write_whole
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

    def sound(self, spoken: str, voice: Voice) -> "Pcm":
        """The sentence's sound, spoken now if it never was. Raises VoiceError, NightfeedError."""
        path = self._path(spoken, voice.settings)
        pcm = _kept(path)
        if pcm is None:
            pcm = _as_pcm(voice.speak(spoken))
            if not pcm.any():
                raise VoiceError(f"the voice said nothing for {spoken!r}; write the sentence otherwise")
            _keep(path, pcm)
        return pcm

    def _path(self, spoken: str, voice_settings: str) -> Path:
        key = hashlib.sha256(f"{voice_settings}\n{spoken}".encode()).hexdigest()
        return self._folder / key[:2] / f"{key[2:]}.flac"


def _kept(path: Path) -> "Pcm | None":
    """The sound in the file; None where there is none, or it is damaged, which FLAC can tell."""
    import soundfile

    try:
        pcm, _ = soundfile.read(path, dtype="int16")
    except soundfile.LibsndfileError:
        return None
    return pcm  # type: ignore[no-any-return]


def _keep(path: Path, pcm: "Pcm") -> None:
    import soundfile

    flac = io.BytesIO()
    soundfile.write(flac, pcm, SAMPLE_RATE, format="FLAC", subtype="PCM_16")
    write_whole(path, flac.getvalue())


def _as_pcm(samples: "Samples") -> "Pcm":
    import numpy as np

    return (np.clip(samples, -1, 1) * FULL_SCALE).round().astype("int16")
