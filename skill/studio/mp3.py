"""Encoding and decoding MP3, in memory."""

import io
from typing import TYPE_CHECKING, Any

import lameenc
import numpy as np
import soundfile

from skill.studio import mastering
from skill.studio.mastering import Level, Master

if TYPE_CHECKING:
    from skill.studio.mastering import Sound

QUALITY = 2
"""LAME's scale: 0 best, 9 fastest."""
ENCODER_DELAY = 1105
"""Samples of silence that encoding and decoding put before the sound (LAME's 576 + a decoder's 529)."""
HEADROOM = 0.8
"""dB left below the peak before the first encoding, for what encoding adds."""
ATTEMPTS = 12
MUCH_MORE = 1.0
"""LU above its level that a recording is aimed at before the headroom is used as well."""


def encoded(sound: "Sound", rate: int, kbps: int, quality: int = QUALITY) -> bytes:
    """The sound as constant bit rate mono MP3 without any tag."""
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(kbps)
    encoder.set_in_sample_rate(rate)
    encoder.set_out_sample_rate(rate)
    encoder.set_channels(1)
    encoder.set_quality(quality)
    encoder.silence()
    pcm = (np.clip(sound, -1, 1) * 32767).round().astype("<i2")
    return bytes(encoder.encode(pcm.tobytes()) + encoder.flush())


def decoded(mp3: bytes) -> tuple["Sound", int]:
    """Mono samples and their rate in Hz."""
    samples, rate = soundfile.read(io.BytesIO(mp3), dtype="float64", always_2d=True)
    mono: Any = samples.mean(axis=1)
    return mono, rate


def mastered_mp3(sound: "Sound", rate: int, kbps: int, level: Level) -> tuple[bytes, float]:
    """The sound at that level as it will be heard, after encoding; and its length in seconds.

    What cannot be so loud below that peak, as a row of clicks, stays quieter.
    """
    master = Master(sound, rate)
    peak, target = level.peak - HEADROOM, level.loudness
    nearest: tuple[float, float] | None = None
    for _ in range(ATTEMPTS):
        mp3 = encoded(master.at(Level(target, peak)), rate, kbps)
        heard, heard_rate = decoded(mp3)
        excess = mastering.true_peak(heard) - level.peak
        missing = level.loudness - mastering.loudness(heard, heard_rate)
        if nearest is None or (max(0.0, excess), abs(missing)) < nearest:
            nearest = max(0.0, excess), abs(missing)
            best = mp3, len(heard) / heard_rate
        if excess <= 0 and abs(missing) <= 2 * mastering.TOLERANCE:
            break
        if excess > 0 or target > level.loudness + MUCH_MORE:
            peak = min(peak - excess, level.peak)
        target += missing
    return best
