"""Recordings against what was to be said: the sentences that speech recognition hears otherwise."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from skill.library import Clip, Guide
from skill.studio.comparing import Sound, doubtful
from skill.studio.hearing import TranscriptCache
from skill.studio.lexicon import Lexicon
from skill.studio.plan import GuidePlan, SpokenSentence


@dataclass(frozen=True)
class SaidInClip:
    """A clip with what was to be said in it."""

    guide: str
    """Slug."""
    clip: Clip
    sentences: tuple[SpokenSentence, ...]


@dataclass(frozen=True)
class Doubt:
    """A sentence that was heard otherwise."""

    guide: str
    """Slug."""
    sentence: str
    """As the editor wrote it."""
    heard: str
    """Empty where nothing was."""


@dataclass(frozen=True)
class Verified:
    """What came of comparing clips with their texts."""

    clips: int
    new: int
    """Those of them that were not known before, and had to be heard."""
    doubts: tuple[Doubt, ...]


def said_in_clips(plan: GuidePlan, guide: Guide) -> Iterator[SaidInClip]:
    """Every clip of the guide, recorded by that plan, with what was to be said in it."""
    for planned, passage in zip(plan.passages, guide.passages, strict=True):
        following = iter(planned.sentences)
        for clip in passage.clips:
            yield SaidInClip(guide.slug, clip, tuple(islice(following, len(clip.sentences))))


def verify(
    clips: Sequence[SaidInClip],
    transcripts: TranscriptCache,
    lexicon: Lexicon,
    sound: Sound,
    begin: Callable[[str, int], Callable[[], None]],
) -> Verified:
    """Hear the clips that never were, and compare all with what was to be said.

    `begin` is called before hearing, with how many there are to hear; what it gives, after each.
    Interrupted, what was heard so far is kept. Raises NightfeedError.
    """
    new = [said.clip for said in clips if not transcripts.has(said.clip)]
    if new:
        advance = begin("listening", len(new))
        for clip in new:
            transcripts.hear(clip)
            advance()
    doubts = (doubt for said in clips for doubt in _doubts(said, transcripts.hear(said.clip), lexicon, sound))
    return Verified(len(clips), len(new), tuple(doubts))


def _doubts(said: SaidInClip, heard: str, lexicon: Lexicon, sound: Sound) -> Iterator[Doubt]:
    spoken = [sentence.spoken for sentence in said.sentences]
    for number, instead in doubtful(spoken, heard, lexicon, sound).items():
        yield Doubt(said.guide, said.sentences[number].written, instead)
