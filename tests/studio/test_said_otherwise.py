"""Where the voice is given other words than those written."""

import pytest

from skill.studio.said_otherwise import said_otherwise
from skill.studio.speakable import speakable

LEXICON = {"NHS": "N H S", "e.g.": "for example", "A&E": "A and E", "&": "and"}


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("It is as it is.", []),
        ("“Quoted” – and dashed… isn’t it?", []),
        ("Ask the NHS now.", [("NHS", "N H S")]),
        ("At 7.30 – or 8 – sleep.", [("7.30", "seven thirty"), ("8", "eight")]),
        ("Try it, e.g. for 2 weeks.", [("e.g.", "for example"), ("2", "two")]),
        ("Go to A&E and ask.", [("A&E", "A and E")]),
        ("Sleep well 😀 now.", []),
    ],
)
def test_the_words_that_were_changed_are_found(written: str, found: list[tuple[str, str]]) -> None:
    assert list(said_otherwise(written, speakable(written, LEXICON))) == found
