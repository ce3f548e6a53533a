"""What is easily taken for something else."""

import pytest

from skill.guides.page_html import html_blocks
from skill.guides.page_layout import Kind, Part

LONG = "A day indoors is long for everybody, and longest of all for whoever has to think of the next game."
MORE = "Build a den of chairs and blankets, and have lunch in it. Nobody will remember the crumbs."
LAST = "Go out in the rain. Wet children are happier than bored ones, and both of them dry again."
PARAGRAPHS = f"<p>{LONG}</p><p>{MORE}</p><p>{LAST}</p>"


def guide(page: str) -> list[tuple[Kind, str]]:
    """What is kept below the title."""
    return [(b.kind, b.text) for b in html_blocks(page) if b.part is None and b.kind is not Kind.TITLE]


def left_out(page: str) -> list[tuple[Part, str]]:
    return [(block.part, block.text) for block in html_blocks(page) if block.part]


def titles(page: str) -> list[str]:
    return [block.text for block in html_blocks(page) if block.kind is Kind.TITLE]


PROSE = [(Kind.PARAGRAPH, text) for text in (LONG, MORE, LAST)]


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(
            "<h1>Wet days</h1>"
            + "".join(
                f'<div class="elementor-widget elementor-widget-text-editor"><p>{text}</p></div>'
                for text in (LONG, MORE, LAST)
            ),
            id="every block is a widget",
        ),
        pytest.param(
            f"<title>Wet days</title><form id=aspnetForm>{PARAGRAPHS}</form>",
            id="the page is a form",
        ),
        pytest.param(
            f'<title>Wet days</title><div class="with-sidebar">{LONG}<br><br>{MORE}<br><br>{LAST}</div>',
            id="the article is called a sidebar's neighbour, and has no paragraphs",
        ),
        pytest.param(
            f"<article class=related-play><h1>Wet days</h1>{PARAGRAPHS}</article>",
            id="the article is called related",
        ),
    ],
)
def test_an_article_is_kept_whatever_its_boxes_are_called(page: str) -> None:
    assert guide(page) == PROSE


@pytest.mark.parametrize(
    "heading",
    [
        "Stay in touch with friends",
        "Cookies for a rainy day",
        "Help us understand each other",
        "By the sea and in the park",
        "Sharing and taking turns",
    ],
)
def test_a_heading_that_only_sounds_like_an_offer_is_a_section(heading: str) -> None:
    page = f"<h1>Wet days</h1><p>{LONG}</p><h2 id=sharing-related-cookies>{heading}</h2><p>{MORE}</p>"
    assert (Kind.HEADING, heading) in guide(page)
    assert left_out(page) == []


def test_an_offer_without_a_telling_class_ends_where_the_article_goes_on() -> None:
    page = (
        f"<h1>Wet days</h1><p>{LONG}</p><h2>Stay in touch</h2><p>A letter a month.</p>"
        f"<form><input><button>Join</button></form><p>{MORE}</p><h2>Outside</h2><p>{LAST}</p>"
    )
    assert guide(page) == [*PROSE[:2], (Kind.HEADING, "Outside"), PROSE[2]]
    assert [part for part, _ in left_out(page)] == [Part.SIGN_UP] * 3


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Wet days - Rainbow</title><h1>Rainbow</h1><h2>Wet days</h2>", "Wet days"),
        ("<title>Rainbow: Wet days</title><h1>Rainbow</h1><h1>Wet days</h1>", "Wet days"),
        ("<title>Rainbow</title><h1>Wet days</h1>", "Wet days"),
        ("<title>Wet days – and dry ones | Rainbow</title>", "Wet days – and dry ones"),
        ("<title></title><h1></h1><h1>Wet <i>days</i></h1>", "Wet days"),
    ],
)
def test_the_title_is_the_pages_and_not_the_sites(head: str, title: str) -> None:
    page = f"{head}<p>{LONG}</p><p>{MORE}</p>"
    assert titles(page) == [title]


def test_words_in_bold_are_headings_only_where_they_stand_alone() -> None:
    page = f"<h1>Wet days</h1><p>{LONG}</p><p><b>A</b> <b>den</b></p><p><b>Build</b> {MORE}</p>"
    assert guide(page)[1:] == [(Kind.HEADING, "A den"), (Kind.PARAGRAPH, f"Build {MORE}")]


def test_a_list_of_links_is_no_list_but_a_link_among_other_items_is_one() -> None:
    mixed = "<ul><li><a href=x>Paint</a></li><li>Bake</li></ul>"
    links = "<ul><li><a href=x>Zoo</a></li><li><a href=y>Farm</a></li></ul>"
    page = f"<h1>Wet days</h1><p>{LONG}</p><h2>Ideas</h2>{mixed}<p>{MORE}</p>{links}"
    assert [text for kind, text in guide(page) if kind is Kind.ITEM] == ["Paint", "Bake"]
    assert left_out(page) == [(Part.LINK, "Zoo"), (Part.LINK, "Farm")]


def test_notes_and_their_marks_are_not_heard() -> None:
    page = (
        f"<h1>Wet days</h1><p>Rain falls<sup><a href=#f1>1</a></sup> for CO<sub>2</sub>, 3<sup>rd</sup>.</p>"
        f"<p>{LONG}</p><ol class=footnotes><li>Who counted?</li></ol>"
    )
    assert guide(page)[0] == (Kind.PARAGRAPH, "Rain falls for CO2, 3rd.")
    assert left_out(page) == [(Part.NOTE, "Who counted?")]


def test_an_accordion_of_buttons_gives_headings_and_a_menus_button_none() -> None:
    page = (
        "<nav><button aria-expanded=false aria-controls=m>Menu</button><div id=m><p>Start</p></div></nav>"
        f"<h1>Wet days</h1><p>{LONG}</p><button aria-expanded=false aria-controls=p>A den</button>"
        f'<div id=p hidden style="display:none"><p>{MORE}</p></div>'
    )
    assert guide(page) == [PROSE[0], (Kind.HEADING, "A den"), PROSE[1]]


def test_links_of_related_reads_are_whole_where_the_browser_noted_the_pages_address() -> None:
    related = "<div class=related><ul><li><a href=/den>Dens</a></li></ul></div>"
    page = f"<html><body><h1>Wet days</h1><p>{LONG}</p><p>{MORE}</p>{related}</body></html>"
    saved = f"<!-- saved from url=(0029)https://rain.example/wet -->{page}"
    assert [block.link for block in html_blocks(page) if block.part] == [""]
    assert [block.link for block in html_blocks(saved) if block.part] == ["https://rain.example/den"]


def test_an_encoding_named_in_an_xml_declaration_does_not_spoil_the_words() -> None:
    page = f'<?xml version="1.0" encoding="iso-8859-1"?><html><body><h1>Naïve</h1><p>{LONG}</p></body></html>'
    assert titles(page) == ["Naïve"]
