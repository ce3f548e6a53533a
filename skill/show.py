"""What is true of the whole show: `content/show.toml`."""

from dataclasses import dataclass
from pathlib import Path

from skill.content_file import read_toml


@dataclass(frozen=True)
class Pauses:
    """Silence put between what is spoken, in seconds."""

    before: float
    after_heading: float
    after_sentence: float
    after: float


@dataclass(frozen=True)
class VoiceChoice:
    """Which voice reads the guides."""

    name: str


@dataclass(frozen=True)
class Hush:
    """How long a listener who asked for it is spoken to softly."""

    until: str = "07:00"
    """The next morning, local time of day, HH:MM."""
    zone: str = "Europe/London"
    """Time zone, as the IANA names it, where hers is not known."""
    most_hours: int = 12


@dataclass(frozen=True)
class Podcast:
    """What podcast directories need to know beside the rest."""

    category: str = "Kids & Family"
    """One of Apple's."""
    subcategory: str = "Parenting"
    """One of Apple's below it; empty for none."""
    email: str = ""
    """Of the owner, where directories may write to; empty: none is told."""


@dataclass(frozen=True)
class Show:
    """What listeners, podcast apps and the studio need to know of the whole."""

    name: str
    publisher: str
    description: str
    language: str
    base_url: str
    """Where pages and recordings are found by the public; https, no trailing slash."""
    voice: VoiceChoice
    pauses: Pauses
    hush: Hush = Hush()
    podcast: Podcast = Podcast()
    colour: str = "#2b3a67"
    """Of the show's cover, as #rrggbb."""


def read_show(path: Path) -> Show:
    """The show in the file. Raises ContentError when it is malformed."""
    return read_toml(path, Show, "a show file", "compare it with docs/guides.md")
