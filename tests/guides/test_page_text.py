"""Plain text: what is pasted, and what has its sections as bullets, to the last block."""

from datetime import date
from pathlib import Path

import pytest

from skill.guides.drafting import draft_guide
from skill.guides.page_layout import Block, Kind, Part
from skill.guides.page_text import text_blocks
from skill.library import Related

PASTED = """\
It rained all night, and it rains now.

Wet days?

4 min read

A den is built of chairs.

Take with you:
- Chairs - old ones
- Blankets

1. First
2. Second

Was this page helpful?
Yes
No

Sign up to our letters
Once a month.
Join now!

Related articles
Dens
Mud?
Outside

Go out in the rain.
"""
LISTED = """\
2 min read

Wet days

  • Inside

    A den is built of chairs.

      • Chairs

  • Outside

    Go out in the rain.

How did we do?
Yes
Related reads
Mud
"""


def test_a_pasted_text_begins_at_its_title_and_its_offers_end_where_it_goes_on() -> None:
    assert text_blocks(PASTED) == [
        Block(Kind.TITLE, "Wet days?"),
        Block(Kind.LINE, "4 min read"),
        Block(Kind.PARAGRAPH, "A den is built of chairs."),
        Block(Kind.PARAGRAPH, "Take with you:"),
        Block(Kind.ITEM, "Chairs - old ones"),
        Block(Kind.ITEM, "Blankets"),
        Block(Kind.ITEM, "First"),
        Block(Kind.ITEM, "Second"),
        Block(Kind.HEADING, "Outside"),
        Block(Kind.PARAGRAPH, "Go out in the rain."),
        Block(Kind.LINE, "It rained all night, and it rains now.", part=Part.OUTSIDE),
        *(Block(Kind.LINE, text, part=Part.FEEDBACK) for text in ("Was this page helpful?", "Yes", "No")),
        *(
            Block(Kind.LINE, text, part=Part.SIGN_UP)
            for text in ("Sign up to our letters", "Once a month.", "Join now!")
        ),
        *(Block(Kind.BULLET, text, part=Part.RELATED) for text in ("Related articles", "Dens", "Mud?")),
    ]


def test_where_bullets_begin_sections_what_stands_below_the_last_goes_with_its_name() -> None:
    assert text_blocks(LISTED) == [
        Block(Kind.LINE, "2 min read"),
        Block(Kind.LINE, "Wet days"),
        Block(Kind.BULLET, "Inside"),
        Block(Kind.PARAGRAPH, "A den is built of chairs."),
        Block(Kind.ITEM, "Chairs"),
        Block(Kind.BULLET, "Outside"),
        Block(Kind.PARAGRAPH, "Go out in the rain."),
        Block(Kind.LINE, "How did we do?", part=Part.FEEDBACK),
        Block(Kind.LINE, "Yes", part=Part.FEEDBACK),
        Block(Kind.LINE, "Related reads", part=Part.RELATED),
        Block(Kind.LINE, "Mud", part=Part.RELATED),
    ]


@pytest.mark.parametrize(
    ("below", "related"),
    [
        ("Dens\nMud\n", 3),  # to the end of the text
        ("Dens\nMud\nShare this page\nIt ends.\n", 3),  # to what is named otherwise
        ("• Dens\n• Mud\nIt ends.\n", 3),  # a bullet is no heading of what follows
        ("It ends.\n", 0),  # nothing to read: the words begin a section
    ],
)
def test_related_reads_in_a_text_go_down_to_the_last_short_line(below: str, related: int) -> None:
    blocks = text_blocks(f"Wet days\n\nIt rains.\n\nRelated reading\n{below}")
    assert [block.part for block in blocks].count(Part.RELATED) == related


def test_how_long_the_related_reads_take_is_theirs_and_not_the_pages() -> None:
    reads = "Related articles\nDens\n7 min read\nMud, 9 min read\nRain\n2 min video 3 min read\n"
    blocks = text_blocks(f"Wet days\n\n4 min read\n\nIt rains.\n\n{reads}")
    guide = draft_guide(blocks, Path("page.txt"), date(2026, 11, 23)).guide
    assert guide.read_minutes == 4
    assert guide.related == (
        Related("Dens", read_minutes=7),
        Related("Mud", read_minutes=9),
        Related("Rain", video_minutes=2, read_minutes=3),
    )


def test_an_empty_text_has_no_blocks() -> None:
    assert text_blocks("") == text_blocks(" \n\n") == []
