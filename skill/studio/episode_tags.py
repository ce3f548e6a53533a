"""An episode's ID3v2.3 tag: what podcast apps and players show of it, with its chapters."""

import io
from collections.abc import Sequence
from itertools import pairwise

from mutagen.id3 import (
    APIC,
    CHAP,
    CTOC,
    ID3,
    TALB,
    TCON,
    TDRC,
    TIT2,
    TLAN,
    TPE1,
    CTOCFlags,
    Encoding,
    PictureType,
)

from skill.library import Chapter
from skill.studio.episode_frame import EpisodeFrame

MILLISECONDS = 1_000
GENRE = "Podcast"
ISO_639_2 = {"en": "eng"}
"""The tag's names of languages (ID3v2.3, TLAN)."""
UNDETERMINED = "und"
NO_BYTE_OFFSET = 0xFFFFFFFF
"""Times count, not bytes (ID3v2 chapter frame addendum)."""


def tagged(
    mp3: bytes, title: str, published: str, frame: EpisodeFrame, chapters: Sequence[Chapter], seconds: float,
    picture: bytes,
) -> bytes:  # fmt: skip
    """The MP3 with its tag before it; the picture is a JPEG."""
    tag = ID3()
    for kind, text in (
        (TIT2, title),
        (TPE1, frame.artist),
        (TALB, frame.album),
        (TCON, GENRE),
        (TDRC, published[:4]),
        (TLAN, ISO_639_2.get(frame.language[:2], UNDETERMINED)),
    ):
        tag.add(kind(encoding=Encoding.UTF16, text=text))
    tag.add(
        APIC(encoding=Encoding.LATIN1, mime="image/jpeg", type=PictureType.COVER_FRONT, desc="", data=picture)
    )
    _add_chapters(tag, chapters, seconds)
    tag.update_to_v23()
    file = io.BytesIO(mp3)
    tag.save(file, v1=0, v2_version=3, padding=lambda _: 0)
    return file.getvalue()


def _add_chapters(tag: ID3, chapters: Sequence[Chapter], seconds: float) -> None:
    borders = [round(moment * MILLISECONDS) for moment in (*(each.start for each in chapters), seconds)]
    names = [f"chapter{number}" for number in range(1, len(chapters) + 1)]
    for name, chapter, (start, end) in zip(names, chapters, pairwise(borders), strict=True):
        tag.add(
            CHAP(
                element_id=name,
                start_time=start,
                end_time=end,
                start_offset=NO_BYTE_OFFSET,
                end_offset=NO_BYTE_OFFSET,
                sub_frames=[TIT2(encoding=Encoding.UTF16, text=chapter.title)],
            )
        )
    flags = CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED
    tag.add(CTOC(element_id="contents", flags=flags, child_element_ids=names))
