"""The quiet master: a clip once more, softer and more even, for a room where a baby sleeps."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.ndimage import uniform_filter1d

from skill.library import Clip
from skill.limits import CLIP_KBPS, QUIET_LOUDNESS, QUIET_PEAK
from skill.show import Pauses
from skill.studio.clips import Take, assembled, grouped
from skill.studio.mastering import Level
from skill.studio.mp3 import mastered_mp3
from skill.studio.voice import SAMPLE_RATE

if TYPE_CHECKING:
    from skill.studio.mastering import Sound

QUIET_LEVEL = Level(QUIET_LOUDNESS, QUIET_PEAK)
QUIET_ENDING = "-quiet.mp3"
WINDOW = 0.3
"""Seconds, about a word, over which the level is followed."""
RATIO = 2.0
"""dB by which a stretch must pass the average for one dB to be left of it."""


def quiet_clips(clips: Sequence[Clip], takes: Sequence[Take], pauses: Pauses) -> Iterator[tuple[Clip, bytes]]:
    """The clips of one passage, each with its quiet file named, and that file's bytes."""
    for clip, group in zip(clips, grouped(takes, pauses), strict=True):
        sound, _ = assembled(group, pauses)
        mp3, _ = mastered_mp3(evened(sound, SAMPLE_RATE), SAMPLE_RATE, CLIP_KBPS, QUIET_LEVEL)
        file = clip.file.removesuffix(".mp3") + QUIET_ENDING
        yield replace(clip, quiet_file=file, quiet_sha256=hashlib.sha256(mp3).hexdigest()), mp3


def evened(sound: "Sound", rate: int) -> "Sound":
    """The sound with every stretch above its average level turned down towards it; none is turned up."""
    level = np.sqrt(np.maximum(uniform_filter1d(np.square(sound), int(WINDOW * rate)), 0))
    average = np.sqrt(np.mean(np.square(sound)))
    if average == 0:
        return sound
    evened: Sound = sound * np.maximum(level / average, 1) ** (1 / RATIO - 1)
    return evened
