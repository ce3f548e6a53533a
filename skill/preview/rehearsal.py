"""A guide as it stands → its episode, at once: what recordings hold is cut from them, the rest is spoken now.

It is no recording: nothing is written to audio/, and sentences are brought to their loudness one by one.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from skill.guides.markdown import read_guide
from skill.library import Episode, Library, Recorded, Sentence
from skill.limits import CLIP_LOUDNESS, EPISODE_KBPS, EPISODE_LOUDNESS
from skill.show import Show, read_show
from skill.studio.clips import Take
from skill.studio.episode import EPISODE_LEVEL, make_episode
from skill.studio.mastering import Master
from skill.studio.mp3 import decoded, encoded
from skill.studio.plan import GuidePlan, SpokenSentence, with_recordings
from skill.studio.planning import read_plans
from skill.studio.recording import existing_library, kept_clips, kept_episode
from skill.studio.sentence_cache import FULL_SCALE, SentenceCache, as_pcm
from skill.studio.voice import SAMPLE_RATE, Voice

if TYPE_CHECKING:
    from skill.studio.mastering import Sound
    from skill.studio.sentence_cache import Pcm

QUICK = 7
"""Of LAME's qualities: a third of the time that recordings are given."""
OnSentence = Callable[[int, int], None]
"""Told before each sentence that is spoken now: which it is, counted from 1, and of how many."""


@dataclass(frozen=True)
class Performance:
    """A guide as it was rehearsed."""

    show: Show
    library: Library
    """Of this guide alone."""
    files: Mapping[str, bytes]
    """Its recordings, by path below audio/."""
    spoken: int
    """How many sentences were new."""
    places: tuple[float, ...]
    """Seconds at which what changed begins."""


class Rehearsal:
    """Performs one guide again and again, and remembers every sentence that it has heard."""

    def __init__(
        self, content: Path, slug: str, audio: Path, voice: Callable[[str], Voice], cache: SentenceCache
    ) -> None:
        """`voice` gives the voice of the name that show.toml tells; it is called when there is need."""
        self._content, self._slug, self._audio = content, slug, audio
        self._voice, self._cache = voice, cache
        self._spoken_by = ""
        self._sounds: dict[str, Pcm] = {}
        self._before: Sequence[str] = ()

    def perform(self, on_sentence: OnSentence) -> Performance:
        """The guide as its file is now. Raises NightfeedError for a mistake in it, VoiceError."""
        show = read_show(self._content / "show.toml")
        guide = read_guide(self._content / "guides" / f"{self._slug}.md")
        (plan,) = read_plans(self._content, [guide])
        new = self._learn(plan, on_sentence)

        def take(sentence: SpokenSentence) -> Take:
            return Take(sentence, self._sounds[sentence.spoken])

        made = make_episode(plan, take, show.pauses, quick_mp3)
        performed = with_recordings(guide, guide.passages, made.episode)
        entry = Recorded(performed, plan.voice, plan.settings, plan.inputs)
        timed = _timed(made.episode)
        said = [sentence.spoken for sentence in plan.episode_sentences]
        places = [timed[number].start for number in changed(self._before or _unchanged(plan, new), said)]
        self._before = said
        return Performance(
            show, Library((entry,), made.episode.cover_file), made.files, len(new), tuple(places)
        )

    def _learn(self, plan: GuidePlan, on_sentence: OnSentence) -> set[str]:
        """Hear what is missing of the plan's sentences; those that no recording held."""
        if plan.voice != self._spoken_by:
            self._spoken_by = plan.voice
            self._sounds.clear()
        if self._missing(plan):
            held = dict(recorded_sounds(plan, existing_library(self._audio), self._audio))
            self._sounds = held | self._sounds
        missing = self._missing(plan)
        for number, sentence in enumerate(missing, start=1):
            on_sentence(number, len(missing))
            sound = self._cache.sound(sentence, self._voice(plan.voice))
            self._sounds[sentence] = _levelled(sound.pcm)
        return set(missing)

    def _missing(self, plan: GuidePlan) -> list[str]:
        """In order, and each once."""
        said = dict.fromkeys(sentence.spoken for sentence in plan.episode_sentences)
        return [sentence for sentence in said if sentence not in self._sounds]


def changed(before: Sequence[str], after: Sequence[str]) -> list[int]:
    """Which of the sentences after are new; where none is, the one that has come to another's place."""
    known = set(before)
    new = [number for number, sentence in enumerate(after) if sentence not in known]
    if new or before == after:
        return new
    pairs = enumerate(zip_longest(before, after))
    return [min(next(number for number, (old, now) in pairs if old != now), len(after) - 1)]


def recorded_sounds(plan: GuidePlan, library: Library, audio: Path) -> Iterator[tuple[str, "Pcm"]]:
    """What is said → its sound at an episode's loudness, of all that the recordings hold."""
    recorded = next((entry for entry in library.recorded if entry.guide.slug == plan.guide.slug), None)
    if not recorded:
        return
    if episode := kept_episode(plan, recorded, audio):
        sound, _ = decoded((audio / episode.file).read_bytes())
        yield from _cut(sound, _timed(episode), plan.episode_sentences)
        return
    kept = kept_clips(plan, recorded, audio)
    for passage in plan.passages:
        sentences = iter(passage.sentences)
        for clip in kept.get(passage.name, ()):
            sound, _ = decoded((audio / clip.file).read_bytes())
            quieter = sound * 10 ** ((EPISODE_LOUDNESS - CLIP_LOUDNESS) / 20)
            yield from _cut(quieter, clip.sentences, [next(sentences) for _ in clip.sentences])


def quick_mp3(sound: "Sound") -> tuple[bytes, float]:
    """The sound as an MP3, without a look at its loudness; and its seconds."""
    return encoded(sound, SAMPLE_RATE, EPISODE_KBPS, QUICK), len(sound) / SAMPLE_RATE


def _unchanged(plan: GuidePlan, new: Set[str]) -> list[str]:
    """What is no news at the start: what the recordings held, and what stands around every guide."""
    frame = {sentence.spoken for sentence in (*plan.episode.opening, *plan.episode.close)}
    said = [sentence.spoken for sentence in plan.episode_sentences]
    return [sentence for sentence in said if sentence not in new or sentence in frame]


def _timed(episode: Episode) -> list[Sentence]:
    return [each for chapter in episode.chapters for paragraph in chapter.paragraphs for each in paragraph]


def _cut(
    sound: "Sound", timed: Sequence[Sentence], said: Sequence[SpokenSentence]
) -> Iterator[tuple[str, "Pcm"]]:
    for each, sentence in zip(timed, said, strict=True):
        piece = sound[round(each.start * SAMPLE_RATE) : round(each.end * SAMPLE_RATE)]
        yield sentence.spoken, as_pcm(piece)


def _levelled(pcm: "Pcm") -> "Pcm":
    """A new sentence as loud as an episode is."""
    return as_pcm(Master(pcm / FULL_SCALE, SAMPLE_RATE).at(EPISODE_LEVEL))
