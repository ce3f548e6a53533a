"""A request that comes in once more gets the answer that it got: nothing is counted or advanced twice."""

import json
from dataclasses import dataclass
from typing import Any

from ask_sdk_model import RequestEnvelope, Response

from skill.alexa.compiled_serializer import CompiledSerializer
from skill.dialogue.memory import Memory
from skill.store.contract import Answered
from skill.store.listener_id import request_hash


@dataclass(frozen=True)
class Answer:
    """A turn's answer."""

    response: Response
    attributes: dict[str, Any] | None
    """Of the session; None: there is none."""


def request_id(envelope: RequestEnvelope, key: bytes) -> str:
    """The request's id, hashed with the key; empty where it has none."""
    given = envelope.request and envelope.request.request_id
    return request_hash(given, key) if given else ""


def answer_before(memory: Memory, request: str) -> Answer | None:
    """What the request of that hashed id was answered, if it was her last that wrote anything."""
    held = memory.listener.answered
    if not held or not request or held.request != request:
        return None
    kept = json.loads(held.answer)
    return Answer(
        CompiledSerializer().deserialize(json.dumps(kept["response"]), Response), kept["attributes"]
    )


def keep(memory: Memory, request: str, answer: Answer) -> None:
    """Keep what the turn has noted, and its answer; that of a turn without may as well be made once more."""
    if memory.has_noted and request:
        kept = {"response": CompiledSerializer().serialize(answer.response), "attributes": answer.attributes}
        memory.keep_answer(Answered(request, json.dumps(kept)))
    memory.kept(synced=False)
