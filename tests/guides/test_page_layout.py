import pytest

from skill.guides.page_layout import LONGEST_HEADING, as_sentence, is_heading_like, is_question


@pytest.mark.parametrize(
    ("text", "is_it"),
    [
        ("Nights", True),
        ("Nights.", False),
        ("Nights,", False),
        ("“Nights.”", False),
        ("“Nights”", True),
        ("n" * LONGEST_HEADING, True),
        ("n" * (LONGEST_HEADING + 1), False),
    ],
)
def test_a_heading_is_short_and_has_no_stop(text: str, is_it: bool) -> None:
    assert is_heading_like(text) is is_it


@pytest.mark.parametrize(
    ("text", "is_it"),
    [
        ("Why do babies cry?", True),
        ("Why do babies cry??", True),
        ("Why do babies cry", False),
        ("They cry. Why?", False),
        ("Why? Because?", False),
        ("Why!? Oh?", False),
        (f"{'n' * (LONGEST_HEADING + 1)}?", False),
    ],
)
def test_a_question_is_one_alone(text: str, is_it: bool) -> None:
    assert is_question(text) is is_it


@pytest.mark.parametrize(
    ("text", "ended"), [("Rest", "Rest."), ("Rest.", "Rest."), ("Rest?", "Rest?"), ("Rest,", "Rest.")]
)
def test_a_sentence_ends_in_a_stop(text: str, ended: str) -> None:
    assert as_sentence(text) == ended
