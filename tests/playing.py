"""The stand-in for a device's AudioPlayer, as tests drive it and look at what it was told."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from skill.dialogue.stream_token import read_token
from skill.dialogue.whole_guide import track_at
from skill.library import Library
from skill.talk import player as device
from skill.talk.conversation import Exchange
from skill.talk.player import Played, Player
from skill.talk.speaker import clip_at

WITHOUT_PLAY = ("PlaybackStarted", "PlaybackFinished", "PlaybackStopped")
"""Alexa takes no Play directive in answer to these, and none at all for the last."""


def happening(name: str, player: Player, library: Library) -> Played:
    """What the player does when that comes to pass of which the event (AudioPlayer.…) tells."""
    match name.removeprefix("AudioPlayer."):
        case "PlaybackNearlyFinished":
            return device.nearly_finish(player)
        case "PlaybackFinished":
            return device.finish(player, clip_at(player.stream.url, library).seconds)
        case "PlaybackFailed":
            return device.fail(player)
        case "PlaybackStopped":
            return device.obey(player, [{"type": "AudioPlayer.Stop"}])
    raise ValueError(f"{name} does not come to pass by itself")


def clip_heard(player: Player) -> str | None:
    """The clip that plays, by its file without folder and ending."""
    return Path(player.stream.url).stem if player.plays else None


def streams(exchanges: Iterable[Exchange], library: Library) -> list[dict[str, Any]]:
    """What the player was handed: clip, behavior where it does not replace all, offset, after which."""
    directives = [each for said in exchanges for each in said.response["response"].get("directives", [])]
    return [_stream(each, library) for each in directives if each["type"] == "AudioPlayer.Play"]


def check_directives_alone(exchange: Exchange) -> None:
    """Hold the answer to what Alexa takes in answer to a playback request, and with a Play directive."""
    request, response = exchange.request["request"]["type"], exchange.response["response"]
    plays = [each for each in response.get("directives", []) if each["type"] == "AudioPlayer.Play"]
    assert len(plays) <= 1
    if request.startswith(("AudioPlayer.", "PlaybackController.")):
        assert response.keys() <= {"directives"}, request
        assert all(each["type"].startswith("AudioPlayer.") for each in response.get("directives", []))
    elif plays:
        assert response["shouldEndSession"] is True
    if request.removeprefix("AudioPlayer.") in WITHOUT_PLAY:
        assert "directives" not in response, request


def _stream(directive: dict[str, Any], library: Library) -> dict[str, Any]:
    told = directive["audioItem"]["stream"]
    stream = {"clip": Path(told["url"]).stem}
    if directive["playBehavior"] != "REPLACE_ALL":
        stream["behavior"] = directive["playBehavior"]
    if told["offsetInMilliseconds"]:
        stream["offset"] = told["offsetInMilliseconds"] / 1000
    if "expectedPreviousToken" in told:
        before = read_token(told["expectedPreviousToken"]).place
        stream["after"] = Path(track_at(library.guide(before.guide), before).clip.file).stem
    return stream
