"""A small real voice for tests: one tone a word, the same on every run, and it counts what it is asked.

`python -m tests.studio.tone_voice record …` is `nightfeed record …` with this voice for the house voice, and
with ears for its tones, which nobody else understands.
"""

import hashlib
import os
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from skill.library import read_library
from skill.studio.voice import SAMPLE_RATE, Spoken
from skill.studio.voice_choice import voice_settings

WORD_SECONDS = 0.15
LOUDNESS = 0.2


class ToneVoice:
    """Speaks a word as a tone of its own pitch with a little noise; `said` holds every sentence asked for."""

    def __init__(
        self, settings: str = "tones", before: Callable[[str], None] = lambda sentence: None
    ) -> None:
        self.settings = settings
        self.said: list[str] = []
        self._before = before

    def speak(self, sentence: str) -> Spoken:
        self._before(sentence)
        self.said.append(sentence)
        words = sentence.split()
        starts = tuple(number * WORD_SECONDS for number in range(len(words)))
        return Spoken(np.concatenate([_tone(word) for word in words]), starts)


def _tone(word: str) -> NDArray[np.float32]:
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:4], "big")
    moments = np.arange(int(WORD_SECONDS * SAMPLE_RATE)) / SAMPLE_RATE
    noise = np.random.default_rng(seed).normal(0, 0.05, len(moments))
    sound = np.sin(2 * np.pi * (200 + seed % 400) * moments) + noise
    return (LOUDNESS * sound).astype("float32")


class ToneEars:
    """Hears in a recording what its catalogue says, but "something" for the word that it does not know."""

    def __init__(self, unknown: str) -> None:
        self._unknown = unknown

    def transcript(self, recording: Path) -> str:
        guides = read_library(recording.parent.parent / "library.json").guides
        clips = [clip for guide in guides for passage in guide.passages for clip in passage.clips]
        (text,) = [clip.text for clip in clips if clip.file.endswith(recording.name)]
        return text.replace(self._unknown, "something") if self._unknown else text


def main() -> None:
    """Run the command line.

    TONE_SECONDS is how long this voice takes for each sentence, TONE_UNKNOWN a word that is not understood.
    """
    from skill import cli
    from skill.cli import preview_command, record_command, say_command

    wait = float(os.environ.get("TONE_SECONDS", "0"))
    voice = ToneVoice(voice_settings("house"), lambda sentence: time.sleep(wait))
    record_command._load_recogniser = lambda: ToneEars(os.environ.get("TONE_UNKNOWN", ""))
    record_command.phonemes = lambda: str
    for command in (preview_command, record_command, say_command):
        command.load_voice = lambda name, folder: voice
    cli.main()


if __name__ == "__main__":
    main()
