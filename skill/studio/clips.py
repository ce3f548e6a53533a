"""Spoken sentences → clips: assembled with pauses, split where they run too long, mastered and encoded."""

import hashlib
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from skill.errors import NightfeedError
from skill.library import Clip, Sentence
from skill.limits import CLIP_KBPS, CLIP_LOUDNESS, CLIP_PEAK, MAX_CLIP_SECONDS
from skill.show import Pauses
from skill.studio.mastering import Level
from skill.studio.mp3 import ENCODER_DELAY, mastered_mp3
from skill.studio.plan import SpokenSentence
from skill.studio.voice import SAMPLE_RATE

with warnings.catch_warnings():
    # It misses ffmpeg, which is not needed here.
    warnings.simplefilter("ignore", RuntimeWarning)
    from pydub import AudioSegment

if TYPE_CHECKING:
    from skill.studio.sentence_cache import Pcm

CLIP_LEVEL = Level(CLIP_LOUDNESS, CLIP_PEAK)


@dataclass(frozen=True)
class Take:
    """A sentence with its sound."""

    sentence: SpokenSentence
    sound: "Pcm"
    words: tuple[float, ...] = ()
    """Seconds at which its words begin; empty where they are not known."""

    @property
    def seconds(self) -> float:
        """With the pause after it."""
        return len(self.sound) / SAMPLE_RATE + self.sentence.pause


@dataclass(frozen=True)
class MadeClip:
    """A clip with the bytes of its file."""

    clip: Clip
    mp3: bytes


def make_clips(takes: Sequence[Take], pauses: Pauses, name: str) -> tuple[MadeClip, ...]:
    """The clips of one passage, in order; `name` is their path below audio/ without the ending.

    Raises NightfeedError when one sentence alone is longer than a clip may be.
    """
    groups = grouped(takes, pauses)
    names = [name] if len(groups) == 1 else [f"{name}-{number}" for number in range(1, len(groups) + 1)]
    return tuple(_make_clip(group, pauses, f"{name}.mp3") for group, name in zip(groups, names, strict=True))


def grouped(takes: Sequence[Take], pauses: Pauses) -> list[list[Take]]:
    """The takes of each clip, in as few clips as can be. Raises NightfeedError, see make_clips."""
    limit = MAX_CLIP_SECONDS - pauses.before - pauses.after - 1
    groups: list[list[Take]] = []
    room = 0.0
    for take in takes:
        if take.seconds > limit:
            raise NightfeedError(
                f"a sentence runs over {limit:.0f} s; split it: {take.sentence.written[:60]!r}…"
            )
        if take.seconds > room:
            groups.append([])
            room = limit
        groups[-1].append(take)
        room -= take.seconds
    return groups


def _make_clip(takes: Sequence[Take], pauses: Pauses, file: str) -> MadeClip:
    sound, timed = assembled(takes, pauses)
    mp3, seconds = mastered_mp3(sound, SAMPLE_RATE, CLIP_KBPS, CLIP_LEVEL)
    return MadeClip(Clip(file, round(seconds, 3), hashlib.sha256(mp3).hexdigest(), timed), mp3)


def assembled(takes: Sequence[Take], pauses: Pauses) -> tuple[Any, tuple[Sentence, ...]]:
    """One stretch of sound, samples between -1 and 1, and where each sentence lies in the encoded file."""
    whole = _silence(pauses.before)
    timed: list[Sentence] = []
    for take in takes:
        start = (whole.frame_count() + ENCODER_DELAY) / SAMPLE_RATE
        whole += _segment(take.sound)
        end = (whole.frame_count() + ENCODER_DELAY) / SAMPLE_RATE
        timed.append(Sentence(take.sentence.written, round(start, 3), round(end, 3)))
        whole += _silence(pauses.after if take is takes[-1] else take.sentence.pause)
    return np.array(whole.get_array_of_samples(), dtype="float64") / 32768, tuple(timed)


def _segment(pcm: "Pcm") -> AudioSegment:
    return AudioSegment(pcm.tobytes(), sample_width=2, frame_rate=SAMPLE_RATE, channels=1)


def _silence(seconds: float) -> AudioSegment:
    return AudioSegment.silent(round(seconds * 1000), frame_rate=SAMPLE_RATE)
