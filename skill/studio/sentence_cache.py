"""Sentences that were spoken before, kept by the hash of text, voice and settings."""

import hashlib
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from skill.files import write_whole
from skill.studio.voice import SAMPLE_RATE, Voice, VoiceError

if TYPE_CHECKING:
    from numpy import int16
    from numpy.typing import NDArray

    from skill.studio.mastering import Sound
    from skill.studio.voice import Samples

    Pcm = NDArray[int16]
    """Mono 16-bit sound at SAMPLE_RATE."""

FULL_SCALE = 32767
WORDS = re.compile(r"words((?: \d+\.\d{3})*)")
"""A file's comment: when its words begin, in seconds."""


@dataclass(frozen=True)
class SentenceSound:
    """A spoken sentence as it is kept."""

    pcm: "Pcm"
    words: tuple[float, ...]
    """Seconds at which its words begin; empty where the voice does not tell."""


class SentenceCache:
    """A folder of FLAC files, one a sentence. A damaged or missing file is spoken again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def sound(self, spoken: str, voice: Voice) -> SentenceSound:
        """The sentence's sound, spoken now if it never was. Raises VoiceError, NightfeedError."""
        path = self._path(spoken, voice.settings)
        sound = _kept(path)
        if sound is None:
            said = voice.speak(spoken)
            sound = SentenceSound(as_pcm(said.samples), said.words)
            if not sound.pcm.any():
                raise VoiceError(f"the voice said nothing for {spoken!r}; write the sentence otherwise")
            _keep(path, sound)
        return sound

    def _path(self, spoken: str, voice_settings: str) -> Path:
        key = hashlib.sha256(f"{voice_settings}\n{spoken}".encode()).hexdigest()
        return self._folder / key[:2] / f"{key[2:]}.flac"


def _kept(path: Path) -> SentenceSound | None:
    """The sound in the file; None where there is none, or it is damaged, which FLAC can tell."""
    import soundfile

    try:
        with soundfile.SoundFile(path) as file:
            told = WORDS.fullmatch(file.comment)
            pcm = file.read(dtype="int16")
    except (soundfile.LibsndfileError, UnicodeDecodeError):
        return None
    return SentenceSound(pcm, tuple(map(float, told[1].split()))) if told else None


def _keep(path: Path, sound: SentenceSound) -> None:
    import soundfile

    flac = io.BytesIO()
    with soundfile.SoundFile(flac, "w", SAMPLE_RATE, 1, format="FLAC", subtype="PCM_16") as file:
        file.comment = " ".join(["words", *(f"{start:.3f}" for start in sound.words)])
        file.write(sound.pcm)
    write_whole(path, flac.getvalue())


def as_pcm(samples: "Samples | Sound") -> "Pcm":
    """The samples, between -1 and 1, in 16 bits; what goes beyond is cut off."""
    import numpy as np

    return (np.clip(samples, -1, 1) * FULL_SCALE).round().astype("int16")
