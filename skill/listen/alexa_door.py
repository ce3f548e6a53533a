"""POST /alexa: the door through which Alexa comes in, with flask-ask-sdk's adapter behind it."""

import json
from collections.abc import Sequence
from http import HTTPStatus

from ask_sdk_core.skill import CustomSkill
from flask import Flask, Response, request
from werkzeug.exceptions import BadRequest

from skill.alexa.flask_adapter import skill_adapter
from skill.alexa.verification import SignedRequestVerifier
from skill.limits import MAX_REQUEST_BYTES


def add(app: Flask, skill: CustomSkill, verifiers: Sequence[SignedRequestVerifier]) -> None:
    """Answer POST /alexa; without verifiers, whoever asks. What is no request of Alexa's gets a short 4xx."""
    adapter = skill_adapter(skill, app, verifiers)

    @app.post("/alexa")
    def alexa() -> Response:
        fault = _fault()
        if fault:
            return _refusal(fault)
        try:
            response: Response = adapter.dispatch_request()
        except BadRequest:
            return _refusal(HTTPStatus.BAD_REQUEST)
        return response


def _fault() -> HTTPStatus | None:
    """What is wrong with the request before any of it is believed."""
    if request.content_length is None:
        return HTTPStatus.LENGTH_REQUIRED
    if request.content_length > MAX_REQUEST_BYTES:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    if request.mimetype != "application/json":
        return HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    return None if _is_json_object(request.get_data()) else HTTPStatus.BAD_REQUEST


def _is_json_object(body: bytes) -> bool:
    try:
        return isinstance(json.loads(body), dict)
    except (ValueError, RecursionError):
        return False


def _refusal(status: HTTPStatus) -> Response:
    return Response(f"{status.phrase}\n", status, mimetype="text/plain")
