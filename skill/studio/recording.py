"""Guides → audio/: speaks what has changed, writes the clips and the catalogue, and clears away old clips."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from skill.files import write_whole
from skill.library import Clip, Library, Passage, Recorded, library_json, read_library
from skill.show import Pauses
from skill.studio.plan import GuidePlan, PassagePlan, is_stale, with_clips
from skill.studio.sentence_cache import SentenceCache
from skill.studio.voice import Voice

LIBRARY_FILE = "library.json"


@dataclass(frozen=True)
class Work:
    """What recording a guide will take."""

    plan: GuidePlan
    kept: dict[str, tuple[Clip, ...]]
    """Passage name → clips that still hold."""

    @property
    def to_record(self) -> tuple[PassagePlan, ...]:
        """The passages whose clips must be made."""
        return tuple(passage for passage in self.plan.passages if passage.name not in self.kept)


def existing_library(audio: Path) -> Library:
    """The library as it was last recorded; an empty one before the first time. Raises NightfeedError."""
    path = audio / LIBRARY_FILE
    return read_library(path) if path.exists() else Library()


def work_for(plan: GuidePlan, library: Library, audio: Path) -> Work | None:
    """What is to be done for the guide, or None where its recordings are all up to date and whole."""
    recorded = next((entry for entry in library.recorded if entry.guide.slug == plan.guide.slug), None)
    kept = _kept_clips(plan, recorded, audio) if recorded else {}
    work = Work(plan, kept)
    return work if work.to_record or is_stale(plan, recorded) else None


def record(
    work: Work, audio: Path, voice: Callable[[], Voice], cache: SentenceCache, pauses: Pauses,
    on_sentence: Callable[[], None],
) -> None:  # fmt: skip
    """Make the guide's missing clips, then put it into the catalogue.

    `voice` is called when there is a clip to make; `on_sentence` after each sentence. Interrupted at any
    point, the old catalogue and its clips are still whole, and what was spoken so far is kept in the cache.
    Raises VoiceError, or NightfeedError where the disk does not take the files.
    """
    clips = dict(work.kept)
    for passage in work.to_record:
        clips[passage.name] = _record_passage(passage, work.plan, audio, voice(), cache, pauses, on_sentence)
    recorded = {
        passage.passage: replace(passage.passage, clips=clips[passage.name]) for passage in work.plan.passages
    }
    _put_into_catalogue(work.plan, recorded, audio)


def clear_away(audio: Path, slugs: Sequence[str]) -> None:
    """Forget guides that are not among the slugs, and delete every clip that the catalogue does not name."""
    library = existing_library(audio)
    kept = tuple(entry for entry in library.recorded if entry.guide.slug in slugs)
    if kept != library.recorded:
        write_whole(audio / LIBRARY_FILE, library_json(Library(kept)))
    named = {clip.file for entry in kept for passage in entry.guide.passages for clip in passage.clips}
    for path in audio.glob("*/*.mp3"):
        if path.relative_to(audio).as_posix() not in named:
            path.unlink()
    for folder in audio.iterdir():
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def damaged_clips(passage: Passage, audio: Path) -> Iterator[Clip]:
    """The passage's clips whose file is missing or is not the one that was recorded."""
    for clip in passage.clips:
        path = audio / clip.file
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != clip.sha256:
            yield clip


def _kept_clips(plan: GuidePlan, recorded: Recorded, audio: Path) -> dict[str, tuple[Clip, ...]]:
    """Passage name → the clips that can stay; their names hold the hash of what they say."""
    whole = [
        passage.clips
        for passage in recorded.guide.passages
        if passage.clips and not any(damaged_clips(passage, audio))
    ]
    by_stem = {_stem(clips[0].file): clips for clips in whole}
    return {
        passage.name: by_stem[stem]
        for passage in plan.passages
        if (stem := f"{plan.guide.slug}/{passage.name}-{passage.key}") in by_stem
    }


def _stem(file: str) -> str:
    """A clip's path without its ending, and without the number of a passage's first clip of several."""
    return file.removesuffix(".mp3").removesuffix("-1")


def _record_passage(
    passage: PassagePlan, plan: GuidePlan, audio: Path, voice: Voice, cache: SentenceCache, pauses: Pauses,
    on_sentence: Callable[[], None],
) -> tuple[Clip, ...]:  # fmt: skip
    # Imported late: NumPy and its kin are not needed to see that nothing has changed.
    from skill.studio.clips import Take, make_clips

    takes = []
    for sentence in passage.sentences:
        takes.append(Take(sentence, cache.sound(sentence.spoken, voice)))
        on_sentence()
    made = make_clips(takes, pauses, f"{plan.guide.slug}/{passage.name}-{passage.key}")
    for clip in made:
        write_whole(audio / clip.clip.file, clip.mp3)
    return tuple(clip.clip for clip in made)


def _put_into_catalogue(plan: GuidePlan, passages: dict[Passage, Passage], audio: Path) -> None:
    entry = Recorded(with_clips(plan.guide, passages), plan.voice, plan.settings, plan.inputs)
    # Read again: another run may have finished another guide meanwhile.
    others = [old for old in existing_library(audio).recorded if old.guide.slug != plan.guide.slug]
    newest_first = sorted(
        [*others, entry], key=lambda kept: (kept.guide.published, kept.guide.slug), reverse=True
    )
    write_whole(audio / LIBRARY_FILE, library_json(Library(tuple(newest_first))))
