"""Sentences become clips: the right pauses, times that match the sound, and none too long."""

import hashlib
from collections.abc import Sequence

import numpy as np
import pytest

from skill.errors import NightfeedError
from skill.limits import MAX_CLIP_SECONDS
from skill.show import Pauses
from skill.studio.clips import MadeClip, Take, make_clips
from skill.studio.mp3 import decoded
from skill.studio.plan import SpokenSentence
from skill.studio.voice import SAMPLE_RATE
from tests.studio.sounds import Frame, frames
from tests.studio.tone_voice import ToneVoice

PAUSES = Pauses(before=0.25, after_heading=0.8, after_sentence=0.45, after=0.35)
NEAR = 0.02
"""Seconds that encoding may blur a sound's start and end."""


def take(words: int, pause: float = PAUSES.after_sentence) -> Take:
    """A sentence of so many words, 0.2 s each."""
    text = " ".join(f"word{number}" for number in range(words))
    sound = ToneVoice().speak(text).samples
    return Take(SpokenSentence(text, text, pause), (sound * 32767).astype("int16"))


def long_take(seconds: float) -> Take:
    short = take(5)
    sound = np.resize(short.sound, int(seconds * SAMPLE_RATE))
    return Take(SpokenSentence(f"{seconds} seconds", "", PAUSES.after_sentence), sound)


def made(*takes: Take) -> Sequence[MadeClip]:
    return make_clips(takes, PAUSES, "nights/part-1-lead-1-0123456789abcdef")


def test_a_clip_is_what_it_says_that_it_is() -> None:
    (new,) = made(take(4, PAUSES.after_heading), take(6))
    sound, rate = decoded(new.mp3)
    assert new.clip.file == "nights/part-1-lead-1-0123456789abcdef.mp3"
    assert new.clip.sha256 == hashlib.sha256(new.mp3).hexdigest()
    assert new.clip.seconds == pytest.approx(len(sound) / rate, abs=0.001)
    assert set(frames(new.mp3)) == {Frame(48, SAMPLE_RATE, mono=True)}
    assert [sentence.text for sentence in new.clip.sentences] == [
        take(4).sentence.written,
        take(6).sentence.written,
    ]


def test_the_same_takes_give_the_same_bytes() -> None:
    assert made(take(4), take(6)) == made(take(4), take(6))


def test_each_sentence_sounds_where_the_clip_says_and_there_is_silence_between() -> None:
    (new,) = made(take(3, PAUSES.after_heading), take(1), take(8))
    sound, rate = decoded(new.mp3)

    def level(start: float, end: float) -> float:
        return float(np.sqrt(np.mean(sound[int(start * rate) : int(end * rate)] ** 2)))

    times = [(sentence.start, sentence.end) for sentence in new.clip.sentences]
    silences = [0.0, *(end for _, end in times)], [*(start for start, _ in times), new.clip.seconds]
    for start, end in times:
        # Sound right from the first moment to the last: the delay of the encoder is in the times.
        assert min(level(start, start + NEAR), level(start, end), level(end - NEAR, end)) > 0.05
    for start, end in zip(*silences, strict=True):
        assert level(start + NEAR, end - NEAR) < 0.002


def test_pauses_are_as_long_as_the_show_wants_them() -> None:
    (new,) = made(take(3, PAUSES.after_heading), take(2), take(4))
    first, second, third = new.clip.sentences
    assert second.start - first.end == pytest.approx(PAUSES.after_heading, abs=0.002)
    assert third.start - second.end == pytest.approx(PAUSES.after_sentence, abs=0.002)
    assert first.start - PAUSES.before == pytest.approx(1105 / SAMPLE_RATE, abs=0.002)
    assert PAUSES.after <= new.clip.seconds - third.end <= PAUSES.after + 0.1


def test_a_passage_that_runs_over_is_split_between_sentences_into_as_few_clips_as_can_be() -> None:
    takes = [long_take(seconds) for seconds in (20, 30, 66, 20)]
    clips = made(*takes)
    assert [new.clip.file.rsplit("-", 1)[1] for new in clips] == ["1.mp3", "2.mp3"]
    assert [len(new.clip.sentences) for new in clips] == [3, 1]
    assert [sentence.text for new in clips for sentence in new.clip.sentences] == [
        take.sentence.written for take in takes
    ]
    for new in clips:
        assert new.clip.seconds <= MAX_CLIP_SECONDS
        times = [time for sentence in new.clip.sentences for time in (sentence.start, sentence.end)]
        assert times == sorted(times) and times[-1] < new.clip.seconds


def test_a_sentence_that_no_clip_can_hold_is_named() -> None:
    with pytest.raises(NightfeedError, match=r"a sentence runs over 118 s; split it: '119 seconds'"):
        made(long_take(119))


def test_nothing_to_say_makes_no_clip() -> None:
    assert made() == ()
