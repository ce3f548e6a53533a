"""POST /alexa: the door through which Alexa comes in, with flask-ask-sdk's adapter behind it."""

import logging
from collections.abc import Sequence

import msgspec
from ask_sdk_core.skill import CustomSkill
from flask import Flask, Response, abort, request

from skill.alexa.flask_adapter import SignedRequestVerifier, skill_adapter, verification_exception


def add(app: Flask, skill: CustomSkill, verifiers: Sequence[SignedRequestVerifier]) -> None:
    """Answer POST /alexa; without verifiers, whoever asks. What is no request of Alexa's gets a short 4xx."""
    adapter = skill_adapter(skill, app, verifiers)
    app.logger.addFilter(_tell_refusals_in_one_line)

    @app.post("/alexa")
    def alexa() -> Response:
        if (request.content_type or "").partition(";")[0].strip().lower() != "application/json":
            abort(415)
        if not _is_json_object(request.get_data()):
            abort(400)
        response: Response = adapter.dispatch_request()
        return response


def _is_json_object(body: bytes) -> bool:
    try:
        return isinstance(msgspec.json.decode(body), dict)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return False


def _tell_refusals_in_one_line(record: logging.LogRecord) -> bool:
    """The adapter logs a traceback for each refusal; a stranger could fill the log with them."""
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, verification_exception()):
        record.msg, record.args, record.exc_info = "refused a request: %s", (str(error),), None
    return True
