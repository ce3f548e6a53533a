"""A clip is what Alexa takes: MPEG-2, constant bit rate, mono; and nothing of it is lost or moved."""

import numpy as np
import pytest

from skill.studio.mp3 import ENCODER_DELAY, decoded, encoded
from tests.studio import sounds
from tests.studio.sounds import RATE, Frame, frames


def test_every_frame_is_mpeg_2_at_48_kbps_in_mono_and_there_is_no_tag() -> None:
    assert set(frames(encoded(sounds.syllables(2), RATE, 48))) == {Frame(48, RATE, mono=True)}


def test_the_same_sound_gives_the_same_bytes() -> None:
    assert encoded(sounds.syllables(1), RATE, 48) == encoded(sounds.syllables(1), RATE, 48)


@pytest.mark.parametrize("start", [0.5, 1.0003])
def test_the_sound_comes_after_the_encoders_delay_to_the_sample(start: float) -> None:
    sound = np.pad(sounds.syllables(0.5), (int(start * RATE), RATE // 2))
    heard, _ = decoded(encoded(sound, RATE, 48))
    shift = np.argmax(np.correlate(heard, sound[: len(heard)], "full")) - (len(sound) - 1)
    assert shift == ENCODER_DELAY


def test_all_of_the_sound_is_there_to_the_end() -> None:
    sound = sounds.syllables(1.234)
    heard, rate = decoded(encoded(sound, RATE, 48))
    assert rate == RATE
    assert len(sound) + ENCODER_DELAY <= len(heard) < len(sound) + ENCODER_DELAY + 3 * 576


def test_what_is_too_loud_is_cut_off_and_does_not_wrap_round() -> None:
    loud = np.full(RATE, 1.5) * np.sin(2 * np.pi * 100 * np.arange(RATE) / RATE)
    heard, _ = decoded(encoded(loud, RATE, 48))
    expected = np.clip(loud, -1, 1)
    assert np.corrcoef(heard[ENCODER_DELAY : ENCODER_DELAY + RATE], expected)[0, 1] > 0.99
