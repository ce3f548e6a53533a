"""What a saved page is made of, and the words by which its parts are known."""

import re
from dataclasses import dataclass
from enum import Enum

LONGEST_HEADING = 100
"""Characters; a longer line is never taken for a heading."""

# With nothing asked of what follows, as some pages run their words together: "2 min video5 min read".
MINUTES = re.compile(r"(\d+)[\s-]*min(?:ute)?s?[\s-]*(read|video)", re.IGNORECASE)
TOPIC = re.compile(r"[-–—]\s+")
PICTURE = re.compile(
    r"(an? )?(\w+ )?(illustration|image|photo|photograph|picture|drawing|painting|cartoon) of ", re.IGNORECASE
)


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
    LINE = "line that may begin another part of the page"


@dataclass(frozen=True)
class Block:
    """A piece of a page, its white space evened out."""

    kind: Kind
    text: str
    link: str = ""
    """Where it leads, in the related reads."""


class Part(Enum):
    """A part of the page around the guide itself; the value tells its heading."""

    FEEDBACK = re.compile(
        r"how did we do|(was|is) this( \w+)? (helpful|useful)|did (this|we)\b.* help|rate this",
        re.IGNORECASE,
    )
    RELATED = re.compile(
        r"(read |see |learn |find out )?more (on|about) th(is|e) (topic|subject)|read next$"
        r"|you (may|might) also |more like this|related( (articles|content|guides|pages|reading|reads))?$",
        re.IGNORECASE,
    )
    SIGN_UP = re.compile(
        r"(stay|keep) up to date|stay (in touch|informed)|sign up (to|for)|subscribe to|join our|newsletter",
        re.IGNORECASE,
    )


def part_named(text: str) -> Part | None:
    """The part of the page that a line of this text begins, or None."""
    if not is_heading_like(text.rstrip("?!")):
        return None
    return next((part for part in Part if part.value.match(text)), None)


def minutes(text: str) -> dict[str, int]:
    """How long the text says that things take: minutes by "read" and "video"."""
    return {what.lower(): int(number) for number, what in MINUTES.findall(text)}


def is_heading_like(text: str) -> bool:
    """Whether the text is short and has no final stop, as a heading that stands alone."""
    return len(text) <= LONGEST_HEADING and not text.rstrip("'\"”’)").endswith(tuple(".!?…:;,"))


def as_sentence(text: str) -> str:
    """The text with a full stop where it has no stop, so that more can follow it."""
    return text if text.endswith(tuple(".!?…:;")) else f"{text}."
