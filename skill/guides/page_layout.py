"""What a saved page is made of, and the words by which its parts are known."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

LONGEST_HEADING = 100
"""Characters; a longer line is never taken for a heading."""

# With nothing asked of what follows, as some pages run their words together: "2 min video5 min read".
MINUTES = re.compile(r"(\d+)[\s-]*min(?:ute)?s?[\s-]*(read|video)", re.IGNORECASE)
TOPIC = re.compile(r"[-–—]\s+")
PICTURE = re.compile(
    r"(an? )?(\w+ )?(illustration|image|photo|photograph|picture|drawing|painting|cartoon) of ", re.IGNORECASE
)
STOPS = tuple(".!?…:;")


class Kind(Enum):
    """What a block is, as far as its place on the page tells."""

    TITLE = "title"
    TOPIC = "topic"
    IMAGE_ALT = "image alt text"
    HEADING = "heading of a section"
    BULLET = "bullet that may begin a section"
    SUBHEADING = "heading inside a section"
    PARAGRAPH = "paragraph"
    ITEM = "item of a list inside a section"
    LINE = "line above or below the sections"


class Part(Enum):
    """What stands around the guide on a page; the value is its name, as an editor is told it."""

    MENU = "menus and page furniture"
    COOKIES = "notice of cookies"
    SHARING = "share buttons"
    FEEDBACK = "call for feedback"
    SIGN_UP = "offer of news (for the card at the end, as sign_up)"
    RELATED = "related reads (in the front matter, as related)"
    DONATION = "call for donations"
    COMMENTS = "comments"
    BYLINE = "author, date and labels"
    PICTURE = "pictures and their captions"
    FORM = "buttons and forms"
    LINK = "lines that only lead elsewhere"
    NOTE = "notes and sources"
    HIDDEN = "words for screen readers"
    ASIDE = "beside the article"
    OUTSIDE = "outside the article"
    EMPTY = "headings with nothing below them"


NAMES = {
    Part.FEEDBACK: r"how did we do|(was|is) this( \w+)? (helpful|useful)|did (this|we)\b.* help|rate this"
    r"|(give|leave|send)( us)?( your)? feedback$",
    Part.RELATED: r"(read |see |learn |find out )?more (on|about) th(is|e) (topic|subject)|read next$"
    r"|you (may|might) also |more like this|(further|more) reading$|see also$|keep reading$"
    r"|(related|more|similar|recommended)( (articles|content|guides|pages|posts|reading|reads|advice))$"
    r"|related$|recommended for you",
    Part.SIGN_UP: r"(stay|keep) up to date|stay (in touch|informed)|sign up (to|for)|subscribe to|join our"
    r"|(get )?our (\w+ )?newsletter|newsletter",
    Part.SHARING: r"share( (this|on|via|with)\b.*)?$|tweet$|(print|email)( this)?( page| article)?$"
    r"|(facebook|twitter|whatsapp|pinterest|linkedin|x)$|copy link$",
    Part.COOKIES: r"(we use|accept|reject|about|manage|this site uses)( all| our)* cookies\b"
    r"|cookies? (on this|settings|policy|notice|preferences)\b",
    Part.DONATION: r"donate( now| today)?$|(support|help) (us|our work)( now| today)?$|make a donation",
    Part.COMMENTS: r"(\d+ |no )?comments?$|leave a (comment|reply)",
    Part.BYLINE: r"(first |last |page )?(published|reviewed|updated|posted|modified)\b( on\b|:| \d)"
    r"|(written |words |posted )?by (?-i:[A-Z])\w+ (?-i:[A-Z])|next review due|date: \d",
    Part.MENU: r"skip to |(main )?menu$|search$|home$|log ?in$|sign in$|back to (the )?top|you are here"
    r"|home\s*[>›»/]|(in this|on this) (article|page|guide)|(table of )?contents$|privacy policy"
    r"|copyright|©|all rights reserved|(registered )?charity (no|number|registered)|close$|toggle |print$",
}
PATTERNS = {part: re.compile(pattern, re.IGNORECASE) for part, pattern in NAMES.items()}


@dataclass(frozen=True)
class Block:
    """A piece of a page, its white space evened out."""

    kind: Kind
    text: str
    link: str = ""
    """Where it leads, in the related reads."""
    part: Part | None = None
    """Of the page around the guide; None in the guide itself."""
    begins_list: bool = False
    """Whether it is an item of another list than the item before it."""


def part_named(text: str) -> Part | None:
    """The part of the page that a line of this text begins, or None."""
    if not is_heading_like(text.rstrip("?!:")):
        return None
    return next((part for part, pattern in PATTERNS.items() if pattern.match(text)), None)


def minutes(text: str) -> dict[str, int]:
    """How long the text says that things take: minutes by "read" and "video"."""
    return {what.lower(): int(number) for number, what in MINUTES.findall(text)}


def is_heading_like(text: str) -> bool:
    """Whether the text is short and has no final stop, as a heading that stands alone."""
    return len(text) <= LONGEST_HEADING and not text.rstrip("'\"”’)").endswith((*STOPS, ","))


def is_question(text: str) -> bool:
    """Whether the text is one short question, as many headings are."""
    return text.endswith("?") and is_heading_like(text.rstrip("?")) and not re.search(r"[.!?] ", text)


def as_sentence(text: str) -> str:
    """The text with a full stop where it has no stop, so that more can follow it."""
    return text if text.endswith(STOPS) else f"{text.rstrip(',')}."


def with_headings(blocks: Sequence[Block]) -> list[Block]:
    """The blocks; where no heading is marked as one, the lines that look like one are the headings."""
    if any(block.kind in (Kind.HEADING, Kind.BULLET) for block in blocks):
        return list(blocks)
    found: list[Block] = []
    for block, after in zip(blocks, [*blocks[1:], None], strict=False):
        heading = block.kind is Kind.PARAGRAPH and (is_heading_like(block.text) or is_question(block.text))
        if heading and after and after.kind in (Kind.PARAGRAPH, Kind.ITEM):
            # Of two in a row the second is below the first.
            below = bool(found) and found[-1].kind is Kind.HEADING
            block = replace(block, kind=Kind.SUBHEADING if below else Kind.HEADING)
        found.append(block)
    return found
