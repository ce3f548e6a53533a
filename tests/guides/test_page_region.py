"""Where on a page the article is: the smallest element that holds nearly all of it."""

import pytest
from lxml.html import document_fromstring

from skill.guides.page_clutter import mark_clutter
from skill.guides.page_region import article_region

PARAGRAPHS = [
    "A day indoors is long for everybody, and longest of all for whoever has to think of the next game.",
    "Build a den of chairs and blankets, and have lunch in it. Nobody will remember the crumbs afterwards.",
    "Go out in the rain. Wet children are happier than bored ones, and both of them dry again before tea.",
]
PROSE = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
OTHER = "<p>A few other words.</p>"

REGIONS = {
    "a box among others": (f"<div>{OTHER}</div><div id=x><h1>Wet days</h1>{PROSE}</div>", "x"),
    "the smallest of several": (f"<div><div><div id=x>{PROSE}</div></div><p>After</p></div>", "x"),
    "the article around it": (f"<article id=x><h1>Wet days</h1><div>{PROSE}</div></article>", "x"),
    "the main part around it": (f"<main id=x><h1>Wet days</h1><div><div>{PROSE}</div></div></main>", "x"),
    "what is called the main part": (f'<div id=x role="main"><h1>Wet days</h1><div>{PROSE}</div></div>', "x"),
    "the innermost of those": (f"<main><article id=x><div>{PROSE}</div></article></main>", "x"),
    "an article that is the smallest": (f"<main><article id=x>{PROSE}</article></main>", "x"),
    "two articles": (
        f"<main id=x><article>{PROSE}</article><article>{PROSE.swapcase()}</article></main>",
        "x",
    ),
    "one long paragraph": (f"<div id=x><p>{' '.join(PARAGRAPHS)}</p></div><p>After</p>", "x"),
    "one long item": (f"<div><ul id=x><li>{' '.join(PARAGRAPHS)}</li></ul></div><p>After</p>", "x"),
    "a little of it elsewhere": (f"<div id=x>{PROSE * 4}</div><div><p>{PARAGRAPHS[0][:60]}</p></div>", "x"),
    "whatever its box is called": (
        f'<div class="slider"><div id=x class="carousel">{PROSE}</div></div>',
        "x",
    ),
    "what stands around it is not looked at": (
        f'<div id=x>{PROSE}</div><div class="comments"><div>{PROSE.replace("rain", "snow")}</div></div>',
        "x",
    ),
    "nothing to tell by, but an article": ("<div>Few</div><article id=x>Short words</article>", "x"),
    "nothing to tell by": ("<div>Short</div><div>words</div>", None),
}


@pytest.mark.parametrize(("html", "told"), REGIONS.values(), ids=REGIONS)
def test_the_article_is_the_smallest_element_that_holds_it(html: str, told: str | None) -> None:
    tree = document_fromstring(f"<html><body>{html}</body></html>")
    mark_clutter(tree, None)
    before = len(list(tree.iter()))
    region = article_region(tree)
    assert region.get("id") == told, region
    assert told or region.tag == "body"
    assert len(list(tree.iter())) == before
