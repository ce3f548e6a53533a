"""A page saved as plain text → its blocks.

Two layouts are known. In that of sections, a bullet "•" begins a section, and what belongs to it is below,
mostly indented. In any other text, bullets are lists, and a short line without a stop is a heading. Lines
that were wrapped are put together again.
"""

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from skill.guides.page_layout import (
    MINUTES,
    STOPS,
    TOPIC,
    Block,
    Kind,
    Part,
    is_heading_like,
    part_named,
    with_headings,
)

BULLET = re.compile(r"\s*([•●▪‣◦]\s*|[*·]\s+)(?=\S)")
DASH = re.compile(r"[-–—]\s+")
NUMBER = re.compile(r"\d{1,2}[.)]\s+")
# The longest line of a page whose lines are wrapped; of any other length, a paragraph is a line.
WRAP_WIDTHS = range(40, 101)
LONGEST_OFFER = 4
"""Lines below an offer of news, down to its button."""
BUTTON = re.compile(r"(sign (me )?up|subscribe|join|send|submit)( now| here| today)?[.!]?$", re.IGNORECASE)


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
    return _in_sections(lines) if _bullets_are_sections(lines) else _as_pasted(lines)


def _bullets_are_sections(lines: Sequence[_Line]) -> bool:
    """Whether bullets have text of their own below them: more of them than have another bullet there."""
    offers = (i for i, line in enumerate(lines) if part_named(line.text) in (Part.FEEDBACK, Part.RELATED))
    guide = lines[: next(offers, len(lines))]
    followed = [(line, after) for line, after in pairwise(guide) if line.bullet]
    if any(after.indent > line.indent and not after.bullet for line, after in followed):
        return True
    return sum(not after.bullet for _, after in followed) > len(followed) / 2


def _in_sections(lines: Sequence[_Line]) -> list[Block]:
    section_indent = next((line.indent for line in lines if line.bullet), 0)
    blocks: list[Block] = []
    part: Part | None = None
    for line in lines:
        kind = Kind.PARAGRAPH if line.indent else Kind.LINE
        if line.bullet:
            kind = Kind.BULLET if line.indent <= section_indent else Kind.ITEM
        begun = any(block.kind is Kind.BULLET for block in blocks)
        if kind is Kind.LINE and begun:
            named = part_named(line.text)
            part = named if named in (Part.FEEDBACK, Part.RELATED, Part.SIGN_UP) else part
        blocks.append(Block(kind, line.text, part=part))
    return blocks


def _as_pasted(lines: Sequence[_Line]) -> list[Block]:
    parts = _parts(lines)
    titles = (i for i, line in enumerate(lines) if parts[i] is None and _may_be_title(line))
    title = next(titles, -1)
    around: list[Block] = []
    guide: list[Block] = []
    for i, line in enumerate(lines):
        part = parts[i] or (Part.OUTSIDE if i < title else None)
        if MINUTES.search(line.text) and is_heading_like(line.text) and part is not Part.RELATED:
            around.append(Block(Kind.LINE, line.text))
        elif part:
            # How long a read takes may stand below its title.
            begins_read = part is Part.RELATED and not MINUTES.match(line.text)
            kind = Kind.BULLET if begins_read else Kind.LINE
            around.append(Block(kind, line.text, part=part))
        elif i == title:
            around.append(Block(Kind.TITLE, line.text))
        else:
            guide.append(_block(line, lines[max(i - 1, 0)], lines[min(i + 1, len(lines) - 1)]))
    return [*[b for b in around if not b.part], *with_headings(guide), *[b for b in around if b.part]]


def _may_be_title(line: _Line) -> bool:
    short = is_heading_like(line.text.rstrip("?!"))
    return short and not line.bullet and not TOPIC.match(line.text) and not MINUTES.search(line.text)


def _block(line: _Line, before: _Line, after: _Line) -> Block:
    """A paragraph, or an item of a list whose bullet was typed: a dash or number is one among others."""
    if line.bullet:
        return Block(Kind.ITEM, line.text)
    for mark in (DASH, NUMBER):
        beside = any(other is not line and mark.match(other.text) for other in (before, after))
        if beside and mark.match(line.text):
            return Block(Kind.ITEM, mark.sub("", line.text, count=1))
    return Block(Kind.PARAGRAPH, line.text)


def _parts(lines: Sequence[_Line]) -> list[Part | None]:
    """Of each line the part around the guide that it belongs to."""
    parts: list[Part | None] = [None] * len(lines)
    i = 0
    while i < len(lines):
        named = None if lines[i].bullet else part_named(lines[i].text)
        below = _below(lines[i + 1 :], named) if named else 0
        if below or named not in (Part.SIGN_UP, Part.RELATED):  # else these words begin a section
            parts[i : i + 1 + below] = [named] * (1 + below)
        i += 1 + below
    return parts


def _below(lines: Sequence[_Line], part: Part) -> int:
    """How many of the lines below a part's name belong to it."""
    if part is Part.SIGN_UP:
        calls = (i + 1 for i, line in enumerate(lines[:LONGEST_OFFER]) if BUTTON.match(line.text))
        return next(calls, 0)
    if part not in (Part.RELATED, Part.FEEDBACK, Part.COMMENTS):
        return 0
    prose = (i for i, line in enumerate(lines) if not is_heading_like(line.text.rstrip("?!")))
    end = next(prose, len(lines))
    other = next((i for i, line in enumerate(lines[:end]) if part_named(line.text)), None)
    if other is not None:
        return other
    # The last of the short lines is the heading of the text that follows it.
    return end - 1 if 0 < end < len(lines) and not lines[end - 1].bullet else end


def _lines(rows: list[str]) -> Iterator[_Line]:
    width = max(map(len, rows), default=0)
    current: _Line | None = None
    for row in rows:
        bullet = BULLET.match(row)
        words = row[bullet.end() if bullet else 0 :].split()
        if current and words and not bullet and _goes_on(current, words[0], width):
            current.text = " ".join([current.text, *words])
            current.end = len(row)
            continue
        if current:
            yield current
        indent = len(row) - len(row.lstrip())
        current = _Line(" ".join(words), indent, bool(bullet), len(row)) if words else None
    if current:
        yield current


def _goes_on(line: _Line, next_word: str, width: int) -> bool:
    """Whether the line ends where it does for want of room, or in the middle of a sentence."""
    wrapped = width in WRAP_WIDTHS and line.end + 1 + len(next_word) > width
    return wrapped or (next_word[0].islower() and not line.text.endswith((*STOPS, ",")))
