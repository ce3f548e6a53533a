"""What is said of one sentence, and what is not."""

import pytest

from skill.checking.reading_ease import reading_ease, syllables
from skill.checking.sentences import SHOUTED, SPELT, Heard, remarks
from skill.studio.phonemes import phonemes
from skill.studio.speakable import speakable

LEXICON = {"IVF": "I V F", "&": "and"}
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
        ("Scroll down to see it.", "“Scroll down” is for the eye"),
        ("Click on the big red button.", "“Click on the big red button” is for the eye"),
        ("Tap the link we sent.", "“Tap the link” is for the eye"),
        ("Follow our links.", "“Follow our links” is for the eye"),
        ("Read more.", "“Read more” is for the eye"),
        ("Find out more about sleep here.", "“Find out more about sleep here” is for the eye"),
        ("It is in the image on the left.", "“image on the left” is for the eye"),
        ("Babies cry, see Table 1.", "“see Table 1” is for the eye"),
        ("Now watch this short video.", "“watch this short video” is for the eye"),
        ("On this page you meet Mo.", "“On this page” is for the eye"),
        ("You can download our plan.", "“download our plan” is for the eye"),
        ("Babies (mostly) cry.", "brackets: (mostly)"),
        ("Babies (of 3.", "brackets: (of 3."),
        ("Is it ASD, or is it not ASD?", "“ASD”"),
        ("Come in a wk.", "“wk”"),
        ("Shh, my love.", "“Shh”"),
        ("It holds milk, incl. cream.", "“incl.”"),
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
        "Tap the baby's back, and turn off the tap on the bath.",
        "Click the buckle until it holds.",
        "Children who read more sleep better; read more with them.",
        "The bear was found below the bed, in the box below the window.",
        "Talk about what they download and how they scroll down their phones.",
        "See below the surface, and see the link between sleep and mood.",
        "Turn this page together, and look at the picture on the left.",
        "Ask the parent(s) first.",
        "IVF and the NHS are known, and so is PND.",
        "In the UK, ADHD is known; it is OK, and you are NOT alone.",
        "Go to A&E with Mr & Mrs Hill of St Mary's.",
        "Hmm, it isn't so: at 7 p.m. give 5 ml... or 2 tsp.",
        "Write to pst@nhs.uk, or see nhs.uk/help.",
        "Sad :( but true.",
        "Call +44 20 7946 0000, or 0800 1111.",
        "At 7.30pm, give 120ml.",
        "It costs £2.50, or 25%.",
        "Mum's and dad's turn: who gets up tonight?",
        "“You really wanted to stay – it's hard to leave.”",
        " ".join(["word"] * 25) + ".",
        " ".join(["word"] * 24) + " – word.",
    ],
)
def test_what_is_good_to_hear_is_let_be(sentence: str) -> None:
    assert said(sentence) == []


def test_a_long_sentence_is_split_between_two_thoughts_near_its_middle() -> None:
    ((_, suggestion),) = said(f"{LONG}.")
    assert "they are hungry, ┃ and you may find" in suggestion
    ((_, suggestion),) = said(" ".join(["word"] * 30) + ".")
    assert suggestion == "say it in two sentences"


def test_an_abbreviation_is_to_be_put_so_that_its_a_is_a_letter() -> None:
    assert '"ASD" = "A-S-D"' in said("Is it ASD?")[0][1]


@pytest.mark.heavy
def test_what_is_let_be_is_said_by_the_house_voice_as_people_say_it() -> None:
    sound = phonemes()
    assert {word for word in SPELT if sound(word) != sound("-".join(word))} == set()
    assert {word for word in SHOUTED if sound(word) != sound(word.lower())} == set()
    assert sound("A-S-D") != sound("A S D")


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
