"""A sentence is spoken once; what was kept is used only while it is whole."""

from pathlib import Path

import numpy as np
import pytest

from skill.errors import NightfeedError
from skill.studio.sentence_cache import SentenceCache
from skill.studio.voice import Spoken, VoiceError
from tests.studio.tone_voice import ToneVoice


@pytest.fixture
def cache(tmp_path: Path) -> SentenceCache:
    return SentenceCache(tmp_path / "sentences")


def kept_file(tmp_path: Path) -> Path:
    (path,) = (path for path in tmp_path.rglob("*") if path.is_file())
    return path


def test_a_sentence_is_spoken_once_and_sounds_the_same_ever_after(cache: SentenceCache) -> None:
    voice = ToneVoice()
    first = cache.sound("Good night.", voice).pcm
    second = cache.sound("Good night.", voice).pcm
    assert voice.said == ["Good night."]
    assert first.dtype == np.int16 and np.array_equal(first, second)
    assert np.allclose(first / 32767, ToneVoice().speak("Good night.").samples, atol=1e-4)


def test_another_voice_and_another_text_are_spoken_anew(cache: SentenceCache) -> None:
    voice, other = ToneVoice("one"), ToneVoice("other")
    cache.sound("Good night.", voice)
    cache.sound("Good night!", voice)
    cache.sound("Good night.", other)
    assert (voice.said, other.said) == (["Good night.", "Good night!"], ["Good night."])


@pytest.mark.parametrize("part", [0, 0.02, 0.3, 0.5, 0.9])
def test_a_file_with_a_byte_changed_is_spoken_again(
    cache: SentenceCache, tmp_path: Path, part: float
) -> None:
    voice = ToneVoice()
    first = cache.sound("Good night.", voice).pcm
    path = kept_file(tmp_path)
    data = bytearray(path.read_bytes())
    data[int(part * len(data))] ^= 0x55
    path.write_bytes(data)
    assert np.array_equal(cache.sound("Good night.", voice).pcm, first)
    assert len(voice.said) == 2
    assert np.array_equal(cache.sound("Good night.", voice).pcm, first) and len(voice.said) == 2


@pytest.mark.parametrize("length", [0, 10, 2000, -10])
def test_a_file_cut_short_is_spoken_again(cache: SentenceCache, tmp_path: Path, length: int) -> None:
    voice = ToneVoice()
    first = cache.sound("Good night.", voice).pcm
    path = kept_file(tmp_path)
    path.write_bytes(path.read_bytes()[:length])
    assert np.array_equal(cache.sound("Good night.", voice).pcm, first)
    assert len(voice.said) == 2


def test_a_voice_that_fails_leaves_nothing_behind(cache: SentenceCache, tmp_path: Path) -> None:
    def fail(sentence: str) -> None:
        raise VoiceError("no voice today")

    with pytest.raises(VoiceError, match="no voice today"):
        cache.sound("Good night.", ToneVoice(before=fail))
    assert not list(tmp_path.rglob("*.flac"))


class SilentVoice(ToneVoice):
    def speak(self, sentence: str) -> Spoken:
        return Spoken(np.zeros(2400, dtype="float32"))


def test_a_sentence_that_comes_out_silent_is_told_and_not_kept(cache: SentenceCache, tmp_path: Path) -> None:
    with pytest.raises(VoiceError, match=r"said nothing for 'Hm\.'; write the sentence otherwise"):
        cache.sound("Hm.", SilentVoice())
    assert not list(tmp_path.rglob("*.flac"))


def test_a_folder_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "sentences").write_text("a file in the folder's place")
    with pytest.raises(NightfeedError, match="cannot be written") as caught:
        SentenceCache(tmp_path / "sentences").sound("Good night.", ToneVoice())
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("words", [(), (0.0, 0.35, 12.125)])
def test_the_times_of_its_words_are_kept_with_it(cache: SentenceCache, words: tuple[float, ...]) -> None:
    class TimedVoice(ToneVoice):
        def speak(self, sentence: str) -> Spoken:
            return Spoken(super().speak(sentence).samples, words)

    voice = TimedVoice()
    assert cache.sound("Good night.", voice).words == words
    assert cache.sound("Good night.", voice).words == words
    assert voice.said == ["Good night."]
