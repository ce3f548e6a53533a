"""Guides → audio/: speaks what has changed, writes the clips and the catalogue, and clears away old clips."""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from skill.errors import NightfeedError
from skill.files import alone, write_whole
from skill.library import Clip, Episode, Library, Passage, Recorded, library_json, read_library
from skill.show import Pauses, Show
from skill.studio.plan import (
    EPISODE_VERSION,
    GuidePlan,
    PassagePlan,
    SpokenSentence,
    digest,
    is_stale,
    with_recordings,
)
from skill.studio.sentence_cache import SentenceCache
from skill.studio.voice import Voice

if TYPE_CHECKING:
    from skill.studio.clips import Take

LIBRARY_FILE = "library.json"
LOCK_FILE = ".recording.lock"
OUR_NAME = re.compile(
    r"(part-\d+-(lead|more)-\d+|top-tip)-[0-9a-f]{16}(-\d+)?(-quiet)?\.mp3"
    r"|episode-[0-9a-f]{16}\.(mp3|json|vtt|words\.vtt|jpg)|cover-[0-9a-f]{16}\.jpg"
)
"""What recording makes: clips as plan.py names passages, episodes and the show's cover, each with its key."""


@dataclass(frozen=True)
class Work:
    """What recording a guide will take."""

    plan: GuidePlan
    kept: dict[str, tuple[Clip, ...]]
    """Passage name → clips that still hold; one without its quiet file lacks only that."""
    episode: Episode | None
    """The one that still holds."""

    @property
    def to_record(self) -> tuple[PassagePlan, ...]:
        """The passages that lack clips, or quiet files; one of emoji alone needs none."""
        return tuple(
            passage for passage in self.plan.passages if passage.sentences and not self._has_all(passage)
        )

    @property
    def to_speak(self) -> list[SpokenSentence]:
        """What is to be spoken, or fetched from the cache, one after the other."""
        return [
            *(sentence for passage in self.to_record for sentence in passage.sentences),
            *([] if self.episode else self.plan.episode_sentences),
        ]

    def _has_all(self, passage: PassagePlan) -> bool:
        clips = self.kept.get(passage.name, ())
        return bool(clips) and all(clip.quiet_file for clip in clips)


def existing_library(audio: Path) -> Library:
    """The library as it was last recorded; an empty one before the first time, or where it is damaged."""
    try:
        return read_library(audio / LIBRARY_FILE)
    except NightfeedError:
        return Library()


def work_for(plan: GuidePlan, library: Library, audio: Path) -> Work | None:
    """What is to be done for the guide, or None where its recordings are all up to date and whole."""
    recorded = next((entry for entry in library.recorded if entry.guide.slug == plan.guide.slug), None)
    kept = kept_clips(plan, recorded, audio) if recorded else {}
    work = Work(plan, kept, kept_episode(plan, recorded, audio) if recorded else None)
    return work if work.to_record or not work.episode or is_stale(plan, recorded) else None


def record(
    work: Work, audio: Path, voice: Callable[[], Voice], cache: SentenceCache, pauses: Pauses,
    on_sentence: Callable[[], None],
) -> None:  # fmt: skip
    """Make the guide's missing clips and its episode, then put it into the catalogue.

    `voice` is called when there is a clip to make; `on_sentence` after each sentence. Interrupted at any
    point, the old catalogue and its clips are still whole, and what was spoken so far is kept in the cache.
    Another run at the same time is waited for. Raises VoiceError, or NightfeedError where the disk does not
    take the files.
    """
    with alone(audio / LOCK_FILE):
        # Looked at again: another run may have recorded the guide, or cleared clips away, meanwhile.
        left = work_for(work.plan, existing_library(audio), audio)
        if not left:
            return

        def take(sentence: SpokenSentence) -> "Take":
            # Imported late: NumPy and its kin are not needed to see that nothing has changed.
            from skill.studio.clips import Take

            sound = cache.sound(sentence.spoken, voice())
            on_sentence()
            return Take(sentence, sound.pcm, sound.words)

        clips, episode = _recordings(left, audio, take, pauses)
        recorded = [
            replace(passage.passage, clips=clips.get(passage.name, ())) for passage in left.plan.passages
        ]
        _put_into_catalogue(left.plan, recorded, episode, audio)


def draw_show_cover(show: Show, audio: Path) -> None:
    """Draw the show's cover, where it has changed, and name it in the catalogue. Raises NightfeedError."""
    file = f"cover-{digest([EPISODE_VERSION, show.name, show.publisher, show.colour])}.jpg"
    if existing_library(audio).cover_file == file and (audio / file).is_file():
        return
    from skill.studio.cover import cover

    with alone(audio / LOCK_FILE):
        write_whole(audio / file, cover(show.name, show.publisher, show.colour))
        write_whole(audio / LIBRARY_FILE, library_json(replace(existing_library(audio), cover_file=file)))


def clear_away(audio: Path, slugs: Sequence[str]) -> None:
    """Forget guides that are not among the slugs, and delete all recordings that the catalogue does not name.

    Nothing but what recording made is deleted, and the folders that it leaves empty. Raises NightfeedError.
    """
    with alone(audio / LOCK_FILE):
        library = existing_library(audio)
        kept = tuple(entry for entry in library.recorded if entry.guide.slug in slugs)
        if kept != library.recorded:
            write_whole(audio / LIBRARY_FILE, library_json(replace(library, recorded=kept)))
        named = {library.cover_file, *(file for entry in kept for file in entry.guide.files)}
        for path in (*audio.glob("*.jpg"), *audio.glob("*/*")):
            if OUR_NAME.fullmatch(path.name) and path.relative_to(audio).as_posix() not in named:
                _delete(path)


def damaged_clips(passage: Passage, audio: Path) -> Iterator[Clip]:
    """The passage's clips of which a file is missing, or is not the one that was recorded."""
    for clip in passage.clips:
        files = ((clip.file, clip.sha256), (clip.quiet_file, clip.quiet_sha256))
        if not all(_is_whole(audio / file, sha256) for file, sha256 in files):
            yield clip


def is_damaged(episode: Episode, audio: Path) -> bool:
    """Whether a file of the episode is missing, or is not the one that was made."""
    hashed = zip(episode.files, episode.sha256s, strict=True)
    return not all(_is_whole(audio / file, sha256) for file, sha256 in hashed)


def _delete(path: Path) -> None:
    """Delete the file, and its folder where that was the last file in it."""
    try:
        path.unlink()
        if not any(path.parent.iterdir()):
            path.parent.rmdir()
    except OSError as error:
        raise NightfeedError(f"{path}: cannot be deleted ({error.strerror}); check rights") from None


def kept_clips(plan: GuidePlan, recorded: Recorded, audio: Path) -> dict[str, tuple[Clip, ...]]:
    """Passage name → the clips that can stay; their names hold the hash of what they say."""
    whole = [
        tuple(_without_damaged_quiet(clip, audio) for clip in passage.clips)
        for passage in recorded.guide.passages
        if passage.clips and all(_is_whole(audio / clip.file, clip.sha256) for clip in passage.clips)
    ]
    by_stem = {_stem(clips[0].file): clips for clips in whole}
    return {
        passage.name: by_stem[stem]
        for passage in plan.passages
        if (stem := f"{plan.guide.slug}/{passage.name}-{passage.key}") in by_stem
    }


def kept_episode(plan: GuidePlan, recorded: Recorded, audio: Path) -> Episode | None:
    """The episode that can stay; its name holds the hash of what it says."""
    episode = recorded.guide.episode
    named = episode and Path(episode.file).stem == f"episode-{plan.episode.key}"
    return episode if episode and named and not is_damaged(episode, audio) else None


def _without_damaged_quiet(clip: Clip, audio: Path) -> Clip:
    whole = _is_whole(audio / clip.quiet_file, clip.quiet_sha256)
    return clip if whole else replace(clip, quiet_file="", quiet_sha256="")


def _is_whole(path: Path, sha256: str) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256


def _stem(file: str) -> str:
    """A clip's path without its ending, and without the number of a passage's first clip of several."""
    return file.removesuffix(".mp3").removesuffix("-1")


def _recordings(
    work: Work, audio: Path, take: Callable[[SpokenSentence], "Take"], pauses: Pauses
) -> tuple[dict[str, tuple[Clip, ...]], Episode]:
    """All clips by passage, and the episode."""
    clips = dict(work.kept)
    # One passage is mastered and encoded while the next is spoken.
    mastering = ThreadPoolExecutor(1, "mastering")
    try:
        begun: dict[str, Future[tuple[Clip, ...]]] = {}
        for passage in work.to_record:
            takes = [take(sentence) for sentence in passage.sentences]
            begun[passage.name] = mastering.submit(_record_passage, passage, work, audio, takes, pauses)
            # What has gone wrong is told at once, and not when all is spoken.
            clips |= {name: done.result() for name, done in begun.items() if done.done()}
        episode = work.episode or _record_episode(work.plan, audio, take, pauses)
        return clips | {name: done.result() for name, done in begun.items()}, episode
    finally:
        mastering.shutdown(cancel_futures=True)


def _record_passage(
    passage: PassagePlan, work: Work, audio: Path, takes: Sequence["Take"], pauses: Pauses
) -> tuple[Clip, ...]:
    """What the passage lacks: its clips with their quiet files, or these alone."""
    from skill.studio.clips import make_clips
    from skill.studio.quiet import quiet_clips

    clips = work.kept.get(passage.name, ())
    if not clips:
        made = make_clips(takes, pauses, f"{work.plan.guide.slug}/{passage.name}-{passage.key}")
        for new in made:
            write_whole(audio / new.clip.file, new.mp3)
        clips = tuple(new.clip for new in made)
    quiet = tuple(quiet_clips(clips, takes, pauses))
    for clip, mp3 in quiet:
        write_whole(audio / clip.quiet_file, mp3)
    return tuple(clip for clip, _ in quiet)


def _record_episode(
    plan: GuidePlan, audio: Path, take: Callable[[SpokenSentence], "Take"], pauses: Pauses
) -> Episode:
    from skill.studio.episode import make_episode

    made = make_episode(plan, take, pauses)
    for file, data in made.files.items():
        write_whole(audio / file, data)
    return made.episode


def _put_into_catalogue(plan: GuidePlan, passages: Sequence[Passage], episode: Episode, audio: Path) -> None:
    library = existing_library(audio)
    entry = Recorded(with_recordings(plan.guide, passages, episode), plan.voice, plan.settings, plan.inputs)
    others = [old for old in library.recorded if old.guide.slug != plan.guide.slug]
    newest_first = sorted(
        [*others, entry], key=lambda kept: (kept.guide.published, kept.guide.slug), reverse=True
    )
    write_whole(audio / LIBRARY_FILE, library_json(replace(library, recorded=tuple(newest_first))))
