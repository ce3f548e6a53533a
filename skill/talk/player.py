"""A stand-in for the device's AudioPlayer: it obeys directives, and reports what it does. Pure.

As "AudioPlayer interface reference" has it; times are in seconds.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any

from msgspec import Meta

MILLISECONDS = 1_000
DAY_SECONDS = 24 * 3600
Seconds = Annotated[float, Meta(ge=0, le=DAY_SECONDS)]
"""From a recording's start: no recording is longer."""


@dataclass(frozen=True)
class Stream:
    """One recording that was handed over."""

    token: str
    url: str
    title: str = ""
    subtitle: str = ""
    offset: Seconds = 0.0
    """Where it starts."""


@dataclass(frozen=True)
class Report:
    """One AudioPlayer.* request that the device has to send."""

    name: str
    """PlaybackStarted, PlaybackNearlyFinished, PlaybackFinished, PlaybackStopped or PlaybackFailed."""
    token: str
    offset: float
    state: Mapping[str, Any] | None = None
    """With PlaybackFailed: what the player does at that time."""


@dataclass(frozen=True)
class Player:
    """What the device plays, or played last, and what comes after it."""

    stream: Stream | None = None
    offset: Seconds = 0.0
    activity: str = "IDLE"
    """IDLE, PLAYING, STOPPED or FINISHED."""
    queue: tuple[Stream, ...] = ()

    @property
    def plays(self) -> bool:
        """Whether something is heard."""
        return self.activity == "PLAYING"

    @property
    def state(self) -> dict[str, Any]:
        """As the context of a request has it."""
        if not self.stream:
            return {"playerActivity": self.activity, "offsetInMilliseconds": 0}
        offset = round(self.offset * MILLISECONDS)
        return {"token": self.stream.token, "offsetInMilliseconds": offset, "playerActivity": self.activity}


Played = tuple[Player, tuple[Report, ...]]
"""The player afterwards, and what it has to report, in order."""


def obey(player: Player, directives: Iterable[Mapping[str, Any]]) -> Played:
    """What comes of a response's directives; those to others than the AudioPlayer are passed over."""
    reports: list[Report] = []
    for directive in directives:
        match directive:
            case {"type": "AudioPlayer.Play"}:
                player, told = _play(player, directive["playBehavior"], directive["audioItem"])
            case {"type": "AudioPlayer.Stop"}:
                player, told = _stop(player)
            case {"type": "AudioPlayer.ClearQueue", "clearBehavior": "CLEAR_ALL"}:
                player, told = _stop(replace(player, queue=()))
            case {"type": "AudioPlayer.ClearQueue"}:
                player, told = replace(player, queue=()), ()
            case _:
                continue
        reports += told
    return player, tuple(reports)


def hear(player: Player, seconds: float) -> Player:
    """So much of the stream is heard; nothing where nothing plays."""
    return replace(player, offset=player.offset + seconds) if player.plays else player


def nearly_finish(player: Player) -> Played:
    """The device is ready for the next stream."""
    return player, (_report(player, "PlaybackNearlyFinished"),)


def finish(player: Player, seconds: float) -> Played:
    """The stream was heard to its end, which is at so many seconds; the next begins, if there is one."""
    ended = replace(player, offset=seconds, activity="FINISHED")
    following, reports = _begin_next(ended)
    return following, (_report(ended, "PlaybackFinished"), *reports)


def fail(player: Player) -> Played:
    """The stream that plays cannot be played on."""
    failed = replace(player, activity="STOPPED")
    return failed, (replace(_report(failed, "PlaybackFailed"), state=failed.state),)


def fail_ahead(player: Player) -> Played:
    """The stream that is to come next cannot be fetched; this one plays on."""
    (lost, *others) = player.queue
    failure = Report("PlaybackFailed", lost.token, 0.0, player.state)
    return replace(player, queue=tuple(others)), (failure,)


def _play(player: Player, behaviour: str, item: Mapping[str, Any]) -> Played:
    shown = item.get("metadata") or {}
    stream = Stream(
        item["stream"]["token"],
        item["stream"]["url"],
        shown.get("title", ""),
        shown.get("subtitle", ""),
        item["stream"]["offsetInMilliseconds"] / MILLISECONDS,
    )
    if behaviour == "REPLACE_ALL":
        stopped, reports = _stop(player)
        begun, more = _begin_next(replace(stopped, queue=(stream,)))
        return begun, (*reports, *more)
    queue = player.queue if behaviour == "ENQUEUE" else ()
    last = queue[-1] if queue else player.stream
    expected = item["stream"].get("expectedPreviousToken")
    if behaviour == "ENQUEUE" and expected != (last and last.token):
        return player, ()
    waiting = replace(player, queue=(*queue, stream))
    return (waiting, ()) if player.plays else _begin_next(waiting)


def _stop(player: Player) -> Played:
    if not player.plays:
        return player, ()
    return replace(player, activity="STOPPED"), (_report(player, "PlaybackStopped"),)


def _begin_next(player: Player) -> Played:
    if not player.queue:
        return player, ()
    (stream, *others) = player.queue
    begun = Player(stream, stream.offset, "PLAYING", tuple(others))
    return begun, (_report(begun, "PlaybackStarted"),)


def _report(player: Player, name: str) -> Report:
    token = player.stream.token if player.stream else ""
    return Report(name, token, player.offset)
