"""An HTML tree whose accordions, tables and the like are evened out to headings, paragraphs and lists."""

import re

from skill.guides.page_lines import HEADINGS, Element, words

UNREAD = "//script|//style|//noscript|//template|//svg|//iframe|//object|//audio|//video"
NOTE_MARK = re.compile(r"[\[(]?(\d{1,3}|[a-z*†‡])[\])]?")
HEADING_BUTTONS = " | ".join(f"//{tag}//button" for tag in (*HEADINGS, "summary"))
ACCORDION_BUTTONS = "//button[@aria-controls and @aria-expanded]"
UNFOLDED = "data-unfolded"
"""Attribute of a heading that was an accordion's."""
LONGEST_CELL = 200
"""Characters; a table with longer ones only lays out the page."""


def evened(tree: Element) -> None:
    """Change the tree so that whatever reads it need know headings, paragraphs and lists alone."""
    for element in tree.xpath(UNREAD):
        element.drop_tree()
    for element in tree.xpath("//*[@hidden or @aria-hidden or @style]"):
        for name in ("hidden", "aria-hidden", "style"):
            element.attrib.pop(name, None)  # what an accordion hides is read, too
    for mark in list(tree.iter("sup")):
        if NOTE_MARK.fullmatch(words(mark)):
            mark.drop_tree()  # a figure in the middle of a sentence, when it is heard
    for button in tree.xpath(HEADING_BUTTONS):
        button.drop_tag()
    for summary in list(tree.iter("summary")):
        inner = summary.xpath(".//h1|.//h2|.//h3|.//h4|.//h5|.//h6")
        summary.tag = "div" if inner else _rank_below(summary)
    for button in tree.xpath(ACCORDION_BUTTONS):
        panel = tree.xpath("//*[@id=$id][.//p]", id=button.get("aria-controls"))
        if panel and not list(button.iterancestors("nav", "header")):
            button.tag = _rank_below(button)
    for heading in tree.xpath("//*[@role='heading'][not(ancestor-or-self::h1)]"):
        level = heading.get("aria-level", "2")
        heading.tag = f"h{level}" if f"h{level}" in HEADINGS else "h2"
    for table in list(tree.iter("table")):
        if _holds_data(table):
            _as_list(table)


def _rank_below(element: Element) -> str:
    """The rank below the last heading before it that is not itself out of an accordion."""
    ranks = [
        heading.tag
        for heading in element.xpath("preceding::h2|preceding::h3|preceding::h4|preceding::h5")
        if heading.get(UNFOLDED) is None and not any(True for _ in heading.iterancestors("details"))
    ]
    element.set(UNFOLDED, "")
    return f"h{int(ranks[-1][1]) + 1}" if ranks else "h2"


def _holds_data(table: Element) -> bool:
    rows = [row.xpath("./td|./th") for row in table.iter("tr")]
    cells = [cell for row in rows for cell in row]
    plain = all(len(words(cell)) <= LONGEST_CELL for cell in cells)
    nested = table.xpath(".//table|.//h1|.//h2|.//h3|.//h4|.//form")
    return bool(cells) and plain and not nested and max(map(len, rows)) > 1


def _as_list(table: Element) -> None:
    """Each row becomes an item, to be heard as a sentence: "first cell: second, third"."""
    for caption in list(table.iter("caption")):
        caption.tag = "p"
        table.addprevious(caption)
    for row in list(table.iter("tr")):
        first, *others = [text for cell in row.xpath("./td|./th") if (text := words(cell))] or [""]
        joint = " " if first.endswith(("?", ":", "!")) else ": "
        for child in list(row):
            row.remove(child)
        row.tag, row.text = "li", joint.join(filter(None, [first, ", ".join(others)]))
    for group in table.xpath("./thead|./tbody|./tfoot"):
        group.drop_tag()
    for column in table.xpath("./colgroup|./col"):
        column.drop_tree()
    table.tag = "ul"
