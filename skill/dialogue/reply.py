"""What a turn answers with, before anything of Alexa's: what is said, what is played, what is asked."""

from dataclasses import dataclass
from enum import StrEnum

from skill.bookmark import Bookmark
from skill.library import Clip
from skill.prompts import Say, Value


class Question(StrEnum):
    """What a bare "yes" or "no" would answer. The words of each stand below [ask] in the prompts."""

    START = "start"
    CARRY_ON = "carry_on"
    NEXT = "next"
    NEXT_OR_MORE = "next_or_more"
    TIP = "tip"
    TIP_OR_MORE = "tip_or_more"
    HELPED = "helped"
    HELPED_LAST_TIME = "helped_last_time"
    ANOTHER_GUIDE = "another_guide"
    WHICH_GUIDE = "which_guide"
    WHICH_PART = "which_part"
    ANYTHING_ELSE = "anything_else"
    THAT_PART = "that_part"
    THAT_GUIDE = "that_guide"
    WHICH_OF_TWO = "which_of_two"
    FORGET = "forget"
    OFFER_REMINDER = "offer_reminder"
    WHICH_DAY = "which_day"
    WHICH_TIME = "which_time"
    SET_REMINDER = "set_reminder"
    CHANGE_REMINDER = "change_reminder"


@dataclass(frozen=True)
class Ask:
    """A question with what it is about."""

    question: Question
    guide: str = ""
    """Slug."""
    section: int = 0
    """Counted from 0; the one after the last section is the top tip."""
    other: str = ""
    """Slug of the second guide, where either may be meant."""


@dataclass(frozen=True)
class Pending:
    """A weekly reminder that is talked about, and not set yet."""

    day: str = ""
    """As RFC 5545 has it; empty: not said yet."""
    time: str = ""
    """Local time of day, HH:MM; empty: not said yet."""
    zone: str = ""
    """Time zone, as the IANA names it; empty: not known yet."""
    after: Ask | None = None
    """The question to go back to."""
    permission_asked: bool = False
    """Whether Alexa has asked her for the permission."""


@dataclass(frozen=True)
class Play:
    """Clips to be heard one after the other."""

    clips: tuple[Clip, ...]


@dataclass(frozen=True)
class Stream:
    """One recording for the device's AudioPlayer, which plays on after the session."""

    place: Bookmark
    """Where it starts; the offset counts."""
    after: str = ""
    """Token of the stream that it follows; empty: it takes the place of all."""
    until_section_ends: bool = False
    """The sleep wish: what comes after this section is not enqueued."""
    stumbled: bool = False
    """The stream before it failed: if this one fails too, nothing more is tried."""


@dataclass(frozen=True)
class StopStream:
    """Stop the device's AudioPlayer."""


@dataclass(frozen=True)
class AskPermission:
    """Ask by voice for a permission; the answer comes as a Connections.Response."""

    scope: str
    token: str = ""
    """Handed back with the answer."""


Directive = Stream | StopStream | AskPermission


@dataclass(frozen=True)
class Card:
    """What the Alexa app shows of a turn."""

    title: Value
    lines: tuple[Value, ...]


@dataclass(frozen=True)
class Touch:
    """A button on a screen: touching it is as good as saying it."""

    label: Value
    intent: str
    """Name of the intent that it stands for."""


@dataclass(frozen=True)
class Screen:
    """What a screen shows of a turn, beside the words that are spoken."""

    title: Value
    part: Value = ""
    progress: Value = ""
    picture: str = ""
    """Its address; empty where there is none."""
    picture_alt: Value = ""
    touches: tuple[Touch, ...] = ()


@dataclass(frozen=True)
class Reply:
    """One answer. The session stays open exactly when something is asked."""

    speech: tuple[Say | Play, ...] = ()
    ask: Ask | None = None
    place: Bookmark | None = None
    """Where in a guide the listener is now."""
    card: Card | None = None
    reads_on: bool = False
    """Whether it reads from that place, rather than leaving her there."""
    directives: tuple[Directive, ...] = ()
    """What the device is to do beside speaking."""
    consent: tuple[str, ...] = ()
    """Permissions that a card in the Alexa app is to ask for."""
    reminder: Pending | None = None
    """The reminder that is talked about; None: what was talked about before, where the question is of it."""
    soft: bool | None = None
    """Whether it is spoken and played softly; None: as she was spoken to before."""
    screen: Screen | None = None
    """Put in by `converse`, where her device has one."""
