"""What tables, what unfolds, lines that only break, and bold lines become."""

import pytest
from lxml.html import document_fromstring, tostring

from skill.guides.page_html import html_blocks
from skill.guides.page_layout import Kind
from skill.guides.page_shapes import LONGEST_CELL, evened

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


LONG = "w" * LONGEST_CELL
EVENED = {
    "what is not read": (
        "<script>1</script><style>p</style><noscript>no</noscript><template>t</template><svg></svg>"
        "<iframe></iframe><object></object><audio></audio><video></video>end",
        "end",
    ),
    "what is hidden": (
        '<p hidden id="a">one</p><p aria-hidden="true">two</p><p style="display: none">three</p>',
        '<p id="a">one</p><p>two</p><p>three</p>',
    ),
    "marks of notes": (
        "<p>one<sup>1</sup>, two<sup>[12]</sup>, three<sup>(a)</sup>, four<sup>*</sup>, 5<sup>th</sup></p>",
        "<p>one, two, three, four, 5<sup>th</sup></p>",
    ),
    "headings that are buttons": ("<h3><button>one</button></h3>", "<h3>one</h3>"),
    "a summary with a heading": (
        "<details><summary><h4>one</h4></summary><p>two</p></details>",
        "<details><div><h4>one</h4></div><p>two</p></details>",
    ),
    "a summary that is a button": (
        "<details><summary><button>one</button></summary></details>",
        '<details><h2 data-unfolded="">one</h2></details>',
    ),
    "a summary below a heading": (
        "<h3>one</h3><details><summary>two</summary><h4>within</h4></details>"
        "<details><summary>three</summary></details>",
        '<h3>one</h3><details><h4 data-unfolded="">two</h4><h4>within</h4></details>'
        '<details><h4 data-unfolded="">three</h4></details>',
    ),
    "a button that unfolds": (
        '<h2>one</h2><button aria-controls="x" aria-expanded="false">two</button>'
        '<div id="x"><p>three</p></div>'
        '<button aria-controls="y" aria-expanded="false">four</button><div id="y"><p>five</p></div>',
        '<h2>one</h2><h3 aria-controls="x" aria-expanded="false" data-unfolded="">two</h3>'
        '<div id="x"><p>three</p></div>'
        '<h3 aria-controls="y" aria-expanded="false" data-unfolded="">four</h3><div id="y"><p>five</p></div>',
    ),
    "buttons that unfold no words, or a menu": (
        '<button aria-controls="x" aria-expanded="false">one</button><div id="x">two</div>'
        '<nav><button aria-controls="y" aria-expanded="false">three</button><p id="y"><p>four</p></nav>'
        '<header><button aria-controls="z" aria-expanded="false">five</button></header>'
        '<div id="y"><p>six</p></div><div id="z"><p>seven</p></div>',
        '<button aria-controls="x" aria-expanded="false">one</button><div id="x">two</div>'
        '<nav><button aria-controls="y" aria-expanded="false">three</button><p id="y"></p><p>four</p></nav>'
        '<header><button aria-controls="z" aria-expanded="false">five</button></header>'
        '<div id="y"><p>six</p></div><div id="z"><p>seven</p></div>',
    ),
    "what is called a heading": (
        '<div role="heading" aria-level="4">one</div><div role="heading">two</div>'
        '<div role="heading" aria-level="9">three</div><h1><span role="heading">four</span></h1>',
        '<h4 role="heading" aria-level="4">one</h4><h2 role="heading">two</h2>'
        '<h2 role="heading" aria-level="9">three</h2><h1><span role="heading">four</span></h1>',
    ),
    "a table": (
        "<table><caption>zero</caption><colgroup><col></colgroup><col>"
        "<thead><tr><th>one</th><th>two</th></tr></thead>"
        "<tbody><tr><td>three</td><td>four</td><td>five</td></tr><tr><td></td><td>six</td></tr>"
        "<tr><td> </td></tr></tbody><tfoot><tr><td>seven</td></tr></tfoot></table>",
        "<p>zero</p><ul><li>one: two</li><li>three: four, five</li><li>six</li><li></li><li>seven</li></ul>",
    ),
    "cells that are as long as may be": (
        f"<table><tr><td>{LONG}</td><td>one</td></tr></table>",
        f"<ul><li>{LONG}: one</li></ul>",
    ),
    **{
        f"a table that only lays out: {what}": (f"<table>{rows}</table>", f"<table>{rows}</table>")
        for what, rows in {
            "nothing in it": "",
            "a column": "<tr><td>one</td></tr><tr><td>two</td></tr>",
            "long cells": f"<tr><td>{LONG}w</td><td>one</td></tr>",
            **{
                f"<{tag}>": f"<tr><td><{tag}></{tag}></td><td>one</td></tr>"
                for tag in ("h1", "h2", "h3", "h4", "form")
            },
        }.items()
    },
    "a table in a table": (
        "<table><tr><td><table><tr><td>one</td><td>two</td></tr></table></td><td>three</td></tr></table>",
        "<table><tr><td><ul><li>one: two</li></ul></td><td>three</td></tr></table>",
    ),
}


@pytest.mark.parametrize(("page", "told"), EVENED.values(), ids=EVENED)
def test_a_page_is_evened_out_to_headings_paragraphs_and_lists(page: str, told: str) -> None:
    tree = document_fromstring(f"<html><body><div>{page}</div></body></html>")
    evened(tree)
    assert tostring(tree, encoding="unicode") == f"<html><body><div>{told}</div></body></html>"
