"""A page's blocks, all of them: the guide's, and what stands around it with its part and its link."""

import pytest

from skill.guides.page_html import html_blocks
from skill.guides.page_layout import Block, Kind, Part

LONG = "A day indoors is long for everybody, and longest of all for whoever has to think of the next game."
MORE = "Build a den of chairs and blankets, and have lunch in it. Nobody will remember the crumbs."
LAST = "Go out in the rain. Wet children are happier than bored ones, and both of them dry again."
REST = f"<p>{MORE}</p><p>{LAST}</p>"

TITLE = Block(Kind.TITLE, "Wet days")
PROSE = [Block(Kind.PARAGRAPH, text) for text in (LONG, MORE, LAST)]


def heading(text: str) -> Block:
    return Block(Kind.HEADING, text)


def under(text: str) -> Block:
    return Block(Kind.SUBHEADING, text)


def paragraph(text: str) -> Block:
    return Block(Kind.PARAGRAPH, text)


def item(text: str, begins: bool = False) -> Block:
    return Block(Kind.ITEM, text, begins_list=begins)


def beside(part: Part, text: str, link: str = "", kind: Kind = Kind.LINE) -> Block:
    return Block(kind, text, link, part)


BELOW_THE_PROSE = {
    "bold alone in a paragraph or a box": (
        f"<p><b>One</b></p><p>{LONG}</p><div><strong>Two</strong></div><p>{MORE}</p>",
        [heading("One"), paragraph(LONG), heading("Two"), paragraph(MORE)],
    ),
    "bold beside other words, with a stop, or in another box": (
        f"<h2>Part</h2><p><b>One</b> word</p><p><b>Stop.</b></p><section><b>Two</b></section><p>{MORE}</p>",
        [
            heading("Part"),
            paragraph("One word"),
            paragraph("Stop."),
            paragraph("Two"),
            paragraph(MORE),
        ],
    ),
    "bold below a heading": (
        f"<h2>Part</h2><p><b>One</b></p><p>{LONG}</p><h3>Two</h3><p>{MORE}</p>",
        [heading("Part"), under("One"), paragraph(LONG), under("Two"), paragraph(MORE)],
    ),
    "bold items": (
        "<h2>Part</h2><ul><li><p><b>One</b></p></li><li><div><b>Two</b></div></li></ul>",
        [heading("Part"), item("One", begins=True), item("Two")],
    ),
    "terms and what they mean": (
        "<h2>Part</h2><dl><dt>What?</dt><dd><p><b>One</b></p></dd>"
        "<dt><p><b>Who:</b></p></dt><dd>Two</dd><dt>A sentence.</dt><dd>Three</dd></dl>",
        [
            heading("Part"),
            under("What?"),
            paragraph("One"),
            under("Who:"),
            paragraph("Two"),
            paragraph("A sentence."),
            paragraph("Three"),
        ],
    ),
    "lists, one after the other and one in the other": (
        "<h2>Part</h2><ul><li>One<ul><li>Two</li></ul></li><li>Three</li></ul><ol><li>Four</li></ol>",
        [
            heading("Part"),
            item("One", begins=True),
            item("Two"),
            item("Three"),
            item("Four", begins=True),
        ],
    ),
    "bullets that are drawn": (
        "<h2>Part</h2><p>• One • two</p><p>•Three</p><ul><li>• Four</li></ul>",
        [heading("Part"), item("One • two"), item("Three"), item("• Four", begins=True)],
    ),
    "lists as Word saves them": (
        '<h2>Part</h2><p class="MsoListParagraph">1.\xa0\xa0 One</p><p class="MsoListParagraph">o\xa0 Two</p>'
        '<p class="MsoNormal">3. Three</p><p class="MsoListParagraph">a) b) Four</p>',
        [heading("Part"), item("One"), item("Two"), paragraph("3. Three"), item("b) Four")],
    ),
    "breaks after a length": ("<p>3 min read</p><p>2 min video</p>", []),
    "a link alone, and one among items": (
        '<h2>Part</h2><p><a href="/">Away</a></p><ul><li>One</li><li><a href="/">Two</a></li></ul>'
        f'<h3><a href="/">Three</a></h3><p>{LONG}</p>',
        [heading("Part"), item("One", begins=True), item("Two"), under("Three"), paragraph(LONG)],
    ),
    "lines that tell what they are": (
        "<h2>Part</h2><p>By Ann Other</p><p>Share this</p><p>Back to top</p><p>We use cookies</p>"
        "<h3>By Ann Other</h3><ul><li>Back to top</li><li>Words</li></ul>",
        [heading("Part"), under("By Ann Other"), item("Back to top", begins=True), item("Words")],
    ),
}


def blocks(below: str) -> list[Block]:
    return html_blocks(f"<html><body><main><h1>Wet days</h1><p>{LONG}</p>{REST}{below}</main></body></html>")


@pytest.mark.parametrize(("below", "kept"), BELOW_THE_PROSE.values(), ids=BELOW_THE_PROSE)
def test_the_guide_is_made_of_blocks(below: str, kept: list[Block]) -> None:
    found = [block for block in blocks(below) if block.part is None and block.kind is not Kind.LINE]
    assert found == [TITLE, *PROSE, *kept]


ITEMS_ALONE = {
    "one list, each of whose items has paragraphs": (
        f"<ol><li><p>One</p><p>{LONG}</p></li><li><p>Two</p><p>{MORE}</p></li></ol>",
        [
            Block(Kind.BULLET, "One", begins_list=True),
            paragraph(LONG),
            Block(Kind.BULLET, "Two"),
            paragraph(MORE),
        ],
    ),
    "lists of one item": (
        f"<ol><li>One</li></ol><p>{LONG}</p><ol start=2><li>Two</li></ol><p>{MORE}</p>",
        [
            Block(Kind.BULLET, "One", begins_list=True),
            paragraph(LONG),
            Block(Kind.BULLET, "Two", begins_list=True),
            paragraph(MORE),
        ],
    ),
    "a list of lines": (
        f"<p>{LONG}</p><ul><li>One</li><li>Two</li></ul>",
        [paragraph(LONG), item("One", begins=True), item("Two")],
    ),
}


@pytest.mark.parametrize(("below", "kept"), ITEMS_ALONE.values(), ids=ITEMS_ALONE)
def test_without_headings_items_may_begin_the_sections(below: str, kept: list[Block]) -> None:
    assert blocks(below) == [TITLE, *PROSE, *kept]


AROUND = {
    "related reads in a list": (
        '<div class="related"><h2>More</h2><ul>'
        '<li><a href="/a">One</a><p>3 min read</p></li>'
        '<li><p>2 min read</p><a href="b">Two</a></li></ul></div>',
        [
            beside(Part.RELATED, "More"),
            beside(Part.RELATED, "One", "https://care.example/a", Kind.BULLET),
            beside(Part.RELATED, "3 min read"),
            beside(Part.RELATED, "2 min read", kind=Kind.BULLET),
            beside(Part.RELATED, "Two", "https://care.example/guides/b"),
        ],
    ),
    "related reads on cards": (
        '<div class="related"><article><h3><a href="https://other.example/a">One</a></h3><p>Words</p></article>'
        '<a href="mailto:us">Two</a><p>Words <a href="tel:1">beside</a></p></div>',
        [
            beside(Part.RELATED, "One", "https://other.example/a", Kind.BULLET),
            beside(Part.RELATED, "Words"),
            beside(Part.RELATED, "Two", kind=Kind.BULLET),
            beside(Part.RELATED, "Words beside"),
        ],
    ),
    "other parts": (
        '<nav><a href="/">Home</a></nav><form><a href="/s">Search</a></form><p>By Ann Other</p>'
        '<p><a href="/x">Away</a></p>',
        [
            beside(Part.MENU, "Home", "https://care.example/"),
            beside(Part.FORM, "Search", "https://care.example/s"),
            beside(Part.BYLINE, "By Ann Other"),
            beside(Part.LINK, "Away", "https://care.example/x"),
        ],
    ),
}


@pytest.mark.parametrize(("below", "left"), AROUND.values(), ids=AROUND)
@pytest.mark.parametrize(
    "head",
    [
        '<link rel="canonical" href="https://care.example/guides/wet">',
        '<meta property="og:url" content="https://care.example/guides/wet">',
        '<base href="https://care.example/guides/">',
        '<meta property="og:url" content="https://no.example/"><base href="https://no.example/">'
        '<link rel="canonical" href="https://care.example/guides/wet">',
        '<!-- saved from url=(0034)https://care.example/guides/wet --><base href="https://no.example/">',
    ],
)
def test_what_stands_around_it_has_its_part_and_its_link(head: str, below: str, left: list[Block]) -> None:
    page = f"<html><head>{head}</head><body><main><h1>Wet days</h1><p>{LONG}</p>{REST}{below}</main></body>"
    assert html_blocks(page) == [TITLE, *PROSE, *left]


def test_a_page_without_an_address_leads_nowhere_by_half_an_address() -> None:
    below = '<p><a href="/x">Away</a></p><p><a href="https://care.example/y">There</a></p>'
    assert blocks(below)[4:] == [
        beside(Part.LINK, "Away"),
        beside(Part.LINK, "There", "https://care.example/y"),
    ]


PAGES = {
    "outside the article": (
        f'<p>Before</p><p><a href="https://a.example">Away</a></p>'
        f"<main><h1>Wet days</h1><p>{LONG}</p>{REST}</main><p>After</p>",
        [
            TITLE,
            *PROSE,
            beside(Part.OUTSIDE, "Before"),
            beside(Part.MENU, "Away", "https://a.example"),
            beside(Part.OUTSIDE, "After"),
        ],
    ),
    "an opening between the title and the article": (
        f"<h1>Wet days</h1><p>An opening.</p><div>A box.</div><article><p>{LONG}</p>{REST}</article>",
        [TITLE, paragraph("An opening."), *PROSE, beside(Part.OUTSIDE, "A box.")],
    ),
    "above the title, in the article": (
        f"<article><p>Above</p><h1>Wet days</h1><p>{LONG}</p>{REST}</article>",
        [TITLE, *PROSE, beside(Part.OUTSIDE, "Above")],
    ),
    "a topic below the title": (
        f'<main><h1>Wet days</h1><p class="topic">- Play</p><p>4 min read</p><p>{LONG}</p>{REST}</main>',
        [TITLE, Block(Kind.TOPIC, "Play"), Block(Kind.LINE, "4 min read"), *PROSE],
    ),
    "a topic above the title": (
        f'<main><p><a href="/tag/play">Play</a></p><p><a href="/category/a">Rain</a></p><h1>Wet days</h1>'
        f'<p>{LONG}</p>{REST}<h2>Part</h2><p class="topic">No topic</p></main>',
        [
            TITLE,
            Block(Kind.TOPIC, "Rain"),
            *PROSE,
            heading("Part"),
            paragraph("No topic"),
            beside(Part.LINK, "Play"),
        ],
    ),
    "no topic": (
        f'<main class="topics"><section class="topic"><h1>Wet days</h1><p>{LONG}</p>'
        f'{REST}</section><h2>Part</h2><p class="topic">Words</p></main>',
        [TITLE, *PROSE, heading("Part"), paragraph("Words")],
    ),
    "a title of the head alone": (
        f"<title>Wet days | Care</title><p>Wet days</p><p>{LONG}</p>{REST}",
        [TITLE, *PROSE],
    ),
    "a title of the head that is a line above": (
        f"<title>Wet days - Care</title><main><p>Above</p><p>Wet days</p><p>{LONG}</p>{REST}</main>",
        [TITLE, *PROSE, beside(Part.OUTSIDE, "Above")],
    ),
    "no title": (f"<title> </title><main><p>{LONG}</p>{REST}</main>", PROSE),
    "pictures": (
        '<img alt="The logo"><main><h1>Wet days</h1><img alt=""><img alt=" A  den "><img alt="The rain">'
        f'<img alt="A den"><p>{LONG}</p>{REST}</main><img alt="Below">',
        [TITLE, Block(Kind.IMAGE_ALT, "A den"), beside(Part.PICTURE, "The rain"), *PROSE],
    ),
    "a picture that says so": (
        '<main><h1>Wet days</h1><img alt="A den"></main><img alt="An illustration of the  rain">'
        f"<main><p>{LONG}</p>{REST}</main>",
        None,
    ),
}
"""What each becomes; None where only the picture counts."""


@pytest.mark.parametrize(("page", "told"), PAGES.values(), ids=PAGES)
def test_a_page_is_told_whole(page: str, told: list[Block] | None) -> None:
    found = html_blocks(f"<html>{page}</html>")
    if told is None:
        assert Block(Kind.IMAGE_ALT, "An illustration of the rain") in found
    else:
        assert found == told


@pytest.mark.parametrize("after", ["", "Below", "<p>Below</p>"])
def test_a_page_may_leave_out_where_its_head_ends_and_its_body_begins(after: str) -> None:
    page = (
        '<!doctype html><meta charset="utf-8"><title>Wet days</title><script>1</script><style>p</style>'
        f"<main><h1>Wet days</h1><p>{LONG}</p>{REST}</main>{after}"
    )
    below = [beside(Part.OUTSIDE, "Below")] if after else []
    assert html_blocks(page) == [TITLE, *PROSE, *below]


@pytest.mark.parametrize("page", ["", " ", "<!-- nothing -->", "<frameset></frameset>"])
def test_a_page_of_nothing_has_no_blocks(page: str) -> None:
    assert html_blocks(page) == []
