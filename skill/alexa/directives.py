"""What the device's AudioPlayer is to do, as its directives ("AudioPlayer interface reference")."""

import logging
from collections.abc import Iterator

from ask_sdk_model import Directive
from ask_sdk_model.interfaces.audioplayer import (
    AudioItem,
    AudioItemMetadata,
    PlayBehavior,
    PlayDirective,
    StopDirective,
)
from ask_sdk_model.interfaces.audioplayer import Stream as AudioStream
from ask_sdk_model.interfaces.display import Image, ImageInstance

from skill.bookmark import Bookmark
from skill.dialogue.reading import is_tip
from skill.dialogue.reply import Reply, StopStream, Stream
from skill.dialogue.stream_token import write_token
from skill.dialogue.whole_guide import track_at
from skill.library import Guide, Library
from skill.limits import MAX_TOKEN_CHARACTERS, MAX_URL_CHARACTERS
from skill.prompts import Prompts, Value, say

log = logging.getLogger(__name__)

MILLISECONDS = 1_000


def playback(reply: Reply, library: Library, audio_url: str, prompts: Prompts) -> Iterator[Directive]:
    """The reply's directives to the AudioPlayer. A stream that Alexa would refuse is left out.

    Recordings and covers are below that address; where it is empty, nothing can be streamed.
    """
    for wanted in reply.directives:
        if isinstance(wanted, StopStream):
            yield StopDirective()
        elif isinstance(wanted, Stream) and (guide := library.guide(wanted.place.guide)) and audio_url:
            file = track_at(guide, wanted.place).clip.file_for(bool(reply.soft))
            token, url = write_token(wanted), f"{audio_url}/{file}"
            if len(token) > MAX_TOKEN_CHARACTERS or len(url) > MAX_URL_CHARACTERS:
                log.warning("a stream's token or address is longer than Alexa takes; it was left out")
                continue
            shown = _metadata(guide, prompts.text(_title(guide, wanted.place)), audio_url)
            yield _play(wanted, token, url, shown)


def _play(stream: Stream, token: str, url: str, shown: AudioItemMetadata) -> PlayDirective:
    source = AudioStream(
        url=url,
        token=token,
        # Alexa drops what is enqueued behind another stream than this, and takes the field for nothing else.
        expected_previous_token=stream.after or None,
        offset_in_milliseconds=round(stream.place.offset * MILLISECONDS),
    )
    behaviour = PlayBehavior.ENQUEUE if stream.after else PlayBehavior.REPLACE_ALL
    return PlayDirective(play_behavior=behaviour, audio_item=AudioItem(stream=source, metadata=shown))


def _metadata(guide: Guide, title: str, audio_url: str) -> AudioItemMetadata:
    """What a device with a screen shows meanwhile."""
    cover = guide.episode and Image(
        content_description=guide.title,
        sources=[ImageInstance(url=f"{audio_url}/{guide.episode.cover_file}")],
    )
    return AudioItemMetadata(title=title, subtitle=guide.title, art=cover)


def _title(guide: Guide, place: Bookmark) -> Value:
    return say("screen.top_tip") if is_tip(guide, place.section) else guide.sections[place.section].heading
