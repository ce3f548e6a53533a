"""What stands around a guide in its episode. Pure."""

from dataclasses import dataclass

from skill.library import Guide
from skill.prompts import Prompts, say
from skill.show import Show


@dataclass(frozen=True)
class EpisodeFrame:
    """What stands around the guide in its episode."""

    opening: str
    """Said before the guide."""
    close: str
    """Said after it."""
    tip: str
    """Title of the last chapter."""
    album: str
    """Name of the show."""
    artist: str
    """Who publishes it."""
    language: str
    """As en-GB."""


def episode_frame(guide: Guide, show: Show, prompts: Prompts) -> EpisodeFrame:
    """What stands around the guide in its episode; an unreviewed one is said to be a sample."""
    opening = prompts.text(say("episode.opening", guide=guide.title, show=show.name))
    sample = "" if guide.reviewed else " " + prompts.text(say("listening.sample"))
    return EpisodeFrame(
        opening=opening + sample,
        close=prompts.text(say("episode.close", guide=guide.title, show=show.name)),
        tip=prompts.text(say("screen.top_tip")),
        album=show.name,
        artist=show.publisher,
        language=show.language,
    )
