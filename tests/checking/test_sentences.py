"""What is said of one sentence, and what is not."""

import pytest

from skill.checking.reading_ease import reading_ease, syllables
from skill.checking.sentences import Heard, remarks
from skill.studio.speakable import speakable

LEXICON = {"IVF": "I V F"}
LONG = (
    "When a baby wakes at night it is often because they are hungry, and you may find that going to them "
    "quickly helps them to settle again"
)


def said(sentence: str) -> list[tuple[str, str]]:
    """What is amiss, and the suggestion."""
    heard = Heard(sentence, speakable(sentence, LEXICON), LEXICON)
    return [(remark.what, remark.suggestion) for remark in remarks(heard)]


@pytest.mark.parametrize(
    ("sentence", "what"),
    [
        ("Click here.", "“Click here” is for the eye"),
        ("There is more in the table below.", "“the table below” is for the eye"),
        ("As shown above, babies cry.", "“shown above” is for the eye"),
        ("You can download our plan.", "“download” is for the eye"),
        ("Babies (mostly) cry.", "brackets: (mostly)"),
        ("Is it ADHD?", "“ADHD”"),
        ("Try 1, 2, 3 or 4 of them.", "4 numbers in one sentence"),
        ("Love ^ sleep.", "the sign “^”"),
        ("🍼", "nothing of “🍼” can be said"),
        (f"{LONG}.", "a sentence of 27 words"),
    ],
)
def test_what_would_trouble_a_listener_is_told(sentence: str, what: str) -> None:
    ((found, suggestion),) = said(sentence)
    assert found == what
    assert suggestion


@pytest.mark.parametrize(
    "sentence",
    [
        "See that she is warm, and put her down below the window.",
        "You can see it on her face.",
        "Ask the parent(s) first.",
        "IVF and the NHS are known, and so is PND.",
        "At 7.30pm, give 120ml.",
        "It costs £2.50, or 25%.",
        "Mum's and dad's turn: who gets up tonight?",
        "“You really wanted to stay – it's hard to leave.”",
        " ".join(["word"] * 25) + ".",
    ],
)
def test_what_is_good_to_hear_is_let_be(sentence: str) -> None:
    assert said(sentence) == []


def test_a_long_sentence_is_split_between_two_thoughts_near_its_middle() -> None:
    ((_, suggestion),) = said(f"{LONG}.")
    assert "they are hungry, ┃ and you may find" in suggestion
    ((_, suggestion),) = said(" ".join(["word"] * 30) + ".")
    assert suggestion == "say it in two sentences"


@pytest.mark.parametrize(
    ("word", "count"),
    [("baby", 2), ("make", 1), ("asked", 1), ("wanted", 2), ("little", 2), ("relationship", 4), ("the", 1),
     ("wishes", 2), ("babies", 2), ("don't", 1)],
)  # fmt: skip
def test_syllables_are_counted_as_they_are_heard(word: str, count: int) -> None:
    assert syllables(word) == count


def test_hard_words_read_less_easily() -> None:
    assert reading_ease(["The cat sat on the mat."]) > 100
    assert reading_ease(["Considerable organisational responsibility necessitates professionalism."]) < 0
    assert reading_ease([]) == 100
