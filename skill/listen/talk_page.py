"""The talk page: typed words in, what Alexa would say and play out. Only for a server on loopback."""

from typing import Any

import msgspec
from flask import Blueprint, abort, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from skill.talk.conversation import Exchange, Speaker
from skill.talk.speaker import OpenSession, Step

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")
MAX_WORDS = 500
"""Characters in one thing said."""


class Said(msgspec.Struct, frozen=True):
    """What the page sends."""

    text: str
    listener: str
    """An id that the browser made up and keeps."""
    session: OpenSession | None = None


def blueprint(speaker: Speaker) -> Blueprint:
    """The page at /, and POST /talk for one exchange."""
    pages = Blueprint("talk", __name__)

    @pages.before_request
    def only_from_this_machine() -> None:
        # A page elsewhere may have its name resolved to loopback, to reach in from the browser.
        if request.host.rsplit(":", 1)[0] not in LOOPBACK_NAMES and request.host not in LOOPBACK_NAMES:
            abort(403)

    @pages.get("/")
    def page() -> str:
        return render_template("talk.html")

    @pages.post("/talk")
    def talk() -> ResponseReturnValue:
        if not request.is_json:
            abort(415)
        try:
            said = msgspec.json.decode(request.get_data(), type=Said)
        except msgspec.MsgspecError:
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
        "card": exchange.response["response"].get("card"),
        "request": exchange.request,
        "response": exchange.response,
    }


def _step(step: Step) -> dict[str, Any]:
    if not step.clip:
        return {"text": step.text, "url": step.url}
    return {"text": step.text, "url": step.url, "seconds": step.clip.seconds,
            "sentences": msgspec.to_builtins(step.clip.sentences)}  # fmt: skip
