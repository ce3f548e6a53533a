"""Whatever comes in, it goes out at the level that is asked for."""

from collections.abc import Callable

import numpy as np
import pyloudnorm
import pytest

from skill.studio.mastering import Level, Master, loudness, true_peak
from skill.studio.mp3 import decoded, mastered_mp3
from tests.studio import sounds
from tests.studio.sounds import RATE, Sound

LEVEL = Level(loudness=-14.0, peak=-1.5)
INPUTS: dict[str, Callable[[], Sound]] = {
    "speech": lambda: sounds.syllables(2),
    "peaky speech": lambda: sounds.syllables(2, sharpness=4),
    "quiet speech": lambda: sounds.syllables(2) * 0.01,
    "speech too quiet for the gate": lambda: sounds.syllables(2) * 2e-4,
    "loud noise": lambda: sounds.noise(2, 0.3),
    "clipped noise": lambda: np.clip(sounds.noise(2, 2), -1, 1),
    "square wave": lambda: np.sign(np.sin(2 * np.pi * 200 * np.arange(2 * RATE) / RATE)),
    "one short word": lambda: sounds.syllables(0.3),
    "one short word between pauses": lambda: np.pad(sounds.syllables(0.3), (6000, 8400)),
    "a loud half and a quiet half": lambda: np.concatenate([sounds.syllables(2), 0.1 * sounds.syllables(2)]),
    "clicks over noise": lambda: np.where(np.arange(2 * RATE) % 12_000 == 0, 0.9, sounds.noise(2, 0.001)),
    "a quarter of a minute": lambda: sounds.syllables(15),
}


@pytest.mark.parametrize("name", INPUTS)
def test_a_recording_is_as_loud_as_it_should_be_and_never_clips_once_encoded(name: str) -> None:
    heard, rate = decoded(mastered_mp3(INPUTS[name](), RATE, 48, LEVEL)[0])
    repeated = np.tile(heard, 2) if len(heard) < 0.4 * rate else heard
    assert abs(pyloudnorm.Meter(rate).integrated_loudness(repeated) - LEVEL.loudness) <= 0.5
    assert sounds.true_peak(heard) <= LEVEL.peak + 0.05


def test_what_cannot_be_so_loud_stays_below_the_peak() -> None:
    clicks = np.zeros(2 * RATE)
    for start in range(0, len(clicks) - 48, 6000):
        clicks[start : start + 48] = np.hanning(48)
    heard, _ = decoded(mastered_mp3(clicks, RATE, 48, LEVEL)[0])
    assert sounds.true_peak(heard) <= LEVEL.peak + 0.05


def test_quiet_recordings_keep_their_own_level() -> None:
    level = Level(loudness=-26.0, peak=-14.0)
    heard, rate = decoded(mastered_mp3(sounds.syllables(2), RATE, 48, level)[0])
    assert abs(pyloudnorm.Meter(rate).integrated_loudness(heard) - level.loudness) <= 0.5
    assert sounds.true_peak(heard) <= level.peak + 0.05


def test_limiting_turns_down_and_does_not_cut_off() -> None:
    mastered = Master(sounds.syllables(2, sharpness=4), RATE).at(LEVEL)
    assert true_peak(mastered) <= LEVEL.peak + 0.01
    at_the_top = np.abs(mastered) > 0.99 * np.max(np.abs(mastered))
    assert np.max(np.convolve(at_the_top, np.ones(4))) < 4


def test_what_limiting_takes_away_is_given_back() -> None:
    mastered = Master(sounds.syllables(2, sharpness=2), RATE).at(LEVEL)
    assert loudness(mastered, RATE) == pytest.approx(LEVEL.loudness, abs=0.1)


def test_loudness_is_that_of_the_standard() -> None:
    # EBU Tech 3341: a 997 Hz sine, full scale in one channel, is at -3.01 LUFS.
    sine = np.sin(2 * np.pi * 997 * np.arange(5 * RATE) / RATE)
    assert loudness(sine, RATE) == pytest.approx(-3.01, abs=0.1)


def test_a_true_peak_between_two_samples_is_found() -> None:
    # A sine at a quarter of the rate, sampled 45° off its tops, which are 3 dB above every sample.
    between = np.sin(np.pi / 2 * np.arange(RATE) + np.pi / 4)
    middle = between * np.hanning(len(between))
    assert np.max(np.abs(middle)) == pytest.approx(np.sqrt(0.5), abs=0.001)
    assert true_peak(middle) == pytest.approx(0, abs=0.1)
