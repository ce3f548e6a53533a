"""One request being answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from skill.bookmark import Bookmark
from skill.dialogue.memory import Memory
from skill.dialogue.reading import Portion, is_tip, portion_at, reached
from skill.dialogue.reply import Ask, Card, Pending, Play, Reply
from skill.dialogue.services import Services
from skill.finding.index import Index
from skill.finding.synonyms import Synonyms
from skill.library import Guide, Library
from skill.prompts import Say
from skill.show import Show


@dataclass(frozen=True)
class Slot:
    """What a listener said in a slot."""

    spoken: str
    ids: tuple[str, ...] = ()
    """Of the slot values that Alexa took it for, the likeliest first."""


@dataclass(frozen=True)
class Session:
    """What is remembered between the turns of one conversation."""

    ask: Ask | None = None
    """The open question."""
    place: Bookmark | None = None
    """Where the last reading began."""
    reading_since: float = 0.0
    """POSIX seconds when that reading was handed over; 0 once something else was said."""
    soft: bool | None = None
    """Whether she asked, in this conversation, to be spoken to softly; None: she said nothing of it."""
    reminder: Pending | None = None
    """The reminder that is talked about."""


@dataclass(frozen=True)
class Device:
    """What the listener speaks to."""

    plays_streams: bool = False
    """Whether it has an AudioPlayer."""
    has_screen: bool = False
    """Whether it shows APL."""


@dataclass(frozen=True)
class Playing:
    """What the AudioPlayer plays, or played last."""

    token: str
    offset: float
    """Seconds."""
    still_heard: str = ""
    """Token of the stream that plays on meanwhile, where this one failed before its time."""


@dataclass(frozen=True)
class Connection:
    """The answer to a request that was handed to Alexa (Connections.Response)."""

    name: str
    """Of the request: AskFor."""
    code: str
    """HTTP-like status of the request itself: "200"."""
    status: str
    """ACCEPTED, DENIED or NOT_ANSWERED; empty where there is none."""
    token: str = ""
    """As it was handed over with the request."""


@dataclass(frozen=True)
class Turn:
    """All that a topic's function may look at. It has no side but `memory`."""

    library: Library
    show: Show
    memory: Memory
    now: datetime
    session: Session = field(default_factory=Session)
    slots: Mapping[str, Slot] = field(default_factory=dict)
    device: Device = field(default_factory=Device)
    locale: str = "en-GB"
    new_session: bool = False
    """Whether the session begins with this request: said to Alexa, maybe while a stream plays."""
    playing: Playing | None = None
    connection: Connection | None = None
    index: Callable[[], Index] = lambda: Index((), Synonyms())
    """Finds the library's passages by their words."""
    granted: frozenset[str] | None = None
    """The permissions that she gives, as a skill event tells; None where nothing tells it."""
    services: Services | None = None
    """None where Alexa gave no address or token for them."""

    @property
    def place(self) -> Bookmark | None:
        """Where the listener is, in this conversation or since the last, in a guide that there still is."""
        place = self.session.place or self.memory.listener.bookmark
        return place if place and self.library.guide(place.guide) else None

    @property
    def current(self) -> tuple[Guide, Bookmark] | None:
        """Her guide and her place in it."""
        place = self.place
        guide = self.library.guide(place.guide) if place else None
        return (guide, place) if guide and place else None

    @property
    def portion(self) -> Portion | None:
        """What was read last, or would be read next where nothing has been read in this conversation."""
        return portion_at(*self.current) if self.current else None

    @property
    def stopped_at(self) -> Bookmark | None:
        """Where she would carry on if she left now: in the clip that was being heard. None at the tip."""
        if self.session.reading_since and self.current and self.portion:
            if is_tip(self.current[0], self.portion.start.section):
                return None
            return reached(self.portion, self.now.timestamp() - self.session.reading_since)
        return self.memory.listener.bookmark

    @property
    def soft(self) -> bool:
        """Whether she wants to be spoken to softly."""
        if self.session.soft is not None:
            return self.session.soft
        until = self.memory.listener.hush_until
        return until is not None and self.now < until

    def reply(self, *speech: Say | Play, ask: Ask | None = None, card: Card | None = None) -> Reply:
        """A reply that leaves the listener where she is."""
        return Reply(speech, ask, self.session.place, card)
