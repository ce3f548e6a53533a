"""Which sentences are doubtful: what sounds alike is not, what sounds otherwise is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.studio.comparing import doubtful

SPOKEN = ["Why limits help.", "Feet on the floor, please.", "They're for twenty five per cent of parents."]
HEARD = "Why limits help? Feet on the floor, please. They're for 25% of parents."
SOUNDS = {"their": "ðeə", "there": "ðeə", "they're": "ðeə", "teach": "titʃ", "teacher": "titʃə"}


def sound(word: str) -> str:
    """As the table says, else as it is spelt."""
    return SOUNDS.get(word, word)


def doubts(heard: str, *spoken: str, **lexicon: str) -> dict[int, str]:
    return doubtful(spoken or SPOKEN, heard, lexicon, sound)


def test_what_is_heard_as_it_is_spoken_is_not_doubtful() -> None:
    assert doubts(HEARD) == {}


@given(
    st.lists(st.lists(st.sampled_from(["we", "sing", "a", "song", "of", "sleep"]), min_size=1), min_size=1)
)
def test_nothing_is_doubtful_of_whatever_is_heard_word_for_word(sentences: list[list[str]]) -> None:
    spoken = [f"{' '.join(words).capitalize()}." for words in sentences]
    assert doubts(" ".join(spoken), *spoken) == {}


@pytest.mark.parametrize(
    ("written", "instead", "number", "heard"),
    [
        ("Feet", "Hands", 1, "hands on the floor please"),
        ("floor", "wet floor", 1, "feet on the wet floor please"),
        ("limits ", "", 0, "why help"),
        (", please", "", 1, "feet on the floor"),
        ("25", "35", 2, "they are for thirty five per cent of parents"),
        ("Feet on the floor, please.", "Nobody said so.", 1, "nobody said so"),
        ("Why limits help? ", "", 0, ""),
    ],
)
def test_a_sentence_heard_otherwise_is_doubtful_with_what_was_heard(
    written: str, instead: str, number: int, heard: str
) -> None:
    assert doubts(HEARD.replace(written, instead)) == {number: heard}


def test_where_nothing_is_heard_all_is_doubtful() -> None:
    assert doubts("") == {0: "", 1: "", 2: ""}


def test_words_that_sound_the_same_are_the_same() -> None:
    assert doubts("It is there. See there cot.", "It is their.", "See their cot.") == {}


def test_a_sound_more_is_a_mishearing_and_another_word_is_not() -> None:
    assert doubts("Limits that teacher.", "Limits that teach.") == {}
    assert doubts("Limits that tease.", "Limits that teach.") == {0: "limits that tease"}


def test_words_written_apart_or_together_are_the_same() -> None:
    assert doubts("The grown-ups know.", "The grownups know.") == {}
    assert doubts("Everyone is nightfeeding.", "Every one is night feeding.") == {}


@pytest.mark.parametrize(
    "heard", ["won't|will not", "can't|cannot", "don't|do not", "we'll|we will", "I've|I have"]
)
def test_short_forms_are_the_same_as_long_ones(heard: str) -> None:
    short, long = heard.split("|")
    assert doubts(f"Surely {long} sleep.", f"Surely {short} sleep.") == {}
    assert doubts(f"Surely {short} sleep.", f"Surely {long} sleep.") == {}


def test_figures_and_abbreviations_are_read_as_the_project_reads_them() -> None:
    spoken = ["Ring for example one one one.", "At half past seven, it costs twelve pounds fifty."]
    lexicon = {"e.g.": "for example"}
    assert doubts("Ring e.g. 111. At half past 7, it costs £12.50.", *spoken, **lexicon) == {}


def test_a_short_word_heard_in_the_silence_around_a_sentence_is_let_pass_and_no_other_is() -> None:
    assert doubts(f"And {HEARD} you") == {}
    assert doubts(HEARD.replace("Feet", "And feet")) == {}
    assert doubts(HEARD.replace("on the", "on and the")) == {1: "feet on and the floor please"}
    assert doubts(f"Goodbye {HEARD}") == {0: "goodbye why limits help"}
