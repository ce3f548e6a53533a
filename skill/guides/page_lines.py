"""An HTML tree → its runs of words, in order; every word of the page is in exactly one of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Element = Any  # of lxml, which comes with trafilatura and has no types

INLINE = frozenset(
    (
        "a", "abbr", "b", "bdi", "big", "cite", "code", "del", "dfn", "em", "font", "i", "img", "ins", "kbd",
        "mark", "o:p", "picture", "q", "s", "samp", "small", "source", "span", "strong", "sub", "sup", "time",
        "u", "var", "wbr",
    )
)  # fmt: skip
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# Whose words run on, whatever inline elements they are cut into, if there are no others in it.
TEXT_HOLDERS = frozenset(
    (*HEADINGS, "blockquote", "caption", "dd", "dt", "figcaption", "li", "p", "summary", "td", "th")
)
BULLET = re.compile(r"[•●▪‣◦·§]\s*|o\s{2,}")
"""What a list's items begin with, where it is not marked as a list; "o" and "§" as Word draws them."""


@dataclass(frozen=True)
class Line:
    """A run of words, and the element that holds the first of them."""

    text: str
    element: Element

    @property
    def around(self) -> Iterator[Element]:
        """The element and what it stands in, from the inside out."""
        yield self.element
        yield from self.element.iterancestors()

    def nearest(self, *tags: str) -> Element | None:
        """The innermost element with one of the tags around the words."""
        return next((element for element in self.around if element.tag in tags), None)

    @property
    def block(self) -> Element:
        """The innermost element around the words that is not inline."""
        return next(element for element in self.around if element.tag not in INLINE)

    @property
    def is_link(self) -> bool:
        """Whether it is nothing but a link, or several."""
        return self.nearest("a") is not None and self.is_all("a")

    def is_all(self, *tags: str) -> bool:
        """Whether all of its words stand in elements with one of the tags."""
        if self.nearest(*tags) is not None and words(self.nearest(*tags)) == self.text:
            return True
        inside = [element for element in self.block.iter(*tags) if not _within(element, tags, self.block)]
        return bool(inside) and _letters("".join(map(words, inside))) == _letters(self.text)


def words(element: Element) -> str:
    """All words of the element, their white space evened out."""
    return " ".join(element.text_content().split())


def lines(root: Element) -> Iterator[Line]:
    """The runs of words under the element, in order."""
    text, holder = "", root
    for piece, element in _pieces(root, False):
        if piece and not text.strip():
            text, holder = piece, element
        elif piece:
            text += piece
        elif text.strip():
            yield Line(" ".join(text.split()), holder)
            text = ""
    if text.strip():
        yield Line(" ".join(text.split()), holder)


def _pieces(element: Element, run_on: bool) -> Iterator[tuple[str, Element]]:
    """Every text under the element with its holder; an empty one where a run of words ends."""
    if element.tag == "br":
        yield ("" if _begins_anew(element) else " "), element
        return
    alone = element.tag not in INLINE or not (run_on or _has_words(element.getparent()))
    if alone:
        yield "", element
    if element.text:
        yield element.text, element
    inline_only = all(child.tag in INLINE or child.tag == "br" for child in element)
    run_on = (element.tag in TEXT_HOLDERS and inline_only) or (run_on and element.tag in INLINE)
    for child in element:
        yield from _pieces(child, run_on)
        if child.tail:
            yield child.tail, element
    if alone:
        yield "", element


def _begins_anew(br: Element) -> bool:
    """Whether the break is the second of two, or stands before a bullet."""
    before = br.getprevious()
    doubled = before is not None and before.tag == "br" and not (before.tail or "").strip()
    return doubled or bool(BULLET.match((br.tail or "").lstrip()))


def _has_words(element: Element) -> bool:
    """Whether it holds words itself, not in an element below."""
    return bool("".join([element.text or "", *(child.tail or "" for child in element)]).strip())


def _within(element: Element, tags: tuple[str, ...], limit: Element) -> bool:
    """Whether one of the tags stands around the element, below the limit."""
    for around in element.iterancestors():
        if around is limit:
            return False
        if around.tag in tags:
            return True
    return False


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text)
