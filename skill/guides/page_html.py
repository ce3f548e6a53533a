"""A page saved as HTML → its blocks.

trafilatura finds where on the page the article is. The words themselves are read from the page, every one of
them: those of the article, and those of what stands around it, each with the name of its part.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import dropwhile
from urllib.parse import urljoin

from skill.errors import NightfeedError, installing
from skill.guides.page_clutter import mark_clutter, marked_part
from skill.guides.page_layout import (
    MINUTES,
    PICTURE,
    TOPIC,
    Block,
    Kind,
    Part,
    is_heading_like,
    part_named,
    with_headings,
)
from skill.guides.page_lines import BULLET, HEADINGS, Element, Line, lines, words
from skill.guides.page_offers import mark_offers
from skill.guides.page_region import article_region
from skill.guides.page_shapes import evened

BOLD = ("b", "strong")
BOLD_RANK = "h7"
"""Of a line in bold type alone: a heading below all that are marked as such."""
TOPIC_MARK = re.compile(r"\b(category|categories|tags?|topics?)\b|/(category|tags?|topics?)/", re.IGNORECASE)
SITE_NAME = re.compile(r"\s+[|–—·»-]\s+[^|–—·»]+$")
XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*>")
SAVED_FROM = re.compile(r"<!--\s*saved from url=(?:\(\d+\))?(\S+)", re.IGNORECASE)
METADATA = frozenset(("base", "link", "meta", "noscript", "script", "style", "template", "title"))
"""What a page's head may hold."""
WORD_LIST = "MsoList"
WORD_BULLET = re.compile(r"([·§o•–-]|\w{1,3}[.)])\s+")


def html_blocks(page: str) -> list[Block]:
    """The blocks of the page: head, guide, and what stands around it, each with its part.

    Raises NightfeedError when trafilatura is not installed.
    """
    tree = _parsed(XML_DECLARATION.sub("", page))
    if tree is None:
        return []
    saved_from = SAVED_FROM.search(page)
    address = saved_from[1] if saved_from else _address(tree)
    evened(tree)
    title = _title(tree)
    mark_clutter(tree, title)
    region = article_region(tree)
    found = list(lines(tree.find("body")))
    mark_offers(found, region)
    name = words(title) if title is not None else ""
    if title is not None and title.tag == "title":
        name = SITE_NAME.sub("", name) or name
        title = next((line.block for line in found if line.text == name), None)
    head = [Block(Kind.TITLE, name)] if name else []
    return [*head, *_pictures(region, title), *_blocks(found, region, title, address)]


def _parsed(page: str) -> Element | None:
    try:
        import lxml.etree
        import lxml.html
        import trafilatura  # noqa: F401  (page_region.py needs it)
    except ImportError:
        raise NightfeedError(f"reading HTML needs trafilatura; {installing('studio')}") from None
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True)
    try:
        tree = lxml.html.document_fromstring(page, parser=parser)
    except lxml.etree.ParserError:  # no element at all
        return None
    _empty_head(tree)
    return tree if tree.find("body") is not None else None


def _empty_head(tree: Element) -> None:
    """Move into the body what the parser, which does not know HTML 5, leaves in a head without an end."""
    inside = dropwhile(lambda element: element.tag in METADATA, tree.xpath("./head/*"))
    if strays := list(inside):
        body = tree.find("body")
        body = tree.makeelement("body") if body is None else body
        strays[-1].tail, body.text = (strays[-1].tail or "") + (body.text or ""), None
        body[:0] = strays
        tree.append(body)


def _address(tree: Element) -> str:
    places = ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content", "//base/@href")
    return next((str(found) for place in places for found in tree.xpath(place)[:1]), "")


def _title(tree: Element) -> Element | None:
    """The heading that the page's <title> repeats, or else the first <h1>; without any, the <title>."""
    page_title = tree.find(".//title")
    marked = [e for e in tree.iter("h1", "p") if set(e.get("class", "").split()) & {"title", "MsoTitle"}]
    titles = [element for element in [*marked, *tree.iter("h1")] if words(element)]
    if page_title is not None and not words(page_title):
        page_title = None
    of_page = words(page_title) if page_title is not None else ""
    lower = [e for e in tree.iter("h2", "h3") if words(e) and of_page.startswith(words(e))]
    repeated = [*(e for e in titles if words(e) in of_page), *lower]
    # The site's name may stand in an <h1> too, and is the shorter.
    return max(repeated, key=lambda element: len(words(element)), default=[*titles, page_title][0])


def _blocks(found: Sequence[Line], region: Element, title: Element | None, address: str) -> Iterator[Block]:
    """Every line but the title as a block."""
    start = next((i for i, line in enumerate(found) if title is not None and title in line.around), -1)
    within = [i for i, line in enumerate(found) if region in line.around]
    first, last = (within[0], within[-1]) if within else (0, -1)
    in_region = frozenset(within)
    begin = max(first, start + 1) if start <= last else first
    topic = _topic(found, start, title)
    guide: list[Block] = []
    around: list[Block] = []
    parts = _parts(found)
    inside = [line for line in found[begin : last + 1] if parts[line] is None]
    shapes = _shapes(inside)
    for i, line in enumerate(found):
        part = parts[line]
        if title is not None and title in line.around:
            continue
        if MINUTES.search(line.text) and is_heading_like(line.text) and part is not Part.RELATED:
            yield Block(Kind.LINE, line.text)
        elif line is topic:
            yield Block(Kind.TOPIC, TOPIC.sub("", line.text, count=1))
        elif part is None and begin <= i <= last:
            begins = bool(guide) and _list_of(line) not in (None, _list_of(found[i - 1]))
            guide.append(_block(line, shapes[line], begins))
        elif part is None and start < i < begin and start >= 0 and line.nearest("p") is not None:
            guide.append(Block(Kind.PARAGRAPH, line.text))
        else:
            if i not in in_region and part in (None, Part.LINK):
                part = Part.MENU if line.is_link else Part.OUTSIDE
            around.extend(_aside_blocks(line, part or Part.OUTSIDE, address))
    yield from with_headings(guide)
    yield from around


def _parts(found: Sequence[Line]) -> dict[Line, Part | None]:
    """Of each line the part around the guide that it belongs to: by its marks, its words, or as a link."""
    items = [(line, line.nearest("li")) for line in found]
    of_more_than_links = {item.getparent() for line, item in items if item is not None and not line.is_link}
    parts: dict[Line, Part | None] = {}
    for line, item in items:
        among_others = item is not None and item.getparent() in of_more_than_links
        link = line.is_link and not among_others and line.nearest(*HEADINGS) is None
        parts[line] = _known_part(line) or (Part.LINK if link else None)
    return parts


def _known_part(line: Line) -> Part | None:
    part = marked_part(line.around)
    if part is None and is_heading_like(line.text) and line.nearest(*HEADINGS, "li") is None:
        named = part_named(line.text)
        # Of these a line tells by itself; the others go with what is below them, see page_offers.py.
        part = named if named in (Part.MENU, Part.BYLINE, Part.SHARING, Part.COOKIES) else None
    return part


def _topic(found: Sequence[Line], start: int, title: Element | None) -> Line | None:
    """The topic, from below the title or else from above it, as far as a class or an address tells."""
    heading = (i for i in range(start + 1, len(found)) if found[i].nearest("h2", "h3", "h4") is not None)
    below = found[start + 1 : next(heading, len(found))]
    for line in [*below, *reversed(found[: max(start, 0)])]:
        short = is_heading_like(line.text) and not MINUTES.search(line.text)
        close = list(line.around)[:3]
        labels = [element for element in close if element.tag not in ("article", "section", "main", "body")]
        if short and any(TOPIC_MARK.search(value) for e in labels for value in e.attrib.values()):
            return line
    return None


def _shapes(inside: Sequence[Line]) -> dict[Line, Kind]:
    """What each line of the article is; the highest rank of heading begins the sections."""
    ranks = {line: _rank(line) for line in inside}
    top = min(filter(None, ranks.values()), default="")
    shapes: dict[Line, Kind] = {}
    before = None
    for line in inside:
        item = line.nearest("li")
        if ranks[line]:
            shapes[line] = Kind.HEADING if ranks[line] == top else Kind.SUBHEADING
        elif line.nearest("dt") is not None and is_heading_like(line.text.rstrip("?:")):
            shapes[line] = Kind.SUBHEADING
        elif item is not None and not top and _is_section_item(item):
            shapes[line] = Kind.PARAGRAPH if item is before else Kind.BULLET
        elif item is not None or _is_drawn_item(line):
            shapes[line] = Kind.ITEM
        else:
            shapes[line] = Kind.PARAGRAPH
        before = item
    return shapes


def _rank(line: Line) -> str:
    heading = line.nearest(*HEADINGS)
    if heading is not None:
        return str(heading.tag)
    alone = line.nearest("li", "dt", "dd") is None and line.block.tag in ("p", "div")
    if alone and is_heading_like(line.text) and words(line.block) == line.text and line.is_all(*BOLD):
        return BOLD_RANK
    return ""


def _is_section_item(item: Element) -> bool:
    """Whether a list's item is a section of a page without headings: it is alone, or holds paragraphs."""
    return len(item.getparent().findall("li")) == 1 or len(list(lines(item))) > 1


def _is_drawn_item(line: Line) -> bool:
    """Whether the line is an item without being marked as one: by a bullet, or as Word saves lists."""
    return bool(BULLET.match(line.text)) or WORD_LIST in line.block.get("class", "")


def _list_of(line: Line) -> Element | None:
    """The outermost list around the line."""
    return next((element for element in reversed(list(line.around)) if element.tag in ("ul", "ol")), None)


def _block(line: Line, kind: Kind, begins_list: bool) -> Block:
    text = line.text
    if kind is Kind.ITEM and line.nearest("li") is None:
        mark = WORD_BULLET if WORD_LIST in line.block.get("class", "") else BULLET
        text = mark.sub("", text, count=1)
    return Block(kind, text, begins_list=begins_list)


def _aside_blocks(line: Line, part: Part, address: str) -> Iterator[Block]:
    """A line that stands around the guide; of related reads each item of a list, or card, is a bullet."""
    links = line.element.xpath("(ancestor-or-self::a | descendant::a)/@href")
    link = str(urljoin(address, links[0])) if links else ""
    item = line.nearest("li", "article")
    first = line.is_link if item is None else next(lines(item)).text == line.text
    kind = Kind.BULLET if part is Part.RELATED and first else Kind.LINE
    yield Block(kind, line.text, link if link.startswith("http") else "", part)


def _pictures(region: Element, title: Element | None) -> Iterator[Block]:
    """What the pictures show: the guide's own is one that says so, or else the first below the title."""
    tree = region.getroottree()
    after = title.xpath("following::img/@alt") if title is not None else region.xpath(".//img/@alt")
    alts = [" ".join(alt.split()) for alt in (*tree.xpath("//img/@alt"),)]
    below = [" ".join(alt.split()) for alt in after]
    shown = next((alt for alt in [*filter(PICTURE.match, alts), *below] if alt), "")
    if shown:
        yield Block(Kind.IMAGE_ALT, shown)
    inside = [" ".join(alt.split()) for alt in region.xpath(".//img/@alt")]
    for alt in dict.fromkeys(alt for alt in inside if alt and alt != shown):
        yield Block(Kind.LINE, alt, part=Part.PICTURE)
