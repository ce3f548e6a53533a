"""The blocks of a saved page → the draft of a guide.

The words stay as the page has them. What stands around the guide is listed, and not drafted; of it, related
reads and the offer of news are kept for the screen.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from skill.errors import NightfeedError
from skill.guides.markdown import TELL_ME_MORE, TOP_TIP
from skill.guides.page_layout import (
    MINUTES,
    PICTURE,
    TOPIC,
    Block,
    Kind,
    Part,
    as_sentence,
    is_heading_like,
    minutes,
)
from skill.guides.related_reads import related_reads
from skill.library import Guide, Passage, Section
from skill.sentences import sentences

LONGEST_SLUG = 60
LONGEST_READ = 60
WORDS_A_MINUTE = 230
"""Of an adult who reads for herself."""
TIP = re.compile(rf"{TOP_TIP}\s*([:–—-]\s*|$)", re.IGNORECASE)
# Soft hyphen, zero-width space, word joiner, byte order mark.
INVISIBLE = str.maketrans("", "", "\u00ad\u200b\u2060\ufeff")
FINAL_STOP = re.compile(r"(?<=[^.])\.$")
JOINT = re.compile(r"[,;](\s+(and|or))?$")
"""What links a list's item to the next."""
CALL_TO_SIGN_UP = re.compile(r"sign up|subscribe|join", re.IGNORECASE)


@dataclass(frozen=True)
class LeftOut:
    """Words of the page that will not be heard."""

    text: str
    why: str


@dataclass(frozen=True)
class Draft:
    """What an editor gets of a page."""

    guide: Guide
    """Its top tip and topic are empty where the page has none."""
    wanting: tuple[str, ...]
    """What only the editor can give, or should look at."""
    left_out: tuple[LeftOut, ...]


@dataclass
class _Head:
    """What stands above the sections."""

    title: str = ""
    topics: list[str] = field(default_factory=list)
    image_alt: str = ""
    read_minutes: int = 0
    lines: list[str] = field(default_factory=list)
    """That say how long the page is."""
    introduction: list[Block] = field(default_factory=list)


@dataclass
class _OpenSection:
    """A section's blocks below its heading."""

    heading: str
    blocks: list[Block]
    marked: bool
    """Whether the page has it as a heading, and not as an item of a list."""


def draft_guide(blocks: Sequence[Block], path: Path, published: date) -> Draft:
    """The draft of a guide from a page's blocks; the path names the page, and titles it if nothing else does.

    All passages are lead passages: which of them are for "tell me more" is the editor's choice.
    Raises NightfeedError when there is no article in the page.
    """
    blocks = [replace(block, text=block.text.translate(INVISIBLE).strip()) for block in blocks]
    blocks = [block for block in blocks if block.text]
    around = [block for block in blocks if block.part]
    inside = [block for block in blocks if not block.part]
    starts = (i for i, block in enumerate(inside) if block.kind in (Kind.HEADING, Kind.BULLET))
    start = next(starts, len(inside))
    head = _head(inside[:start])
    opened = _sections(inside[start:])
    tip = _take_tip(opened)
    title = head.title or _title_of_file(path)
    if head.introduction:
        opened.insert(0, _OpenSection(title, head.introduction, marked=True))
    kept, empty = _with_content(opened, title)
    _check(kept, path)
    guide = Guide(
        slug=slug(title),
        title=title,
        topic=", ".join(head.topics),
        read_minutes=head.read_minutes or _reckoned_minutes(kept),
        published=published.isoformat(),
        sections=tuple(_section(section) for section in kept),
        tip=Passage(tip, TOP_TIP),
        image_alt=head.image_alt,
        sign_up=_sign_up([block.text for block in around if block.part is Part.SIGN_UP]),
        related=related_reads([block for block in around if block.part is Part.RELATED]),
    )
    left_out = [
        *(LeftOut(line, Part.BYLINE.value) for line in head.lines),
        *(LeftOut(block.text, block.part.value) for block in around if block.part),
        *(LeftOut(heading, Part.EMPTY.value) for heading in empty),
    ]
    return Draft(guide, tuple(_wanting(head, tip)), tuple(left_out))


def _wanting(head: _Head, tip: str) -> Iterable[str]:
    if not head.title:
        yield "title: the page has none, so it is the file's name"
    if not head.topics:
        yield "topic: what the guide is about, in a few words"
    if not head.read_minutes:
        yield "read_minutes: the page does not say; they are reckoned from its words"
    if not tip:
        yield f"## {TOP_TIP}: one sentence to remember, at the end of the file"


def slug(title: str) -> str:
    """The title as a file name: small ASCII letters and hyphens, cut at a word."""
    ascii_title = unicodedata.normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", ascii_title))
    whole = "-".join(words) or "guide"
    if len(whole) <= LONGEST_SLUG:
        return whole
    return whole[: LONGEST_SLUG + 1].rpartition("-")[0] or whole[:LONGEST_SLUG]


def _head(blocks: Iterable[Block]) -> _Head:
    head = _Head(title=next((block.text for block in blocks if block.kind is Kind.TITLE), ""))
    for block in blocks:
        text = block.text
        if block.kind is Kind.TITLE:
            continue
        if block.kind is Kind.IMAGE_ALT:
            head.image_alt = text
        elif MINUTES.search(text) and is_heading_like(text):
            head.read_minutes = head.read_minutes or minutes(text).get("read", 0)
            head.lines.append(text)
        elif block.kind is Kind.TOPIC or (block.kind is Kind.LINE and TOPIC.match(text)):
            head.topics.append(TOPIC.sub("", text, count=1))
        elif block.kind is Kind.LINE and not head.title:
            head.title = text
        elif (
            block.kind is Kind.LINE and not head.image_alt and (PICTURE.match(text) or is_heading_like(text))
        ):
            head.image_alt = text
        else:
            head.introduction.append(block)
    return head


def _sections(blocks: Iterable[Block]) -> list[_OpenSection]:
    opened: list[_OpenSection] = []
    for block in blocks:
        if block.kind in (Kind.HEADING, Kind.BULLET):
            opened.append(_begin_section(block))
        else:
            opened[-1].blocks.append(block)
    return opened


def _begin_section(block: Block) -> _OpenSection:
    """A section's heading; of a bullet with several sentences it is the first, and the rest is read below."""
    heading = sentences(block.text)[0] if block.kind is Kind.BULLET else block.text
    rest = block.text.removeprefix(heading).strip()
    below = [Block(Kind.PARAGRAPH, rest)] if rest else []
    return _OpenSection(FINAL_STOP.sub("", heading), below, block.kind is Kind.HEADING)


def _take_tip(opened: list[_OpenSection]) -> str:
    """The first top tip, taken out of the sections; "" where there is none."""
    for section in opened:
        if found := TIP.match(section.heading):
            opened.remove(section)
            return _run_on([section.heading[found.end() :], *(block.text for block in section.blocks)])
        for i, block in enumerate(section.blocks):
            if found := TIP.match(block.text):
                rest = block.text[found.end() :]
                # "Top tip" alone stands above the tip.
                taken = slice(i, i + 1 if rest else i + 2)
                tip = rest or _run_on([block.text for block in section.blocks[i + 1 : i + 2]])
                del section.blocks[taken]
                return tip
    return ""


def _run_on(texts: Iterable[str]) -> str:
    """The texts one after another, each but the last with a stop."""
    *others, last = [text for text in texts if text] or [""]
    return " ".join([*map(as_sentence, others), last])


def _check(kept: Iterable[_OpenSection], path: Path) -> None:
    texts = [block.text for section in kept for block in section.blocks]
    if not any(text.rstrip("'\"”’)").endswith((".", "!", "?", "…")) for text in texts):
        raise NightfeedError(
            f"{path}: there is no article in it, only short lines; open the article itself in a browser, "
            "wait until its text is there, and save that page"
        )


def _with_content(opened: Iterable[_OpenSection], title: str) -> tuple[list[_OpenSection], list[str]]:
    """The sections that hold something, and the headings of the others; a bullet is an item, then."""
    kept: list[_OpenSection] = []
    empty: list[str] = []
    for section in opened:
        if section.blocks:
            kept.append(section)
        elif section.marked:
            empty.append(section.heading)
        else:
            if not kept:
                kept.append(_OpenSection(title, [], marked=True))
            kept[-1].blocks.append(Block(Kind.ITEM, section.heading))
    return kept, empty


def _title_of_file(path: Path) -> str:
    words = " ".join(re.split(r"[\s_-]+", path.stem)).strip()
    return words[:1].upper() + words[1:]


def _reckoned_minutes(sections: Iterable[_OpenSection]) -> int:
    words = sum(len(block.text.split()) for section in sections for block in section.blocks)
    return min(max(round(words / WORDS_A_MINUTE), 1), LONGEST_READ)


def _section(section: _OpenSection) -> Section:
    blocks = _lists_joined(section.blocks)
    passages: list[Passage] = []
    heading = section.heading
    for block, after in zip(blocks, [*blocks[1:], None], strict=True):
        # The first passage carries the section's heading, so a sub-heading there is read as a passage.
        if passages and after and _is_subheading(block) and not _is_subheading(after):
            heading = block.text
        else:
            passages.append(Passage(block.text, heading))
            heading = ""
    return Section(section.heading, aliases=(), lead=tuple(passages), more=())


def _is_subheading(block: Block) -> bool:
    if block.text.lower() == TELL_ME_MORE.lower():
        return False  # our format gives it another meaning
    plain = block.kind in (Kind.PARAGRAPH, Kind.LINE)
    return block.kind is Kind.SUBHEADING or (plain and is_heading_like(block.text))


def _lists_joined(blocks: Iterable[Block]) -> list[Block]:
    """The blocks with each list as one block, an item a sentence, as Markdown lists are read too."""
    joined: list[Block] = []
    for block in blocks:
        if block.kind is not Kind.ITEM:
            joined.append(block)
        elif joined and joined[-1].kind is Kind.ITEM and not block.begins_list:
            joined[-1] = Block(Kind.ITEM, f"{joined[-1].text} {_as_item(block.text)}")
        else:
            joined.append(Block(Kind.ITEM, _as_item(block.text)))
    return joined


def _as_item(text: str) -> str:
    """A list's item as a sentence of its own, without what linked it to the next."""
    unlinked = JOINT.sub("", text)
    return as_sentence(unlinked[:1].upper() + unlinked[1:])


def _sign_up(lines: Sequence[str]) -> str:
    """The offer of news: its heading, and what follows down to the call to sign up."""
    end = next((i for i, line in enumerate(lines) if i and CALL_TO_SIGN_UP.match(line)), 1)
    return " ".join(as_sentence(line) for line in lines[: end + 1])
