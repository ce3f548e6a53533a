"""A page saved as plain text → its blocks.

The layout: paragraphs are parted by blank lines, a bullet "•" begins a section, and what belongs to it is
indented. Lines that a browser has wrapped are put together again.
"""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from skill.guides.page_layout import Block, Kind

BULLET = re.compile(r"\s*([•●▪‣◦]\s*|[*·]\s+)(?=\S)")
# The longest line of a page whose lines are wrapped; of any other length, a paragraph is a line.
WRAP_WIDTHS = range(40, 101)


@dataclass
class _Line:
    """A line of words, with its wrapped continuation."""

    text: str
    indent: int
    bullet: bool
    end: int
    """Column after its last character."""


def text_blocks(text: str) -> list[Block]:
    """The blocks of the page, in order; every word of the text is in exactly one."""
    rows = textwrap.dedent(text.expandtabs()).splitlines()
    lines = list(_lines([row.rstrip() for row in rows]))
    section_indent = next((line.indent for line in lines if line.bullet), 0)
    return [Block(_kind(line, section_indent), line.text) for line in lines]


def _kind(line: _Line, section_indent: int) -> Kind:
    if line.bullet:
        return Kind.BULLET if line.indent <= section_indent else Kind.ITEM
    return Kind.PARAGRAPH if line.indent else Kind.LINE


def _lines(rows: list[str]) -> Iterator[_Line]:
    width = max(map(len, rows), default=0)
    current: _Line | None = None
    for row in rows:
        bullet = BULLET.match(row)
        words = row[bullet.end() if bullet else 0 :].split()
        if current and words and not bullet and _wraps(current, words[0], width):
            current.text = " ".join([current.text, *words])
            current.end = len(row)
            continue
        if current:
            yield current
        indent = len(row) - len(row.lstrip())
        current = _Line(" ".join(words), indent, bool(bullet), len(row)) if words else None
    if current:
        yield current


def _wraps(line: _Line, next_word: str, width: int) -> bool:
    """Whether the line ends where it does for want of room."""
    return width in WRAP_WIDTHS and line.end + 1 + len(next_word) > width
