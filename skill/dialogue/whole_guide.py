"""The whole guide, right through: each part's lead, then what is deeper; at last the tip. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from skill.bookmark import Bookmark
from skill.dialogue.reading import is_tip
from skill.library import Clip, Guide


@dataclass(frozen=True)
class Track:
    """One clip in the order of listening."""

    place: Bookmark
    """Of its beginning."""
    clip: Clip


def tracks(guide: Guide) -> tuple[Track, ...]:
    """Every clip in the order of listening."""
    return tuple(_tracks(guide))


def track_at(guide: Guide, place: Bookmark) -> Track:
    """The clip of that place. Where the guide has it no more: the beginning of its part, or of the guide."""
    row = tracks(guide)
    return row[_index(row, place)]


def next_clip(guide: Guide, place: Bookmark) -> Bookmark | None:
    """Where the clip after that place begins; None after the tip."""
    row = tracks(guide)
    following = row[_index(row, place) + 1 :]
    return following[0].place if following else None


def next_part(guide: Guide, place: Bookmark) -> Bookmark | None:
    """Where the part after that place begins; the tip comes after the last, and None after the tip."""
    return None if is_tip(guide, place.section) else Bookmark(guide.slug, place.section + 1)


def previous_part(guide: Guide, place: Bookmark) -> Bookmark:
    """Where the part before that place begins; the first has none before it, and begins again."""
    return Bookmark(guide.slug, max(0, min(place.section, len(guide.sections)) - 1))


def moved(guide: Guide, place: Bookmark, seconds: float) -> Bookmark | None:
    """So many seconds on from that place, or back where negative, over the clips' borders.

    Not further back than the guide's beginning; None from its end on.
    """
    row = tracks(guide)
    borders = [0.0, *accumulate(track.clip.seconds for track in row)]
    target = max(0.0, borders[_index(row, place)] + place.offset + seconds)
    for track, (begins, ends) in zip(row, pairwise(borders), strict=True):
        if target < ends:
            return replace(track.place, offset=round(target - begins, 3))
    return None


def same_clip(one: Bookmark | None, other: Bookmark | None) -> bool:
    """Whether both places lie in one clip."""
    return bool(one and other) and _without_offset(one) == _without_offset(other)


def _without_offset(place: Bookmark | None) -> Bookmark | None:
    return place and replace(place, offset=0.0)


def _tracks(guide: Guide) -> Iterator[Track]:
    for number, section in enumerate(guide.sections):
        for deeper, passages in ((False, section.lead), (True, section.more)):
            clips = (clip for passage in passages for clip in passage.clips)
            for position, clip in enumerate(clips):
                yield Track(Bookmark(guide.slug, number, position, deeper), clip)
    for position, clip in enumerate(guide.tip.clips):
        yield Track(Bookmark(guide.slug, len(guide.sections), position), clip)


def _index(row: tuple[Track, ...], place: Bookmark) -> int:
    sought = (place, Bookmark(place.guide, place.section))
    places = [track.place for track in row]
    return next((places.index(here) for each in sought if (here := replace(each, offset=0.0)) in places), 0)
