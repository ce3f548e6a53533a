"""A guide's sentences → its episode: one recording with chapters, and the files that belong to it."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from skill.library import Chapter, Episode, Sentence
from skill.limits import EPISODE_KBPS, EPISODE_LOUDNESS, EPISODE_PEAK
from skill.show import Pauses
from skill.studio.clips import Take, assembled
from skill.studio.cover import cover
from skill.studio.episode_tags import tagged
from skill.studio.mastering import Level
from skill.studio.mp3 import mastered_mp3
from skill.studio.plan import GuidePlan, SpokenSentence
from skill.studio.transcript import chapters_json, webvtt
from skill.studio.voice import SAMPLE_RATE

if TYPE_CHECKING:
    from skill.studio.mastering import Sound
    from skill.studio.sentence_cache import Pcm

EPISODE_LEVEL = Level(EPISODE_LOUDNESS, EPISODE_PEAK)
BEFORE_CHAPTER = 0.8
"""Seconds of silence before each chapter but the first, beside those around its passages."""


@dataclass(frozen=True)
class MadeEpisode:
    """An episode with the bytes of its files."""

    episode: Episode
    files: Mapping[str, bytes]
    """By path below audio/."""


@dataclass(frozen=True)
class _Outline:
    title: str
    passages: tuple[tuple[SpokenSentence, ...], ...]


def make_episode(plan: GuidePlan, sound: Callable[[SpokenSentence], "Pcm"], pauses: Pauses) -> MadeEpisode:
    """The guide's episode; `sound` speaks one sentence."""
    whole, chapters = _assembled(list(_outlines(plan)), sound, pauses)
    mp3, seconds = mastered_mp3(whole, SAMPLE_RATE, EPISODE_KBPS, EPISODE_LEVEL)
    frame, guide = plan.episode.frame, plan.guide
    picture = cover(guide.title, frame.album, guide.colour)
    mp3 = tagged(mp3, guide.title, guide.published, frame, chapters, seconds, picture)
    stem = f"{guide.slug}/episode-{plan.episode.key}"
    files = (mp3, chapters_json(chapters), webvtt(chapters), picture)
    episode = Episode(
        file=f"{stem}.mp3",
        seconds=round(seconds, 3),
        size=len(mp3),
        chapters=chapters,
        chapters_file=f"{stem}.json",
        transcript_file=f"{stem}.vtt",
        cover_file=f"{stem}.jpg",
        sha256s=tuple(hashlib.sha256(data).hexdigest() for data in files),
    )
    return MadeEpisode(episode, dict(zip(episode.files, files, strict=True)))


def _outlines(plan: GuidePlan) -> Iterator[_Outline]:
    """The title, the sections, and the tip with the close."""
    said = iter(plan.passages)
    yield _Outline(plan.guide.title, (plan.episode.opening,))
    for section in plan.guide.sections:
        passages = [next(said).sentences for _ in (*section.lead, *section.more)]
        yield _Outline(section.heading, tuple(filter(None, passages)))
    last = (next(said).sentences, plan.episode.close)
    yield _Outline(plan.episode.frame.tip, tuple(filter(None, last)))


def _assembled(
    outlines: Sequence[_Outline], sound: Callable[[SpokenSentence], "Pcm"], pauses: Pauses
) -> tuple["Sound", tuple[Chapter, ...]]:
    silence = np.zeros(round(BEFORE_CHAPTER * SAMPLE_RATE))
    pieces: list[Sound] = []
    chapters = []
    frames = 0
    for outline in outlines:
        if pieces:
            pieces.append(silence)
            frames += len(silence)
        start, paragraphs = frames / SAMPLE_RATE, []
        for passage in outline.passages:
            piece, timed = assembled([Take(sentence, sound(sentence)) for sentence in passage], pauses)
            paragraphs.append(tuple(_later(sentence, frames / SAMPLE_RATE) for sentence in timed))
            pieces.append(piece)
            frames += len(piece)
        chapters.append(Chapter(outline.title, round(start, 3), tuple(paragraphs)))
    return np.concatenate(pieces), tuple(chapters)


def _later(sentence: Sentence, seconds: float) -> Sentence:
    return replace(sentence, start=round(sentence.start + seconds, 3), end=round(sentence.end + seconds, 3))
