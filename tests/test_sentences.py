"""A text is cut where a reader would draw breath, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.sentences import sentences


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("It is 7.30. Then bed.", ["It is 7.30.", "Then bed."]),
        ("Wait… Then go.", ["Wait…", "Then go."]),
        ("Really?! Yes.", ["Really?!", "Yes."]),
        ("Bed at 7. 30 babies slept.", ["Bed at 7.", "30 babies slept."]),
        ("It costs little. £5 will do.", ["It costs little.", "£5 will do."]),
        ("No stop at the end", ["No stop at the end"]),
        ("", []),
        ("  One.\n\nTwo.  ", ["One.", "Two."]),
        ("Toys, e.g. Lego, help.", ["Toys, e.g. Lego, help."]),
        ("E.g. Lego helps.", ["E.g. Lego helps."]),
        ("Toys, games, etc. Then bed.", ["Toys, games, etc.", "Then bed."]),
        ("Ask Dr. Jones (or Mrs. Smith). Then rest.", ["Ask Dr. Jones (or Mrs. Smith).", "Then rest."]),
        ("See No. 5 and p. 7. Then rest.", ["See No. 5 and p. 7.", "Then rest."]),
        ("You can say No. Then hold to it.", ["You can say No.", "Then hold to it."]),
        ('"Stop!" she said. "Why?" he asked.', ['"Stop!" she said.', '"Why?" he asked.']),
        ('She said "I will." Then she did.', ['She said "I will."', "Then she did."]),
        ("(It helps.) So try.", ["(It helps.)", "So try."]),
        ("Well done. 😀 Next one.", ["Well done.", "😀 Next one."]),
        ("Oui. École is French.", ["Oui.", "École is French."]),
    ],
)
def test_a_text_is_cut_at_the_ends_of_its_sentences(text: str, pieces: list[str]) -> None:
    assert list(sentences(text)) == pieces


@given(st.text(alphabet=' .!?…"”)([NoeigpDr5é😀\n', max_size=40))
def test_no_word_is_lost_and_no_piece_is_empty(text: str) -> None:
    pieces = sentences(text)
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert all(piece == piece.strip() != "" for piece in pieces)
