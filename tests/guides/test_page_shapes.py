"""What tables, what unfolds, lines that only break, and bold lines become."""

import pytest

from skill.guides.page_html import html_blocks
from skill.guides.page_layout import Kind

FIRST = "Babies sleep in short stretches, and wake often, and that is how it is meant to be at first."
GROW = "Because they grow, and that is all there is to it."
NIGHT = "At night, mostly, and in the day, too, for a while."
SONG = "Softly, with a song that everybody in the house knows."

SHAPES = {
    "a table of data is a list, with its caption above it": (
        "<table><caption>How long</caption><colgroup><col></colgroup><thead><tr><th>Age<th>Sleep</thead>"
        "<tbody><tr><td>New<td>Most of the day<tr><td>Why?<td>They grow<tr><td>Note:<td>All differ"
        "<tr><td>Good!<td>Yes</tbody></table>",
        [
            (Kind.HEADING, "How long"),
            (Kind.ITEM, "Age: Sleep"),
            (Kind.ITEM, "New: Most of the day"),
            (Kind.ITEM, "Why? They grow"),
            (Kind.ITEM, "Note: All differ"),
            (Kind.ITEM, "Good! Yes"),
        ],
    ),
    "a table that only places things is none": (
        f"<table><tr><td><h3>Part</h3><p>{SONG}</p></table>",
        [(Kind.HEADING, "Part"), (Kind.PARAGRAPH, SONG)],
    ),
    "what unfolds stands below the heading before it": (
        f"<h2>Part</h2><details><summary>Why?</summary><p>{GROW}</p></details>"
        f"<details><summary>When?</summary><p>{NIGHT}</p></details>"
        f"<h4>Deep</h4><details><summary>How?</summary><p>{SONG}</p></details>",
        [
            (Kind.HEADING, "Part"),
            (Kind.SUBHEADING, "Why?"),
            (Kind.PARAGRAPH, GROW),
            (Kind.SUBHEADING, "When?"),
            (Kind.PARAGRAPH, NIGHT),
            (Kind.SUBHEADING, "Deep"),
            (Kind.SUBHEADING, "How?"),
            (Kind.PARAGRAPH, SONG),
        ],
    ),
    "where there is none, it is a part of its own": (
        f"<details><summary>Why?</summary><p>{GROW}</p></details>",
        [(Kind.HEADING, "Why?"), (Kind.PARAGRAPH, GROW)],
    ),
    "two breaks end a paragraph, one does not, and bullets begin anew": (
        "<p>One line of words.<br>Another line of words.<br><br>A new paragraph.<br>• One<br>• Another</p>",
        [
            (Kind.PARAGRAPH, "One line of words. Another line of words."),
            (Kind.PARAGRAPH, "A new paragraph."),
            (Kind.ITEM, "One"),
            (Kind.ITEM, "Another"),
        ],
    ),
    "two breaks with white space between them are two": (
        "<p>First words here.<br> <br>Second words here.<br>Third words here.</p>",
        [(Kind.PARAGRAPH, "First words here."), (Kind.PARAGRAPH, "Second words here. Third words here.")],
    ),
    "a line that is all bold is a heading, and one that is partly so is not": (
        f"<p><b>Part <b>one</b></b></p><p>{SONG}</p><p><b>Not</b> all bold</p>",
        [(Kind.HEADING, "Part one"), (Kind.PARAGRAPH, SONG), (Kind.PARAGRAPH, "Not all bold")],
    ),
}


@pytest.mark.parametrize(("page", "kept"), SHAPES.values(), ids=SHAPES)
def test_the_shape_becomes_what_can_be_heard(page: str, kept: list[tuple[Kind, str]]) -> None:
    blocks = html_blocks(f"<html><body><main><h1>Sleep</h1><p>{FIRST}</p>{page}</main></body></html>")
    assert [(block.kind, block.text) for block in blocks][2:] == kept
