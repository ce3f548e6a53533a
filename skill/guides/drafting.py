"""The blocks of a saved page → the draft of a guide.

The words stay as the page has them. What the page offers around the guide is left to the skill: its call for
feedback is dropped, its offer of news is kept for the card at the end.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
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
    part_named,
)
from skill.library import Guide, Passage, Related, Section
from skill.studio.sentences import sentences

LONGEST_SLUG = 60
TIP = re.compile(rf"{TOP_TIP}\s*([:–—-]\s*|$)", re.IGNORECASE)
# Soft hyphen, zero-width space, word joiner, byte order mark.
INVISIBLE = str.maketrans("", "", "\u00ad\u200b\u2060\ufeff")
FINAL_STOP = re.compile(r"(?<=[^.])\.$")
READ_NOW = re.compile(r"(read|watch)( more| now)*( about |$)", re.IGNORECASE)
CALL_TO_SIGN_UP = re.compile(r"sign up|subscribe|join", re.IGNORECASE)


@dataclass
class _Head:
    """What stands above the sections."""

    title: str = ""
    topics: list[str] = field(default_factory=list)
    image_alt: str = ""
    read_minutes: int = 0
    introduction: list[Block] = field(default_factory=list)


@dataclass
class _Draft:
    """A section's blocks below its heading."""

    heading: str
    blocks: list[Block]


def draft_guide(blocks: Sequence[Block], path: Path, published: date) -> Guide:
    """The draft of a guide from a page's blocks; the path names the page in errors.

    All passages are lead passages: which of them are for "tell me more" is the editor's choice.
    Raises NightfeedError, saying what was looked for, when the page lacks what every guide has.
    """
    blocks = [replace(block, text=block.text.translate(INVISIBLE).strip()) for block in blocks]
    blocks = [block for block in blocks if block.text]
    starts = (i for i, block in enumerate(blocks) if block.kind in (Kind.HEADING, Kind.BULLET))
    start = next(starts, len(blocks))
    head = _head(blocks[:start])
    drafts, parts = _parts(blocks[start:])
    tip = _take_tip(drafts)
    _check(head, drafts, tip, path)
    if head.introduction:
        drafts.insert(0, _Draft(head.title, head.introduction))
    return Guide(
        slug=slug(head.title),
        title=head.title,
        topic=", ".join(head.topics),
        read_minutes=head.read_minutes,
        published=published.isoformat(),
        sections=tuple(_section(draft) for draft in _with_content(drafts, head.title)),
        tip=Passage(tip, TOP_TIP),
        image_alt=head.image_alt,
        sign_up=_sign_up([block.text for block in parts[Part.SIGN_UP]]),
        related=_related(parts[Part.RELATED]),
    )


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
        if MINUTES.search(text) and is_heading_like(text):
            head.read_minutes = head.read_minutes or minutes(text).get("read", 0)
        elif block.kind is Kind.TOPIC or TOPIC.match(text):
            head.topics.append(TOPIC.sub("", text, count=1))
        elif not head.title:
            head.title = text
        elif not head.image_alt and (PICTURE.match(text) or is_heading_like(text)):
            head.image_alt = text
        else:
            head.introduction.append(block)
    return head


def _parts(blocks: Iterable[Block]) -> tuple[list[_Draft], dict[Part, list[Block]]]:
    """The sections, and the blocks of the parts around them, each with the line that named the part."""
    drafts: list[_Draft] = []
    parts: dict[Part, list[Block]] = {part: [] for part in Part}
    current: list[Block] = []
    among_sections = True
    for block in blocks:
        part = part_named(block.text) if block.kind in (Kind.LINE, Kind.HEADING) else None
        if part:
            current, among_sections = parts[part], False
        elif block.kind is Kind.HEADING or (block.kind is Kind.BULLET and among_sections):
            drafts.append(_begin_section(block))
            current, among_sections = drafts[-1].blocks, True
            continue
        current.append(block)
    return drafts, parts


def _begin_section(block: Block) -> _Draft:
    """A section's heading; of a bullet with several sentences it is the first, and the rest is read below."""
    heading = sentences(block.text)[0] if block.kind is Kind.BULLET else block.text
    rest = block.text.removeprefix(heading).strip()
    return _Draft(FINAL_STOP.sub("", heading), [Block(Kind.PARAGRAPH, rest)] if rest else [])


def _take_tip(drafts: list[_Draft]) -> str:
    """The first top tip, taken out of the sections; "" where there is none."""
    for draft in drafts:
        if found := TIP.match(draft.heading):
            drafts.remove(draft)
            return _run_on([draft.heading[found.end() :], *(block.text for block in draft.blocks)])
        for i, block in enumerate(draft.blocks):
            if found := TIP.match(block.text):
                rest = block.text[found.end() :]
                # "Top tip" alone stands above the tip.
                taken = slice(i, i + 1 if rest else i + 2)
                tip = rest or _run_on([block.text for block in draft.blocks[i + 1 : i + 2]])
                del draft.blocks[taken]
                return tip
    return ""


def _run_on(texts: Iterable[str]) -> str:
    """The texts one after another, each but the last with a stop."""
    *others, last = [text for text in texts if text] or [""]
    return " ".join([*map(as_sentence, others), last])


def _check(head: _Head, drafts: Iterable[_Draft], tip: str, path: Path) -> None:
    parts = {
        "title": head.title,
        'line "6 min read"': head.read_minutes,
        'section (a bullet "•" or an HTML heading, with paragraphs below)': any(d.blocks for d in drafts),
        f'line "{TOP_TIP}: …"': tip,
    }
    missing = [name for name, found in parts.items() if not found]
    if missing:
        raise NightfeedError(
            f"{path}: not the page of a guide; looked for a {', a '.join(parts)} and found no "
            f"{', no '.join(missing)}; save the whole page, or add what is missing to the file"
        )


def _with_content(drafts: Iterable[_Draft], title: str) -> list[_Draft]:
    """The sections that hold something; a heading with nothing below is a list item of the one before it."""
    kept: list[_Draft] = []
    for draft in drafts:
        if draft.blocks:
            kept.append(draft)
            continue
        if not kept:
            kept.append(_Draft(title, []))
        kept[-1].blocks.append(Block(Kind.ITEM, draft.heading))
    return kept


def _section(draft: _Draft) -> Section:
    blocks = _lists_joined(draft.blocks)
    passages: list[Passage] = []
    heading = draft.heading
    for block, after in zip(blocks, [*blocks[1:], None], strict=True):
        # The first passage carries the section's heading, so a sub-heading there is read as a passage.
        if passages and after and _is_subheading(block) and not _is_subheading(after):
            heading = block.text
        else:
            passages.append(Passage(block.text, heading))
            heading = ""
    return Section(draft.heading, aliases=(), lead=tuple(passages), more=())


def _is_subheading(block: Block) -> bool:
    if block.text.lower() == TELL_ME_MORE.lower():
        return False  # our format gives it another meaning
    plain = block.kind in (Kind.PARAGRAPH, Kind.LINE)
    return block.kind is Kind.SUBHEADING or (plain and is_heading_like(block.text))


def _lists_joined(blocks: Iterable[Block]) -> list[Block]:
    """The blocks with each list as one block, an item a sentence, as Markdown lists are read too."""
    joined: list[Block] = []
    for is_list, group in groupby(blocks, key=lambda block: block.kind is Kind.ITEM):
        if is_list:
            joined.append(Block(Kind.ITEM, " ".join(as_sentence(item.text) for item in group)))
        else:
            joined.extend(group)
    return joined


def _sign_up(lines: Sequence[str]) -> str:
    """The offer of news: its heading, and what follows down to the call to sign up."""
    end = next((i for i, line in enumerate(lines) if i and CALL_TO_SIGN_UP.match(line)), 1)
    return " ".join(as_sentence(line) for line in lines[: end + 1])


def _related(blocks: Iterable[Block]) -> tuple[Related, ...]:
    blocks = [block for block in blocks if not part_named(block.text)]
    bulleted = any(block.kind is Kind.BULLET for block in blocks)
    reads = [Related()]
    for block in blocks:
        lengths = minutes(block.text)
        title = READ_NOW.sub("", MINUTES.sub("", block.text)).strip(" ,|·")
        read = reads[-1]
        held = {"video": read.video_minutes, "read": read.read_minutes}
        full = any(
            number and (title not in ("", read.title) or what in lengths) for what, number in held.items()
        )
        if block.kind is Kind.BULLET or (not bulleted and full):
            read = Related()
            reads.append(read)
        reads[-1] = Related(
            title=read.title or title,
            video_minutes=read.video_minutes or lengths.get("video", 0),
            read_minutes=read.read_minutes or lengths.get("read", 0),
            link=read.link or block.link,
        )
    return tuple(read for read in reads if read != Related())
