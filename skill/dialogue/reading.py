"""Where in a guide one answer begins and ends. Pure decisions over bookmarks and clips."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from skill.bookmark import Bookmark
from skill.library import Clip, Guide, Passage
from skill.limits import MAX_CLIPS, MAX_CLIPS_SECONDS, MAX_PORTION_CHARACTERS

NEARLY_HEARD = 1.0
"""Seconds before the end from which a portion counts as heard."""


@dataclass(frozen=True)
class Portion:
    """As much of a guide as one answer holds."""

    start: Bookmark
    clips: tuple[Clip, ...]
    next: Bookmark | None
    """Where the path goes on; None after the top tip."""

    @property
    def ends_section(self) -> bool:
        """Whether nothing of the same kind is left in this section."""
        return self.next is None or self.next.section != self.start.section


def portion_at(guide: Guide, bookmark: Bookmark) -> Portion:
    """What to read from the bookmark on. One that the guide no longer has leads to the nearest start."""
    start = _valid(guide, bookmark)
    clips = _clips(guide, start.section, start.deeper)
    chosen = _fitting(clips[start.clip :])
    end = start.clip + len(chosen)
    if end < len(clips):
        following: Bookmark | None = replace(start, clip=end, offset=0.0)
    elif start.section < len(guide.sections):
        following = Bookmark(guide.slug, start.section + 1)
    else:
        following = None
    return Portion(start, chosen, following)


def reached(portion: Portion, elapsed: float) -> Bookmark | None:
    """Where the listener was, so many seconds after the portion began; None at the guide's end."""
    for position, clip in enumerate(portion.clips):
        last = position == len(portion.clips) - 1
        if elapsed < clip.seconds - (NEARLY_HEARD if last else 0):
            return replace(portion.start, clip=portion.start.clip + position, offset=0.0)
        elapsed -= clip.seconds
    return portion.next


def is_tip(guide: Guide, section: int) -> bool:
    """Whether that section number stands for the top tip."""
    return section >= len(guide.sections)


def seconds_left(guide: Guide, bookmark: Bookmark) -> float:
    """How long the path takes from the bookmark to the end of the top tip."""
    start = _valid(guide, replace(bookmark, deeper=False))
    following = [clip for section in range(start.section + 1, len(guide.sections) + 1)
                 for clip in _clips(guide, section, deeper=False)]  # fmt: skip
    return sum(clip.seconds for clip in [*_clips(guide, start.section, False)[start.clip :], *following])


def _valid(guide: Guide, bookmark: Bookmark) -> Bookmark:
    if not 0 <= bookmark.section <= len(guide.sections):
        return Bookmark(guide.slug)
    here = replace(bookmark, deeper=bookmark.deeper and not is_tip(guide, bookmark.section))
    clips = _clips(guide, here.section, here.deeper)
    if not clips:
        return Bookmark(guide.slug, here.section)
    return here if 0 <= here.clip < len(clips) else replace(here, clip=0, offset=0.0)


def _clips(guide: Guide, section: int, deeper: bool) -> list[Clip]:
    passages: Sequence[Passage]
    if is_tip(guide, section):
        passages = [guide.tip]
    else:
        passages = guide.sections[section].more if deeper else guide.sections[section].lead
    return [clip for passage in passages for clip in passage.clips]


def _fitting(clips: Sequence[Clip]) -> tuple[Clip, ...]:
    """The first clips, as many as one answer can hold; always one."""
    chosen: list[Clip] = []
    seconds, characters = 0.0, 0
    for clip in clips[:MAX_CLIPS]:
        seconds += clip.seconds
        characters += len(clip.text)
        if chosen and (seconds > MAX_CLIPS_SECONDS or characters > MAX_PORTION_CHARACTERS):
            break
        chosen.append(clip)
    return tuple(chosen)
