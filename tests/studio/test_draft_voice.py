"""The draft voice: quick, understood, and never one that records for the public."""

import sys
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile

from skill.studio.draft_voice import SILENCE, DraftVoice
from skill.studio.voice import SAMPLE_RATE, VoiceError
from skill.studio.voice_choice import DRAFT, VOICE_NAMES, load_voice, voice_settings
from tests.studio.judge import Judge, normalised

EASY = "You can stop at any time, and come back when you are ready."
SHORT = SAMPLE_RATE // 200
"""Samples in which nothing is missed."""
MISHEARD = 2
"""Words that the judge may take for others."""


@pytest.fixture(scope="module")
def voice() -> DraftVoice:
    return DraftVoice()


def test_where_espeak_is_missing_it_says_so_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "espeakng_loader", None)
    with pytest.raises(VoiceError) as caught:
        load_voice(DRAFT, Path())
    assert str(caught.value) == (
        "espeak-ng, which the draft voice needs, is missing; install it with: nightfeed voice install"
    )


def test_it_never_records_for_the_public() -> None:
    assert DRAFT not in VOICE_NAMES
    with pytest.raises(VoiceError, match="there is no voice 'draft'"):
        voice_settings(DRAFT)


@pytest.mark.heavy
def test_it_is_understood(voice: DraftVoice, tmp_path: Path) -> None:
    soundfile.write(tmp_path / "said.wav", voice.speak(EASY).samples, SAMPLE_RATE)
    heard, said = Judge().transcript(tmp_path / "said.wav").split(), normalised(EASY).split()
    same = sum(block.size for block in SequenceMatcher(None, said, heard).get_matching_blocks())
    assert max(len(heard), len(said)) - same <= MISHEARD, heard


@pytest.mark.heavy
def test_its_sound_is_as_every_voices(voice: DraftVoice) -> None:
    spoken = voice.speak(EASY)
    assert spoken.samples.dtype == np.float32 and spoken.samples.ndim == 1
    assert 0.1 < np.max(np.abs(spoken.samples)) <= 1
    assert 2 < len(spoken.samples) / SAMPLE_RATE < 6
    assert "espeak-ng 1." in voice.settings and str(SAMPLE_RATE) in voice.settings


@pytest.mark.heavy
@pytest.mark.parametrize("sentence", ["“Yes”, it said.", "Tip.", "Hush"])
def test_there_is_no_silence_at_its_ends(voice: DraftVoice, sentence: str) -> None:
    (loud,) = np.nonzero(np.abs(voice.speak(sentence).samples) > SILENCE)
    assert loud[0] < SHORT and len(voice.speak(sentence).samples) - loud[-1] < SHORT


@pytest.mark.heavy
def test_it_tells_when_each_word_begins(voice: DraftVoice) -> None:
    spoken = voice.speak("Hush, little one: sleep.")
    assert len(spoken.words) == 4 and 0 <= spoken.words[0] < 0.1
    assert all(0.1 < later - earlier < 1 for earlier, later in pairwise(spoken.words))
    # A pause after "Hush," belongs to what is before it.
    quiet = spoken.samples[
        round((spoken.words[1] - 0.1) * SAMPLE_RATE) : round(spoken.words[1] * SAMPLE_RATE)
    ]
    assert np.sqrt(np.mean(quiet**2)) < np.sqrt(np.mean(spoken.samples**2)) / 3


@pytest.mark.heavy
@pytest.mark.parametrize("sentence", ["", "...", "?!"])
def test_what_it_cannot_say_is_told(voice: DraftVoice, sentence: str) -> None:
    with pytest.raises(VoiceError, match="the draft voice cannot say"):
        voice.speak(sentence)
