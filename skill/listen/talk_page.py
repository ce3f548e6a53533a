"""The talk page: typed words in, what Alexa would say and play out. Only for a server on loopback."""

import re
from typing import Any

import msgspec
from flask import Blueprint, abort, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from skill.talk.conversation import Exchange, Speaker
from skill.talk.speaker import OpenSession, Step

LOOPBACK = re.compile(r"(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?")
MAX_WORDS = 500
"""Characters in one thing said."""


class Said(msgspec.Struct, frozen=True):
    """What the page sends."""

    text: str
    listener: str
    """An id that the browser made up and keeps."""
    session: OpenSession | None = None


def blueprint(speaker: Speaker) -> Blueprint:
    """The page at /talk with its files in /static/, and POST /talk for one exchange."""
    pages = Blueprint("talk", __name__, static_folder="static", template_folder="templates")

    @pages.before_request
    def only_from_this_machine() -> None:
        # A page elsewhere may have its name resolved to loopback, to reach in from the browser.
        if not LOOPBACK.fullmatch(request.host):
            abort(403)

    @pages.get("/talk")
    def page() -> str:
        return render_template("talk.html")

    @pages.post("/talk")
    def talk() -> ResponseReturnValue:
        if not request.is_json:
            abort(415)
        try:
            said = msgspec.json.decode(request.get_data(), type=Said)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            abort(400)
        if len(said.text) > MAX_WORDS:
            abort(413)
        return jsonify(_heard(speaker.hear(said.text, said.listener, said.session)))

    return pages


def _heard(exchange: Exchange) -> dict[str, Any]:
    return {
        "intent": exchange.heard.name,
        "steps": [_step(step) for step in exchange.steps],
        "session": msgspec.to_builtins(exchange.session),
        "again": exchange.again,
        "card": msgspec.to_builtins(exchange.card),
        "request": exchange.request,
        "response": exchange.response,
    }


def _step(step: Step) -> dict[str, Any]:
    if not step.clip:
        return {"text": step.text, "url": step.url}
    return {"text": step.text, "url": step.url, "seconds": step.clip.seconds,
            "sentences": msgspec.to_builtins(step.clip.sentences)}  # fmt: skip
