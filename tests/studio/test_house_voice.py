"""The house voice says the same each time, and refuses to be anything but itself."""

import os
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from skill.settings import read_settings
from skill.studio.house_voice import MODEL_FILE, SETTINGS, STYLE_FILE, HouseVoice, word_starts
from skill.studio.voice import SAMPLE_RATE, VoiceError
from skill.studio.voice_choice import voice_settings


@pytest.fixture(scope="module")
def installed() -> Path:
    """Where `nightfeed voice install` has put it."""
    return read_settings(os.environ, Path.cwd()).voices


@pytest.fixture(scope="module")
def voice(installed: Path) -> HouseVoice:
    return HouseVoice(installed)


def refusal(folder: Path) -> str:
    with pytest.raises(VoiceError) as caught:
        HouseVoice(folder)
    assert "\n" not in str(caught.value) and "nightfeed voice install" in str(caught.value)
    return str(caught.value)


def test_its_settings_are_known_without_loading_it() -> None:
    assert voice_settings("house") == SETTINGS


def test_a_voice_that_is_not_installed_is_told_with_the_remedy(tmp_path: Path) -> None:
    assert f"{tmp_path / STYLE_FILE}: the house voice's style is not there" in refusal(tmp_path)


@pytest.mark.parametrize("data", [b"", b"no array", b"\x93NUMPY\x01\x00"])
def test_a_damaged_style_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / STYLE_FILE).write_bytes(data)
    assert "not the file that the house voice was chosen with" in refusal(tmp_path)


def test_another_style_is_refused(tmp_path: Path) -> None:
    np.save(tmp_path / STYLE_FILE, np.zeros((510, 1, 256), dtype="<f4"))
    assert "not the file that the house voice was chosen with" in refusal(tmp_path)


@pytest.mark.heavy
def test_the_same_sentence_sounds_the_same_to_the_sample(voice: HouseVoice, installed: Path) -> None:
    first = voice.speak("Good night, little one.").samples
    assert first.dtype == np.float32 and first.ndim == 1 and len(first) > 0
    assert np.max(np.abs(first)) <= 1
    assert np.array_equal(first, voice.speak("Good night, little one.").samples)
    assert np.array_equal(first, HouseVoice(installed).speak("Good night, little one.").samples)


@pytest.mark.heavy
def test_another_sentence_sounds_different(voice: HouseVoice) -> None:
    assert not np.array_equal(voice.speak("Good night.").samples, voice.speak("Good day.").samples)


def test_words_begin_after_spaces() -> None:
    phonemes = [("ˈ", 0.1), ("ɪ", 0.15), ("t", 0.2), (" ", 0.25), (" ", 0.3), ("z", 0.4), (".", 0.5)]
    assert word_starts(phonemes) == (0.1, 0.4)


@pytest.mark.heavy
def test_it_tells_when_each_word_begins(voice: HouseVoice) -> None:
    alone, said = voice.speak("Hush."), voice.speak("Hush, little one: sleep.")
    assert len(alone.words) == 1 and len(said.words) == 4
    assert 0 <= said.words[0] < 0.2
    longest = len(alone.samples) / SAMPLE_RATE
    assert all(0.05 < later - earlier < longest for earlier, later in pairwise(said.words))
    # After the last word's beginning there is time to say it, and little more.
    assert 0.2 < len(said.samples) / SAMPLE_RATE - said.words[-1] < longest


@pytest.mark.heavy
def test_without_its_model_it_says_so(installed: Path, tmp_path: Path) -> None:
    (tmp_path / STYLE_FILE).symlink_to(installed / STYLE_FILE)
    assert f"{tmp_path / MODEL_FILE}: the house voice's model is not there" in refusal(tmp_path)


@pytest.mark.heavy
@pytest.mark.parametrize("name", [MODEL_FILE, STYLE_FILE])
def test_a_file_with_one_byte_changed_is_refused(installed: Path, tmp_path: Path, name: str) -> None:
    for file in (MODEL_FILE, STYLE_FILE):
        data = bytearray((installed / file).read_bytes())
        if file == name:
            data[len(data) // 2] ^= 1
        (tmp_path / file).write_bytes(data)
    assert f"{tmp_path / name}: not the file" in refusal(tmp_path)
