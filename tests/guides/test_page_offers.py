"""An offer is known by its words, and marked as far as it reaches."""

import pytest
from lxml.html import document_fromstring

from skill.guides.page_clutter import MARK, mark_clutter
from skill.guides.page_lines import lines
from skill.guides.page_offers import LONGEST_OFFER, mark_offers

CALL = '<p><a href="/">Go on</a></p>'
ARTICLE = "".join(f"<p>Words of the article, {count}.</p>" for count in range(9))


def offered(html: str, article: str = ARTICLE) -> dict[str, list[str]]:
    """Part → the lines of `html` that stand in an offer of that part, where it stands below an article."""
    tree = document_fromstring(f"<html><body><p>Outside</p><main>{article}{html}</main></body></html>")
    mark_clutter(tree, None)
    found = list(lines(tree))
    clutter = {element: element.get(MARK) for element in tree.iter() if element.get(MARK)}
    mark_offers(found, tree.find("body/main"))
    parts: dict[str, list[str]] = {}
    for line in found:
        part = next((each.get(MARK) for each in line.around if each.get(MARK)), "")
        if part and not any(each in clutter for each in line.around):
            parts.setdefault(part, []).append(line.text)
    return parts


OFFERS = {
    "a heading and what leads elsewhere": (
        f"<h2>Related articles</h2>{CALL}<p><a>Two</a></p><p>Words</p>",
        {"RELATED": ["Related articles", "Go on", "Two"]},
    ),
    "all below, where all of it leads elsewhere": (
        "<h2>Related articles</h2><p><a>One</a></p><p><a>Two</a></p>",
        {"RELATED": ["Related articles", "One", "Two"]},
    ),
    "the next heading of its rank ends it": (
        "<h3>Related articles</h3><p><a>One</a></p><h3><a>Two</a></h3><p><a>Three</a></p>",
        {"RELATED": ["Related articles", "One"]},
    ),
    "the next heading of a higher rank ends it": (
        "<h3>Related articles</h3><p><a>One</a></p><h2><a>Two</a></h2>",
        {"RELATED": ["Related articles", "One"]},
    ),
    "a heading of a lower rank does not": (
        "<h3>Related articles</h3><p><a>One</a></p><h4><a>Two</a></h4><h3>Three</h3>",
        {"RELATED": ["Related articles", "One", "Two"]},
    ),
    "where it is no heading, any heading ends it": (
        "<p>Related articles</p><p><a>One</a></p><h6><a>Two</a></h6>",
        {"RELATED": ["Related articles", "One"]},
    ),
    "words alone are no offer": ("<h2>Related articles</h2><p>Words</p>", {}),
    "words at the end are none": ("<h2>Related articles</h2>", {}),
    "down to the last call": (
        f"<h2>Sign up to our letters</h2><p>Every week.</p>{CALL}<p>Free.</p>{CALL}<p>Words</p>",
        {"SIGN_UP": ["Sign up to our letters", "Every week.", "Go on", "Free.", "Go on"]},
    ),
    "down to a call that is not too far": (
        f"<h2>Donate</h2>{'<p>Words</p>' * (LONGEST_OFFER - 1)}{CALL}",
        {"DONATION": ["Donate", *["Words"] * (LONGEST_OFFER - 1), "Go on"]},
    ),
    "a call that is too far": (f"<h2>Donate</h2>{'<p>Words</p>' * LONGEST_OFFER}{CALL}", {}),
    "no call before the next heading": (f"<h2>Donate</h2><p>Words</p><h2>Part</h2>{CALL}", {}),
    "down to a button": (
        "<h2>Did this help you?</h2><p>Tell us.</p><button>Yes</button>",
        {"FEEDBACK": ["Did this help you?", "Tell us."]},
    ),
    "a whole box": (
        f"<div><h2>Donate</h2><p>Words</p>{CALL}<p>More words</p></div><p>After</p>",
        {"DONATION": ["Donate", "Words", "Go on", "More words"]},
    ),
    "the largest box": (
        f"<div><div><h2>Donate</h2>{CALL}</div><p>More words</p></div><p>After</p>",
        {"DONATION": ["Donate", "Go on", "More words"]},
    ),
    "a box that begins otherwise": (
        f"<div><p>Before</p><h2>Donate</h2>{CALL}<p>More words</p></div>",
        {"DONATION": ["Donate", "Go on"]},
    ),
    "a box without a call": ("<div><h2>Donate</h2><p>Words</p></div>", {}),
    "one offer after another": (
        f"<h2>Donate</h2>{CALL}<h2>Comments</h2>{CALL}<h2>Words</h2>",
        {"DONATION": ["Donate", "Go on"], "COMMENTS": ["Comments", "Go on"]},
    ),
    "one box after another": (
        f"<div><h2>Donate</h2>{CALL}</div><div><h2>Comments</h2>{CALL}</div>",
        {"DONATION": ["Donate", "Go on"], "COMMENTS": ["Comments", "Go on"]},
    ),
    "an item of a list": (f"<ul><li>Donate</li></ul>{CALL}", {}),
    "words that name no offer": (f"<h2>Search</h2>{CALL}<h2>Sleep</h2>{CALL}", {}),
    "what is known by its class": (f'<div class="share"><h2>Donate</h2>{CALL}<p>More</p></div>', {}),
}


@pytest.mark.parametrize(("html", "parts"), OFFERS.values(), ids=OFFERS)
def test_an_offer_reaches_as_far_as_it_calls(html: str, parts: dict[str, list[str]]) -> None:
    assert offered(html) == parts


@pytest.mark.parametrize(("others", "whole"), [(6, True), (5, False)])
def test_a_box_with_much_of_the_article_is_no_offer(others: int, whole: bool) -> None:
    box = f"<div><h2>Donate</h2>{CALL}<p>One</p><p>Two</p></div>"
    told = offered(box, "<p>Words</p>" * others)
    assert told == {"DONATION": ["Donate", "Go on", *(["One", "Two"] if whole else [])]}


def test_an_offer_of_two_lines_is_small_enough_for_any_page() -> None:
    assert offered(f"<div><h2>Donate</h2>{CALL}</div>", "") == {"DONATION": ["Donate", "Go on"]}


def test_outside_the_article_nothing_is_marked() -> None:
    tree = document_fromstring(f"<html><body><h2>Donate</h2>{CALL}<main><p>Words</p></main></body></html>")
    mark_offers(list(lines(tree)), tree.find("body/main"))
    assert tree.xpath(f"//*[@{MARK}]") == []
