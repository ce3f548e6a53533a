"""The skill's door inside the process: JSON in, JSON out."""

import json
import logging

from ask_sdk_core.skill import CustomSkill
from ask_sdk_model import RequestEnvelope

log = logging.getLogger(__name__)

EMPTY_ANSWER = json.dumps({"version": "1.0", "response": {}})
"""Valid where nothing can be said."""


def answer(skill: CustomSkill, body: str) -> str:
    """Alexa's response to the request, both as JSON. A request that cannot be read gets the empty answer."""
    try:
        envelope = skill.serializer.deserialize(body, RequestEnvelope)
    except Exception as error:
        # Whatever the SDK raises over a malformed request; its text may quote the body, so it is not logged.
        log.warning("a request could not be read: %s", type(error).__name__)
        return EMPTY_ANSWER
    return json.dumps(skill.serializer.serialize(skill.invoke(envelope, None)))
