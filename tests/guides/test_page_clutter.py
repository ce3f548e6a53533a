"""What stands around the article is known by its tags, roles, classes and ids, and by how much is in it."""

import pytest
from lxml.html import document_fromstring

from skill.guides.page_clutter import BY_CLASS, BY_ROLE, BY_TAG, MARK, mark_clutter, marked_part
from skill.guides.page_layout import Part
from skill.guides.page_lines import Element

PROSE = "<p>" + "Words that belong to the article and to nothing else. " * 4 + "</p>"
SOME = "<p>" + "Words that stand in a box beside it, and are many. " * 2 + "</p>"


def marks(html: str, title: str = "") -> dict[str, str]:
    """Id → the part that it was marked as, after `html` beside an article's prose."""
    tree = document_fromstring(f"<html><body>{PROSE}{html}</body></html>")
    mark_clutter(tree, tree.get_element_by_id(title) if title else None)
    return {element.get("id", element.tag): element.get(MARK) for element in tree.xpath(f"//*[@{MARK}]")}


def marked_alone(html: str) -> str | None:
    """The part of the one element of `html` that has an attribute, or that has none."""
    found = marks(html)
    assert len(found) <= 1
    return next(iter(found.values()), None)


@pytest.mark.parametrize(("tag", "part"), BY_TAG.items())
def test_tags_tell(tag: str, part: Part) -> None:
    assert marked_alone(f"<{tag}>Words</{tag}>") == part.name


@pytest.mark.parametrize(("role", "part"), BY_ROLE.items())
def test_roles_tell(role: str, part: Part) -> None:
    assert marked_alone(f'<div role="{role}">Words</div>') == part.name


@pytest.mark.parametrize(
    ("name", "part"), [(name, part) for part, names in BY_CLASS.items() for name in names.split()]
)
def test_classes_tell(name: str, part: Part) -> None:
    assert marked_alone(f'<div class="wide {name}">Words</div>') == part.name


SPELT = {
    '<div class="news-signUp_box">': Part.SIGN_UP,
    '<div class="sign-up">': Part.SIGN_UP,
    '<div class="mailing_list">': Part.SIGN_UP,
    '<p class="sr-only">': Part.HIDDEN,
    '<p class="visuallyHidden">': Part.HIDDEN,
    '<p class="Post-Meta">': Part.BYLINE,
    '<div class="wideShare">': Part.SHARING,
    '<div class="see-also">': Part.RELATED,
    '<div id="related-articles">': Part.RELATED,
    '<div id="share-buttons">': Part.SHARING,
    '<div id="top-nav-bar">': Part.MENU,
    '<div id="sharing-the-night">': None,
    '<div id="">': None,
    '<div id="content">': None,
    '<div id="related" class="comments">': Part.COMMENTS,
    '<div class="relatedness">': None,
    '<div class="shareholder">': None,
    '<h2 class="related">': None,
    '<h6 class="related">': None,
    '<main class="nav">': None,
    '<header>': Part.MENU,
    "<article><header>": None,
    "<main><div><header>": None,
    "<aside>": Part.ASIDE,
    "<article><aside>": None,
    '<article><aside class="donate">': Part.DONATION,
    '<nav class="share">': Part.MENU,
    '<nav role="dialog">': Part.MENU,
    '<ol><li id="footnote-1">': Part.NOTE,
    '<ol><li id="endnote-1">': Part.NOTE,
    '<ol><li id="step-1">': None,
    '<p id="footnote-1">': None,
    "<section>": None,
}  # fmt: skip


@pytest.mark.parametrize(("tags", "part"), SPELT.items())
def test_names_tell_as_far_as_they_say_nothing_else(tags: str, part: Part | None) -> None:
    assert marked_alone(f"{tags}Words") == (part.name if part else None)


def test_what_holds_the_title_or_most_of_the_prose_is_none() -> None:
    title = (
        '<div id="a" class="menu"><h1 id="t" class="menu">Title</h1></div><div id="b" class="menu">Menu</div>'
    )
    assert marks(title, "t") == {"b": "MENU"}
    assert marks(title) == {"a": "MENU", "b": "MENU"}
    assert marks(f'<div id="a" class="share">{SOME}</div>') == {"a": "SHARING"}
    assert marks(f'<div id="a" class="share">{PROSE}</div>') == {"a": "SHARING"}
    assert marks(f'<div id="a" class="share">{PROSE}{SOME}</div>') == {}
    # A menu may have more words than the article has.
    assert marks(f'<div id="a" class="menu">{"<span>Words of a menu</span> " * 40}</div>') == {"a": "MENU"}
    # Lists, definitions and quotations are prose, too, where they are long.
    long = "Words that are many, and are no less an article's than those of paragraphs are. " * 4
    for tag in ("li", "dd", "blockquote"):
        assert marks(f'<div id="a" class="share"><{tag}>{long}</{tag}></div>') == {}


def test_a_page_without_prose_is_weighed_by_its_words() -> None:
    def parts(beside: str) -> list[Element]:
        tree = document_fromstring(
            f'<html><body><div class="share">Some words</div><div>{beside}</div></body></html>'
        )
        mark_clutter(tree, None)
        return list(tree.xpath(f"//*[@{MARK}]"))

    assert len(parts("And others here")) == 1
    assert parts("Few") == []


AROUND = {
    "nothing": ("<p><b>", None),
    "one": ("<nav><p><b>", Part.MENU),
    "the innermost of those that say little": ("<aside><nav><b>", Part.MENU),
    "the one that says most": ('<div class="share"><form><p>', Part.SHARING),
    "the innermost of those that say most": ('<div class="share"><div class="comments"><p>', Part.COMMENTS),
    "a label": ('<div class="share"><form><label>', Part.FORM),
    "what stands in a label": ('<div class="share"><label><b>', Part.FORM),
    "what stands in a byline, in an aside": ('<div class="sidebar"><p class="byline">', Part.BYLINE),
}


@pytest.mark.parametrize(("tags", "part"), AROUND.values(), ids=AROUND)
def test_words_stand_in_the_part_that_says_most(tags: str, part: Part | None) -> None:
    tree = document_fromstring(f"<html><body>{PROSE}{tags}Words")
    mark_clutter(tree, None)
    (element,) = (each for each in tree.iter() if each.text == "Words")
    assert marked_part(iter([element, *element.iterancestors()])) is part
