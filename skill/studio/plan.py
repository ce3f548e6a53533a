"""Guide → what will be spoken, sentence by sentence, with hashes that tell a stale recording. Pure."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, replace

from skill.library import Episode, Guide, Passage, Recorded, Section
from skill.sentences import sentences
from skill.show import Pauses
from skill.studio.episode_frame import EpisodeFrame
from skill.studio.lexicon import Lexicon
from skill.studio.speakable import speakable

RECORDING_VERSION = 2
"""Raised when assembling, mastering or encoding changes what is heard in clips."""
EPISODE_VERSION = 2
"""Raised when what is heard or told in episodes changes."""


@dataclass(frozen=True)
class SpokenSentence:
    """One sentence on its way to the voice."""

    written: str
    spoken: str
    pause: float
    """Seconds of silence after it."""


@dataclass(frozen=True)
class PassagePlan:
    """What one passage's clip will hold."""

    name: str
    """Readable and unique in the guide: part-1-lead-2."""
    key: str
    """Hash of all that shapes its sound."""
    passage: Passage
    sentences: tuple[SpokenSentence, ...]


@dataclass(frozen=True)
class EpisodePlan:
    """What a guide's episode will hold beside its passages."""

    frame: EpisodeFrame
    opening: tuple[SpokenSentence, ...]
    close: tuple[SpokenSentence, ...]
    key: str
    """Hash of all that shapes its sound, its chapters and its transcript."""


@dataclass(frozen=True)
class GuidePlan:
    """What a guide's recordings will hold."""

    guide: Guide
    voice: str
    settings: str
    passages: tuple[PassagePlan, ...]
    episode: EpisodePlan

    @property
    def episode_sentences(self) -> list[SpokenSentence]:
        """All that is said in the episode, in order."""
        passages = [sentence for passage in self.passages for sentence in passage.sentences]
        return [*self.episode.opening, *passages, *self.episode.close]

    @property
    def inputs(self) -> str:
        """Hash of all that shapes its recordings."""
        return digest([*(passage.key for passage in self.passages), self.episode.key])


def digest(value: object) -> str:
    """A short stable hash of plain data."""
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()[:16]


def settings_hash(voice_settings: str, pauses: Pauses) -> str:
    """Hash of the voice and of all recording settings."""
    return digest([RECORDING_VERSION, voice_settings, astuple(pauses)])


def plan_guide(
    guide: Guide, lexicon: Lexicon, pauses: Pauses, frame: EpisodeFrame, voice: str, voice_settings: str
) -> GuidePlan:
    """The plan for the guide, read by the voice of that name and settings."""
    settings = settings_hash(voice_settings, pauses)
    passages = tuple(
        _plan_passage(name, passage, lexicon, pauses, settings) for name, passage in _named_passages(guide)
    )
    episode = _plan_episode(guide, passages, lexicon, pauses, frame)
    return GuidePlan(guide, voice, settings, passages, episode)


def is_stale(plan: GuidePlan, recorded: Recorded | None) -> bool:
    """Whether the guide, or how it is to sound, has changed since it was recorded."""
    return (
        recorded is None
        or (recorded.settings, recorded.inputs) != (plan.settings, plan.inputs)
        or without_recordings(recorded.guide) != plan.guide
    )


def with_recordings(guide: Guide, recorded: Iterable[Passage], episode: Episode | None) -> Guide:
    """The guide with its passages replaced by these, in reading order, and with that episode."""
    following = iter(recorded)

    def section(part: Section) -> Section:
        lead = tuple(next(following) for _ in part.lead)
        return replace(part, lead=lead, more=tuple(next(following) for _ in part.more))

    return replace(guide, sections=tuple(map(section, guide.sections)), tip=next(following), episode=episode)


def without_recordings(guide: Guide) -> Guide:
    """The guide as it was before it was recorded."""
    return with_recordings(guide, (replace(passage, clips=()) for passage in guide.passages), None)


def _named_passages(guide: Guide) -> Iterator[tuple[str, Passage]]:
    for number, section in enumerate(guide.sections, start=1):
        for kind, passages in (("lead", section.lead), ("more", section.more)):
            for position, passage in enumerate(passages, start=1):
                yield f"part-{number}-{kind}-{position}", passage
    yield "top-tip", guide.tip


def _plan_passage(
    name: str, passage: Passage, lexicon: Lexicon, pauses: Pauses, settings: str
) -> PassagePlan:
    said = list(_said(passage.text, lexicon, pauses))
    if passage.heading:
        heading = SpokenSentence(passage.heading, speakable(passage.heading, lexicon), pauses.after_heading)
        said.insert(0, heading)
    spoken = tuple(sentence for sentence in said if sentence.spoken)
    key = digest([settings, [(sentence.spoken, sentence.pause) for sentence in spoken]])
    return PassagePlan(name, key, passage, spoken)


def _plan_episode(
    guide: Guide, passages: Iterable[PassagePlan], lexicon: Lexicon, pauses: Pauses, frame: EpisodeFrame
) -> EpisodePlan:
    opening, close = (tuple(_said(text, lexicon, pauses)) for text in (frame.opening, frame.close))
    told = [(passage.key, [sentence.written for sentence in passage.sentences]) for passage in passages]
    headings = [section.heading for section in guide.sections]
    shown = [guide.title, guide.topic, guide.colour, *headings, *astuple(frame)]
    spoken = [sentence.spoken for sentence in (*opening, *close)]
    return EpisodePlan(frame, opening, close, digest([EPISODE_VERSION, told, shown, spoken]))


def _said(text: str, lexicon: Lexicon, pauses: Pauses) -> Iterator[SpokenSentence]:
    for sentence in sentences(text):
        yield SpokenSentence(sentence, speakable(sentence, lexicon), pauses.after_sentence)
