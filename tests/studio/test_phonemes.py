"""How words sound."""

import sys

import pytest

from skill.errors import NightfeedError
from skill.studio.phonemes import phonemes


def test_without_what_tells_how_words_sound_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "espeakng_loader", None)
    with pytest.raises(NightfeedError, match=r"-m pip install -e '\.\[verify\]'"):
        phonemes()


@pytest.mark.heavy
@pytest.mark.parametrize(
    "words", ["there their", "behaviour behavior", "babies baby's", "yoghurt yogurt", "soar sore"]
)
def test_words_that_sound_the_same_have_the_same_phonemes(words: str) -> None:
    sound = phonemes()
    one, other = words.split()
    assert sound(one) == sound(other) != ""


@pytest.mark.heavy
def test_words_that_sound_otherwise_have_others() -> None:
    sound = phonemes()
    assert len({sound(word) for word in ("feet", "floor", "fleet", "flow")}) == 4
