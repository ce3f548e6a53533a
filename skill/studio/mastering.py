"""Loudness and peaks: every recording at the same level, and never clipped.

Loudness is integrated, ITU-R BS.1770 (LUFS); peaks are true peaks, four times oversampled (dBTP).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyloudnorm
from scipy.ndimage import minimum_filter1d, uniform_filter1d
from scipy.signal import resample_poly

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Sound = NDArray[np.float64]
    """Mono samples between -1 and 1."""

OVERSAMPLING = 4
LIMITER_WINDOW = 0.008
"""Seconds that the limiter looks ahead and behind, so that it turns down smoothly."""
TOLERANCE = 0.05
"""LU that are near enough to the target."""
ROUNDS = 8
"""Limiting takes loudness away; so gain and limiting are repeated, this often at most."""
BLOCK = 0.4
"""Seconds: the least that has a loudness (one gating block)."""


@dataclass(frozen=True)
class Level:
    """How loud a recording is to be."""

    loudness: float
    """LUFS."""
    peak: float
    """dBTP, not to be passed."""


def loudness(sound: "Sound", rate: int) -> float:
    """LUFS of the sound; what is shorter than a gating block is measured as if repeated."""
    if len(sound) < BLOCK * rate:
        sound = np.tile(sound, int(np.ceil(BLOCK * rate / len(sound))))
    return float(pyloudnorm.Meter(rate).integrated_loudness(sound))


def true_peak(sound: "Sound") -> float:
    """dBTP of the sound."""
    return _decibels(float(np.max(np.abs(resample_poly(sound, OVERSAMPLING, 1)))))


class Master:
    """One sound, to be brought to any level; what all levels need of it is found once."""

    def __init__(self, sound: "Sound", rate: int) -> None:
        own = loudness(sound, rate)
        if own == -np.inf:
            # Too quiet for the standard's gate.
            sound = sound / np.max(np.abs(sound))
            own = loudness(sound, rate)
        self._sound, self._rate, self._loudness = sound, rate, own
        oversampled = np.abs(resample_poly(sound, OVERSAMPLING, 1))
        self._peaks = oversampled[: len(sound) * OVERSAMPLING].reshape(-1, OVERSAMPLING).max(axis=1)
        """Around each sample."""

    def at(self, level: Level) -> "Sound":
        """The sound at the level's loudness, limited to its peak."""
        ceiling = _ratio(level.peak)
        gain = level.loudness - self._loudness
        for _ in range(ROUNDS):
            mastered = self._limited(_ratio(gain), ceiling)
            missing = level.loudness - loudness(mastered, self._rate)
            if abs(missing) < TOLERANCE:
                break
            gain += missing
        return mastered

    def _limited(self, gain: float, ceiling: float) -> "Sound":
        """The sound so much louder, its peaks turned down to the ceiling by a gain that moves smoothly."""
        wanted = np.minimum(1.0, ceiling / np.maximum(self._peaks * gain, ceiling))
        window = int(LIMITER_WINDOW * self._rate) | 1
        # The least gain nearby, then its mean: never above what any peak in reach needs.
        smooth: Sound = uniform_filter1d(minimum_filter1d(wanted, 2 * window + 1), window)
        return self._sound * gain * smooth


def _ratio(decibels: float) -> float:
    return float(10 ** (decibels / 20))


def _decibels(ratio: float) -> float:
    return float(20 * np.log10(max(ratio, 1e-9)))
