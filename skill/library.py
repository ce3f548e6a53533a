"""The library: every guide with its recordings, as `audio/library.json` holds them.

This is all that the running skill knows of the guides. Editors' code fills it (skill/guides, skill/studio).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import msgspec

from skill.errors import NightfeedError

SENTENCE_ENDS = (".", "!", "?", '"', "”", "…")


@dataclass(frozen=True)
class Sentence:
    """One sentence of a clip, as written and as timed."""

    text: str
    """As the editor wrote it."""
    start: float
    """Seconds from the start of the clip."""
    end: float
    """Seconds from the start of the clip."""


@dataclass(frozen=True)
class Clip:
    """One recording that Alexa can play inside an answer."""

    file: str
    """Path below audio/, with forward slashes and no spaces."""
    seconds: float
    sha256: str
    """Of the file's bytes, in hex."""
    sentences: tuple[Sentence, ...]
    quiet_file: str = ""
    """Path of the same recording at a low volume; empty where there is none."""
    quiet_sha256: str = ""

    def file_for(self, softly: bool) -> str:
        """The file to play: the quiet one to a listener who wants it soft, where there is one."""
        return (softly and self.quiet_file) or self.file

    @property
    def text(self) -> str:
        """Its words, for speaking without the recording; a heading gets the stop that it lacks."""
        texts = (sentence.text for sentence in self.sentences)
        return " ".join(text if text[-1:] in SENTENCE_ENDS else f"{text}." for text in texts)


@dataclass(frozen=True)
class Passage:
    """A text short enough to be one clip (or two, where it runs over the limit)."""

    text: str
    heading: str = ""
    """Said before the text, with a pause after it."""
    clips: tuple[Clip, ...] = ()
    """Empty before the guide is recorded."""


@dataclass(frozen=True)
class Section:
    """A part of a guide that a listener can ask for by name or number."""

    heading: str
    aliases: tuple[str, ...]
    """Other names that a listener may call it by."""
    lead: tuple[Passage, ...]
    """Read when the guide is read through."""
    more: tuple[Passage, ...]
    """Read for "tell me more"."""


@dataclass(frozen=True)
class Chapter:
    """A stretch of an episode that podcast apps and pages can jump to."""

    title: str
    start: float
    """Seconds from the start of the episode."""
    paragraphs: tuple[tuple[Sentence, ...], ...]
    """What is said in it, passage by passage; times are from the start of the episode."""


@dataclass(frozen=True)
class Episode:
    """The whole guide as one recording, with what belongs to it; files are named as a clip's are."""

    file: str
    seconds: float
    size: int
    """Bytes of the file."""
    chapters: tuple[Chapter, ...]
    chapters_file: str
    """The chapters as JSON, as Podcasting 2.0 has them."""
    transcript_file: str
    """WebVTT, a cue a sentence."""
    words_file: str
    """The same with the times of words, as far as the voice tells them."""
    cover_file: str
    """Square JPEG."""
    sha256s: tuple[str, ...]
    """Of each of its files, in hex, in the order of `files`."""

    @property
    def files(self) -> tuple[str, str, str, str, str]:
        """All of its files: the recording comes first."""
        return self.file, self.chapters_file, self.transcript_file, self.words_file, self.cover_file


@dataclass(frozen=True)
class Related:
    """Another read that the guide points to."""

    title: str = ""
    """Empty where the source page gives none."""
    guide: str = ""
    """Slug of our own guide on it, if there is one."""
    video_minutes: int = 0
    read_minutes: int = 0
    link: str = ""


@dataclass(frozen=True)
class Guide:
    """One guide, from title to top tip."""

    slug: str
    title: str
    topic: str
    read_minutes: int
    """What the page says it takes to read."""
    published: str
    """ISO date; the newest is offered first."""
    sections: tuple[Section, ...]
    tip: Passage
    aliases: tuple[str, ...] = ()
    """Other names that a listener may call it by."""
    image_alt: str = ""
    colour: str = "#2b3a67"
    """Of the cover, as #rrggbb."""
    sign_up: str = ""
    """The page's offer of news, for the card at the end."""
    reviewed: bool = True
    """False for a sample that no expert has reviewed."""
    related: tuple[Related, ...] = ()
    episode: Episode | None = None
    """None before the guide is recorded."""

    @property
    def passages(self) -> Iterator[Passage]:
        """Every passage, in reading order, each section's deeper ones after its lead."""
        for section in self.sections:
            yield from section.lead
            yield from section.more
        yield self.tip

    @property
    def files(self) -> Iterator[str]:
        """Of its recordings, the quiet ones too, and of its episode."""
        for passage in self.passages:
            for clip in passage.clips:
                yield from filter(None, (clip.file, clip.quiet_file))
        if self.episode:
            yield from self.episode.files

    @property
    def listening_seconds(self) -> float:
        """How long the path through the guide takes: the leads and the tip."""
        path = [passage for section in self.sections for passage in section.lead]
        return sum(clip.seconds for passage in [*path, self.tip] for clip in passage.clips)


@dataclass(frozen=True)
class Recorded:
    """A guide with its recordings, and what they were made from."""

    guide: Guide
    voice: str
    """Name of the voice that reads it."""
    settings: str
    """Hash of the voice and of all recording settings."""
    inputs: str
    """Hash of every sentence as spoken, its pauses, and the settings (see skill/studio/plan.py)."""


@dataclass(frozen=True)
class Library:
    """All recorded guides, newest first."""

    recorded: tuple[Recorded, ...] = ()
    cover_file: str = ""
    """Square JPEG of the show, below audio/; empty before the first recording."""

    @cached_property
    def guides(self) -> tuple[Guide, ...]:
        """The guides alone."""
        return tuple(recorded.guide for recorded in self.recorded)

    @cached_property
    def guide_names(self) -> dict[str, tuple[str, ...]]:
        """Slug → title and aliases."""
        return {guide.slug: (guide.title, *guide.aliases) for guide in self.guides}

    @cached_property
    def section_names(self) -> dict[str, tuple[str, ...]]:
        """slug.number, counted from 0, → heading and aliases."""
        return {
            f"{guide.slug}.{number}": (section.heading, *section.aliases)
            for guide in self.guides
            for number, section in enumerate(guide.sections)
        }

    def guide(self, slug: str) -> Guide | None:
        """The guide of that slug, or None."""
        return self._by_slug.get(slug)

    @cached_property
    def _by_slug(self) -> dict[str, Guide]:
        return {guide.slug: guide for guide in self.guides}


def read_library(path: Path) -> Library:
    """The library in the file; an empty one has no place here: a missing file is an error.

    Raises NightfeedError when the file is missing, or not a library.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=Library)
    except FileNotFoundError:
        raise NightfeedError(f"{path}: there is no library; make it with: nightfeed record") from None
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        reason = str(error).replace("\n", " ")
        raise NightfeedError(
            f"{path}: not a library ({reason}); make it anew with: nightfeed record"
        ) from None


def library_json(library: Library) -> bytes:
    """The library as it is kept on disk: stable, indented JSON."""
    return msgspec.json.format(msgspec.json.encode(library), indent=1) + b"\n"
