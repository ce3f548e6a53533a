"""A page saved as HTML → its blocks.

Between the title and what follows the guide (a call for feedback, related reads), trafilatura keeps the guide
and throws away the clutter. What stands around the guide is read here, as trafilatura has no use for it:
minutes, topic, image, related reads and the offer of news.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from skill.errors import NightfeedError
from skill.guides.page_layout import MINUTES, PICTURE, TOPIC, Block, Kind, Part, is_heading_like, part_named

Element = Any  # of lxml, which comes with trafilatura and has no types

UNREAD = (
    "//script|//style|//noscript|//template|//svg|//nav|//footer|//dialog|//label|//select|//textarea"
    "|//body//*[contains(concat(@id, @class), 'cookie') or contains(@id, 'consent')][not(.//h1)]"
)
HEADING_BUTTONS = (
    "//button[ancestor::h1 or ancestor::h2 or ancestor::h3 or ancestor::h4 or ancestor::summary]"
)
# trafilatura judges an element by its class, so an accordion's panel may look like a slide show to it.
PROSE = "//h2|//h3|//h4|//p[string-length() > 100]"
SECTION_RANKS = ("h2", "h3")
INLINE = frozenset({"a", "abbr", "b", "em", "i", "small", "span", "strong", "sub", "sup", "time", "u"})
TOPIC_MARK = re.compile(r"\b(category|tag|topic)", re.IGNORECASE)


@dataclass(frozen=True)
class _Line:
    """A run of words, and the element that holds the first of them."""

    text: str
    element: Element

    def nearest(self, *tags: str) -> Element | None:
        """The innermost element with one of the tags around the words."""
        around = (self.element, *self.element.iterancestors())
        return next((element for element in around if element.tag in tags), None)


def html_blocks(page: str) -> list[Block]:
    """The blocks of the page: head, guide, and the parts that follow it; none where nothing is a title.

    Raises NightfeedError when trafilatura is not installed.
    """
    try:
        import trafilatura
    except ImportError:
        raise NightfeedError(
            'reading HTML needs trafilatura; install it with: pip install "nightfeed[studio]"'
        ) from None
    tree = trafilatura.load_html(page)
    if tree is None:
        return []
    for element in tree.xpath(UNREAD):
        element.drop_tree()
    for button in tree.xpath(HEADING_BUTTONS):
        button.drop_tag()
    for summary in tree.iter("summary"):
        summary.tag, summary.getparent().tag = "h3", "div"
    title = _title(tree)
    if title is None:
        return []
    lines = list(_lines(tree))
    start = next((i for i, line in enumerate(lines) if line.nearest(title.tag) is title), 0)
    end = _end(lines, start)
    address = tree.xpath("string(//link[@rel='canonical']/@href)")
    head = [Block(Kind.TITLE, _words(title)), *_head(lines, start, end), *_image_alt(tree, title)]
    tail = list(_tail(lines[end:], address))
    _cut_out(tree, title, lines[end].element if end < len(lines) else None)
    document = trafilatura.bare_extraction(tree, fast=True, favor_recall=True, include_comments=False)
    guide = _guide(list(_lines(document.body))) if document else []
    return [*head, *guide, *tail]


def _title(tree: Element) -> Element | None:
    """The <h1> that the page's <title> repeats, or else the first; without any, the <title>."""
    page_title = tree.find(".//title")
    titles = [element for element in tree.iter("h1") if _words(element)]
    repeated = [e for e in titles if page_title is not None and _words(e) in _words(page_title)]
    # The site's name may stand in an <h1> too, and is the shorter.
    return max(repeated, key=lambda element: len(_words(element)), default=[*titles, page_title][0])


def _end(lines: Sequence[_Line], start: int) -> int:
    """Where the guide ends: at the feedback or related reads, or else at the last offer of news."""
    named = [(i, part_named(line.text)) for i, line in enumerate(lines) if i > start]
    ends = [i for i, part in named if part in (Part.FEEDBACK, Part.RELATED)]
    offers = [i for i, part in named if part is Part.SIGN_UP and lines[i].nearest("h2", "h3") is not None]
    return [*ends[:1], *offers[-1:], len(lines)][0]


def _head(lines: Sequence[_Line], start: int, end: int) -> Iterator[Block]:
    """The minutes, wherever they stand, and the topic, from below the title or else from above it."""
    timed = [line for line in lines[:end] if MINUTES.search(line.text) and is_heading_like(line.text)]
    yield from (Block(Kind.LINE, line.text) for line in timed)
    sections = [i for i in range(start + 1, end) if lines[i].nearest(*SECTION_RANKS) is not None]
    below, above = lines[start + 1 : [*sections, end][0]], lines[:start]
    marked = [line for line in [*below, *reversed(above)] if _is_marked(line)]
    # Without headings, the items of a list are the sections.
    labels = ("a", "li") if sections else ("a",)
    likely = [line for line in below if line.nearest(*labels) is not None or TOPIC.match(line.text)]
    topics = [line for line in [*marked, *likely] if line not in timed and is_heading_like(line.text)]
    yield from (Block(Kind.TOPIC, line.text) for line in topics[:1])


def _is_marked(line: _Line) -> bool:
    """Whether a class or address close to the words speaks of a topic."""
    close = [line.element, *line.element.iterancestors()][:3]
    labels = [element for element in close if element.tag not in ("article", "section", "main", "body")]
    return any(TOPIC_MARK.search(value) for element in labels for value in element.attrib.values())


def _image_alt(tree: Element, title: Element) -> list[Block]:
    """What the guide's picture shows: of a picture that says so, or else of the first below the title."""
    alts = [" ".join(alt.split()) for alt in tree.xpath("//img/@alt")]
    below = [" ".join(alt.split()) for alt in title.xpath("following::img/@alt")]
    found = [alt for alt in alts if PICTURE.match(alt)] + [alt for alt in below if alt]
    return [Block(Kind.IMAGE_ALT, alt) for alt in found[:1]]


def _cut_out(tree: Element, title: Element, end: Element | None) -> None:
    """Leave one <article>: from the title to the end, without what makes prose look like clutter."""
    around = title.xpath("preceding::*[not(ancestor-or-self::head)]")
    if end is not None:
        around += [*end.xpath("following::*"), end]
    for element in around:
        if element.getparent() is not None:
            element.drop_tree()
    for prose in tree.xpath(PROSE):
        for element in (prose, *prose.iterancestors()):
            element.attrib.clear()
    body = next(tree.iter("body"), tree)  # a fragment has none
    article = body.makeelement("article")
    article.text = body.text
    article.extend(list(body))
    body.append(article)


def _guide(lines: Sequence[_Line]) -> Iterator[Block]:
    """The blocks of the guide, as trafilatura gives it; above the first heading, of prose alone."""
    heads = [line.nearest("head") for line in lines]
    ranks = {head.get("rend") for head in heads if head is not None}
    top = next((rank for rank in SECTION_RANKS if rank in ranks), "")
    item = None
    begun = False
    for line, head in zip(lines, heads, strict=True):
        before, item = item, line.nearest("item")
        if head is not None and head.get("rend") == "h1":
            continue
        if head is not None:
            kind = Kind.HEADING if head.get("rend") == top else Kind.SUBHEADING
        elif item is None or (top and item.find(".//head") is not None):
            kind = Kind.PARAGRAPH
        elif top:
            kind = Kind.ITEM
        else:
            kind = Kind.PARAGRAPH if item is before else Kind.BULLET
        begun = begun or kind in (Kind.HEADING, Kind.BULLET)
        if begun or not is_heading_like(line.text):
            yield Block(kind, line.text)


def _tail(lines: Sequence[_Line], address: str) -> Iterator[Block]:
    """The parts that follow the guide, each item of a list, or card, a bullet."""
    whole = list(lines[0].element.iterancestors()) if lines else []
    item = None
    for line in lines:
        before, item = item, line.nearest("li", "article")
        if item in whole:
            item = None
        kind = Kind.LINE if item is None else Kind.PARAGRAPH if item is before else Kind.BULLET
        links = line.element.xpath("(ancestor-or-self::a | descendant::a)/@href")
        yield Block(kind, line.text, str(urljoin(address, links[0])) if links else "")


def _words(element: Element) -> str:
    return " ".join(element.text_content().split())


def _lines(root: Element) -> Iterator[_Line]:
    """The runs of words under the element, in order."""
    text, holder = "", root
    for piece, element in _pieces(root):
        if piece and not text.strip():
            text, holder = piece, element
        elif piece:
            text += piece
        elif text.strip():
            yield _Line(" ".join(text.split()), holder)
            text = ""


def _pieces(element: Element) -> Iterator[tuple[str, Element]]:
    """Every text under the element with its holder; an empty one where a run of words ends."""
    if element.tag in ("br", "lb"):
        yield " ", element
        return
    alone = element.tag not in INLINE or not _has_words(element.getparent())
    if alone:
        yield "", element
    if element.text:
        yield element.text, element
    for child in element:
        yield from _pieces(child)
        if child.tail:
            yield child.tail, element
    if alone:
        yield "", element


def _has_words(element: Element) -> bool:
    """Whether it holds words itself, not in an element below."""
    return bool("".join([element.text or "", *(child.tail or "" for child in element)]).strip())
