"""A guide's sentences → its episode: one recording with chapters, and the files that belong to it."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
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
from skill.studio.transcript import chapters_json, webvtt, word_times
from skill.studio.voice import SAMPLE_RATE

if TYPE_CHECKING:
    from skill.studio.mastering import Sound

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
    passages: tuple[tuple[Take, ...], ...]


def mastered(sound: "Sound") -> tuple[bytes, float]:
    """The sound as an episode's MP3, at its level, and the seconds of that."""
    return mastered_mp3(sound, SAMPLE_RATE, EPISODE_KBPS, EPISODE_LEVEL)


def make_episode(
    plan: GuidePlan,
    take: Callable[[SpokenSentence], Take],
    pauses: Pauses,
    encode: Callable[["Sound"], tuple[bytes, float]] = mastered,
) -> MadeEpisode:
    """The guide's episode; `take` speaks one sentence, `encode` makes the MP3 of all, with its seconds."""
    outlines = [
        _Outline(title, tuple(tuple(map(take, passage)) for passage in passages))
        for title, passages in _titled(plan)
    ]
    whole, chapters = _assembled(outlines, pauses)
    mp3, seconds = encode(whole)
    frame, guide = plan.episode.frame, plan.guide
    picture = cover(guide.title, frame.album, guide.colour)
    mp3 = tagged(mp3, guide.title, guide.published, frame, chapters, seconds, picture)
    stem = f"{guide.slug}/episode-{plan.episode.key}"
    takes = (each for outline in outlines for passage in outline.passages for each in passage)
    words = [word_times(each.sentence, each.words) for each in takes]
    files = (mp3, chapters_json(chapters), webvtt(chapters), webvtt(chapters, words), picture)
    episode = Episode(
        file=f"{stem}.mp3",
        seconds=round(seconds, 3),
        size=len(mp3),
        chapters=chapters,
        chapters_file=f"{stem}.json",
        transcript_file=f"{stem}.vtt",
        words_file=f"{stem}.words.vtt",
        cover_file=f"{stem}.jpg",
        sha256s=tuple(hashlib.sha256(data).hexdigest() for data in files),
    )
    return MadeEpisode(episode, dict(zip(episode.files, files, strict=True)))


def _titled(plan: GuidePlan) -> Iterator[tuple[str, list[tuple[SpokenSentence, ...]]]]:
    """The title, the sections, and the tip with the close; to each, what is said, passage by passage."""
    said = (passage.sentences for passage in plan.passages)
    yield plan.guide.title, [plan.episode.opening]
    for section in plan.guide.sections:
        yield section.heading, list(filter(None, islice(said, len(section.lead) + len(section.more))))
    yield plan.episode.frame.tip, list(filter(None, [next(said), plan.episode.close]))


def _assembled(outlines: Sequence[_Outline], pauses: Pauses) -> tuple["Sound", tuple[Chapter, ...]]:
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
            piece, timed = assembled(passage, pauses)
            paragraphs.append(tuple(_later(sentence, frames / SAMPLE_RATE) for sentence in timed))
            pieces.append(piece)
            frames += len(piece)
        chapters.append(Chapter(outline.title, round(start, 3), tuple(paragraphs)))
    return np.concatenate(pieces), tuple(chapters)


def _later(sentence: Sentence, seconds: float) -> Sentence:
    return replace(sentence, start=round(sentence.start + seconds, 3), end=round(sentence.end + seconds, 3))
