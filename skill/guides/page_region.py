"""Where on an HTML page the article is, by trafilatura."""

import re
from copy import deepcopy

from skill.guides.page_clutter import MARK, marked_part
from skill.guides.page_lines import Element, lines

# trafilatura judges an element by its class, so an accordion's panel may look like a slide show to it.
PROSE = "//h2|//h3|//h4|//p[string-length() > 100]"
ENOUGH = 0.9
"""Share of the words that trafilatura gives: what holds as many is the article."""
LONG_RUN = 40
"""Letters; a shorter run of words may stand in several places."""


def article_region(tree: Element) -> Element:
    """The smallest element that holds nearly all of what trafilatura takes for the article."""
    import trafilatura

    body, copy = tree.find("body"), deepcopy(tree)
    for element in copy.xpath(f"//*[@{MARK}]"):
        if element.getparent() is not None:
            element.drop_tree()
    for prose in copy.xpath(PROSE):
        for element in (prose, *prose.iterancestors()):
            element.attrib.clear()
    document = trafilatura.bare_extraction(copy, fast=True, favor_recall=True, include_comments=False)
    whole = _letters(document.text or "") if document is not None else ""
    runs = [line for line in lines(body) if marked_part(line.around) is None]
    weights = {line.element: 0 for line in runs}
    for line in runs:
        letters = _letters(line.text)
        if len(letters) >= LONG_RUN and letters in whole:
            weights[line.element] += len(letters)
    region = _narrowed(body, weights)
    declared = next((e for e in region.iterancestors() if _is_article(e)), region)
    return region if _is_article(region) else declared


def _narrowed(body: Element, weights: dict[Element, int]) -> Element:
    region, enough = body, ENOUGH * sum(weights.values())
    if not enough:
        return next((e for e in body.iter() if _is_article(e)), body)
    while True:
        inner = next((e for e in region if sum(weights.get(x, 0) for x in e.iter()) >= enough), None)
        if inner is None or inner.tag in ("p", "li"):
            return region
        region = inner


def _is_article(element: Element) -> bool:
    return element.tag in ("article", "main") or element.get("role") == "main"


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text).lower()
