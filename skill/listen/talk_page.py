"""The talk page: what its device sees and hears done goes to the skill, which answers. Only on loopback."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal, TypeVar

import msgspec
from flask import Blueprint, abort, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from skill.listen.loopback import refuse_others
from skill.talk.conversation import Exchange, Speaker
from skill.talk.player import Played, Player, fail, finish, nearly_finish, obey
from skill.talk.speaker import OpenSession, Step, clip_at

MAX_WORDS = 500
"""Characters in one thing said."""

DAYS = {
    "MO": "Mondays",
    "TU": "Tuesdays",
    "WE": "Wednesdays",
    "TH": "Thursdays",
    "FR": "Fridays",
    "SA": "Saturdays",
    "SU": "Sundays",
}


class FromDevice(msgspec.Struct, frozen=True, kw_only=True):
    """What the page's device hands over with all that it sends."""

    listener: str
    """An id that the browser made up and keeps."""
    session: OpenSession | None = None
    player: Player | None = None
    """None: the device has no AudioPlayer."""
    screen: bool = False
    """Whether the device has one."""


class Said(FromDevice, frozen=True, kw_only=True):
    """Words."""

    text: str


class Touched(FromDevice, frozen=True, kw_only=True):
    """A button on the screen."""

    intent: str


class Pressed(FromDevice, frozen=True, kw_only=True):
    """A button of the player; the device then listens no more."""

    button: Literal["Play", "Pause", "Next", "Previous"]
    player: Player


class Happened(FromDevice, frozen=True, kw_only=True):
    """Something that came to pass with the stream that plays."""

    event: Literal["PlaybackNearlyFinished", "PlaybackFinished", "PlaybackStopped", "PlaybackFailed"]
    player: Player


Sent = TypeVar("Sent", bound=FromDevice)


def blueprint(speaker: Speaker) -> Blueprint:
    """The page at /talk with its files in /static/, and what its device posts there and below."""
    pages = Blueprint("talk", __name__, static_folder="static", template_folder="templates")

    pages.before_request(refuse_others)

    @pages.get("/talk")
    def page() -> str:
        return render_template("talk.html")

    @pages.post("/talk")
    def talk() -> ResponseReturnValue:
        said = _sent(Said)
        if len(said.text) > MAX_WORDS:
            abort(413)
        device = replace(speaker, has_screen=said.screen)
        return _answer(device, said, device.hear(said.text, said.listener, said.session, said.player))

    @pages.post("/talk/touch")
    def touch() -> ResponseReturnValue:
        touched = _sent(Touched)
        device = replace(speaker, has_screen=touched.screen)
        exchange = device.touch(touched.intent, touched.listener, touched.session, touched.player)
        return _answer(device, touched, exchange)

    @pages.post("/talk/press")
    def press() -> ResponseReturnValue:
        pressed = _sent(Pressed)
        listener, player = pressed.listener, pressed.player
        left = pressed.session and speaker.leave(listener, pressed.session, player=player)
        exchange = speaker.press(pressed.button, listener, player)
        return _answer(speaker, pressed, *([left, exchange] if left else [exchange]))

    @pages.post("/talk/playback")
    def playback() -> ResponseReturnValue:
        happened = _sent(Happened)
        if not happened.player.plays:
            abort(400)
        player, reports = _happening(happened.event, happened.player)
        return _answer(speaker, happened, *speaker.report(reports, happened.listener, player))

    return pages


def _sent(kind: type[Sent]) -> Sent:
    """The request's body; what the page would not send is refused."""
    if not request.is_json:
        abort(415)
    try:
        return msgspec.json.decode(request.get_data(), type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        abort(400)


def _happening(event: str, player: Player) -> Played:
    match event:
        case "PlaybackNearlyFinished":
            return nearly_finish(player)
        case "PlaybackFinished":
            return finish(player, player.offset)
        case "PlaybackFailed":
            return fail(player)
    return obey(player, [{"type": "AudioPlayer.Stop"}])


def _answer(speaker: Speaker, sent: FromDevice, *exchanges: Exchange) -> ResponseReturnValue:
    """What came of it, and of all that the player then has to report of the last."""
    last = exchanges[-1]
    if last.player:
        exchanges += speaker.report(last.reports, sent.listener, last.player)
    reminders = speaker.reminders.of(sent.listener) if speaker.reminders else ()
    set_for_her = [f"{DAYS[reminder.day]} at {reminder.time}" for reminder in reminders]
    return jsonify(_heard(last, exchanges, speaker) | {"reminders": set_for_her})


def _heard(heard: Exchange, exchanges: Sequence[Exchange], speaker: Speaker) -> dict[str, Any]:
    player = exchanges[-1].player
    begun = any(exchange.heard.name == "PlaybackStarted" for exchange in exchanges)
    return {
        "steps": [_step(step) for step in heard.steps],
        "session": msgspec.to_builtins(heard.session),
        "again": heard.again,
        "card": msgspec.to_builtins(heard.card),
        "screen": msgspec.to_builtins(heard.screen),
        "player": msgspec.to_builtins(player),
        "stream": _stream(player, speaker) if player and begun else None,
        "exchanges": [_exchange(exchange) for exchange in exchanges],
    }


def _exchange(exchange: Exchange) -> Mapping[str, Any]:
    return {"name": exchange.heard.name, "request": exchange.request, "response": exchange.response}


def _stream(player: Player, speaker: Speaker) -> dict[str, Any] | None:
    """The recording that begins, with its words."""
    if not player.stream:
        return None
    clip = clip_at(player.stream.url, speaker.library)
    return _step(Step(clip.text if clip else "", clip, player.stream.url))


def _step(step: Step) -> dict[str, Any]:
    if not step.clip:
        return {"text": step.text, "url": step.url}
    return {"text": step.text, "url": step.url, "seconds": step.clip.seconds,
            "sentences": msgspec.to_builtins(step.clip.sentences)}  # fmt: skip
