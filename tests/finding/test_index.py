"""Passages are found by their words, whoever asks and however many ask at once."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from skill.errors import ContentError
from skill.finding.index import Index
from skill.finding.synonyms import Synonyms, read_synonyms
from skill.finding.words import stem, words
from skill.library import Guide, Passage, Section

GUIDE = Guide(
    "calm",
    "Calm days",
    "Days",
    3,
    "2026-01-01",
    (
        Section(
            "When they shout",
            ("anger",),
            (Passage("Breathe before you answer."),),
            (Passage("Sit on the floor."),),
        ),
        Section(
            "Bath time", (), (Passage("Water can be fun for babies."), Passage("Test it with an elbow.")), ()
        ),
    ),
    Passage("Smile when you can."),
    aliases=("serenity",),
)
SYNONYMS = Synonyms(
    frozenset({"the", "do", "i", "is", "with", "my", "baby"}),
    frozenset({"bath", "fever"}),
    {"grin": ("smile",)},
)
INDEX = Index((GUIDE,), SYNONYMS)


def places(question: str) -> list[tuple[int, bool, int]]:
    return [(found.section, found.deeper, found.passage) for found in INDEX.find(question)]


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("breathing", (0, False, 0)),
        ("the floors", (0, True, 0)),
        ("test with my elbows", (1, False, 1)),
        ("smiles", (2, False, 0)),
        ("do i grin", (2, False, 0)),
        ("shouting", (0, False, 0)),
        ("serenity", (0, False, 0)),
    ],
)
def test_a_passage_is_found_by_its_words_its_names_and_their_synonyms(
    question: str, place: tuple[int, bool, int]
) -> None:
    assert places(question)[0] == place


def test_what_has_too_little_of_the_question_is_no_answer() -> None:
    assert not places("insurance for lorries on the motorway with an elbow")
    assert not places("do i")
    assert not places("")


def test_a_topic_that_the_library_has_not_is_not_answered() -> None:
    assert places("water")
    assert places("test it with an elbow")
    assert not places("test it with an elbow, fever")


def test_a_topic_that_is_but_mentioned_needs_most_of_the_question() -> None:
    index = Index((GUIDE,), Synonyms(topics=frozenset({"floor"})))
    assert index.find("sit on the floor")
    assert not index.find("tiling a kitchen floor")


def test_the_nearest_passage_needs_but_one_word() -> None:
    nearest = INDEX.nearest("insurance for lorries on the motorway with an elbow")
    assert nearest and (nearest.section, nearest.passage) == (1, 1)
    assert INDEX.nearest("insurance") is None


def test_many_threads_find_the_same() -> None:
    questions = ["breathing", "smiles", "the floors", "water"] * 50
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(places, questions)) == [places(question) for question in questions]


def test_a_library_without_guides_answers_nothing() -> None:
    assert Index((), SYNONYMS).find("anything") == ()


def test_forms_of_a_word_have_one_stem() -> None:
    for forms in (
        ("cry", "cries", "cried", "crying"),
        ("hug", "hugs", "hugged", "hugging"),
        ("wee", "wees", "weeing"),
        ("cuddle", "cuddles", "cuddled", "cuddling"),
        ("develop", "develops", "development"),
        ("wash", "washes", "washing"),
    ):
        assert len({stem(form) for form in forms}) == 1, forms
    assert stem("bring") != stem("bed")


def test_words_lose_marks_and_possessives() -> None:
    assert words("Don’t wake the baby's brother!") == ["don't", "wake", "the", "baby", "brother"]


def test_synonyms_that_cannot_be_read_are_told_with_a_remedy(tmp_path: Path) -> None:
    path = tmp_path / "synonyms.toml"
    with pytest.raises(ContentError, match="there is no such file"):
        read_synonyms(path)
    path.write_text('[synonyms]\nscream = "cry"\n', encoding="utf-8")
    with pytest.raises(ContentError, match="not synonyms") as error:
        read_synonyms(path)
    assert "\n" not in str(error.value)
