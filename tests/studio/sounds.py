"""What tests know of MP3 and of sounds, found by other means than the studio's own."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RATE = 24_000
Sound = NDArray[np.float64]

_KBPS = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
"""Bit rates of MPEG-2 layer III by their index (ISO/IEC 13818-3, table 3-B.2)."""
_RATES = (22_050, 24_000, 16_000)
_SAMPLES = 576
"""In one MPEG-2 layer III frame."""


@dataclass(frozen=True)
class Frame:
    """One frame's header."""

    kbps: int
    rate: int
    mono: bool


def frames(mp3: bytes) -> list[Frame]:
    """Every frame of an MPEG-2 layer III file that holds nothing else. Raises ValueError for any other."""
    found = []
    at = 0
    while at < len(mp3):
        head = int.from_bytes(mp3[at : at + 4], "big")
        if head >> 21 != 0x7FF or head >> 19 & 3 != 2 or head >> 17 & 3 != 1:
            raise ValueError(f"no MPEG-2 layer III frame at byte {at}: {mp3[at : at + 4].hex()}")
        frame = Frame(_KBPS[head >> 12 & 15], _RATES[head >> 10 & 3], mono=head >> 6 & 3 == 3)
        found.append(frame)
        at += _SAMPLES // 8 * frame.kbps * 1000 // frame.rate + (head >> 9 & 1)
    return found


def syllables(seconds: float, sharpness: float = 1.0) -> Sound:
    """Something like speech: a voiced buzz, three syllables a second; the sharper, the higher its peaks."""
    moments = np.arange(int(seconds * RATE)) / RATE
    phase = 2 * np.pi * np.cumsum(180 + 30 * np.sin(2 * np.pi * 0.7 * moments)) / RATE
    buzz = sum(np.sin(number * phase) / number for number in range(1, 20))
    return 0.1 * np.clip(np.sin(2 * np.pi * 3 * moments) + 0.3, 0, None) ** sharpness * buzz


def noise(seconds: float, level: float) -> Sound:
    return np.random.default_rng(1).normal(0, level, int(seconds * RATE))


def true_peak(sound: Sound) -> float:
    """dBTP, eight times oversampled, second by second, by filling up the spectrum with nothing."""
    peak = 0.0
    for start in range(0, len(sound), RATE):
        spectrum = np.fft.rfft(sound[start : start + RATE + 480])
        fine = np.fft.irfft(np.concatenate([spectrum, np.zeros(len(spectrum) * 7)])) * 8
        # Its ends are taken for neighbours, which they are not.
        peak = max(peak, np.max(np.abs(fine[800:-800])))
    return float(20 * np.log10(peak))
