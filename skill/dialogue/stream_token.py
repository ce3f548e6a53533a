"""What a stream's token tells: all that a playback event knows beside the stored bookmark. Pure."""

import msgspec

from skill.bookmark import Bookmark
from skill.dialogue.reply import Stream
from skill.limits import MAX_TOKEN_CHARACTERS


class _Token(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    guide: str
    section: int = 0
    clip: int = 0
    deeper: bool = False
    until_section_ends: bool = False
    stumbled: bool = False


def write_token(stream: Stream) -> str:
    """The stream as a token: compact JSON. The device itself tells where in its clip it is."""
    place = stream.place
    token = _Token(
        place.guide, place.section, place.clip, place.deeper, stream.until_section_ends, stream.stumbled
    )
    return msgspec.json.encode(token).decode()


def read_token(token: str) -> Stream | None:
    """The stream of that token, from its clip's beginning; None for a token that is not of ours."""
    if len(token) > MAX_TOKEN_CHARACTERS:
        return None
    try:
        told = msgspec.json.decode(token, type=_Token)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None
    place = Bookmark(told.guide, told.section, told.clip, told.deeper)
    return Stream(place, "", told.until_section_ends, told.stumbled)
