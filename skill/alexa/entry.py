"""The skill's door inside the process: JSON in, JSON out."""

import json

from ask_sdk_core.skill import CustomSkill
from ask_sdk_model import RequestEnvelope


def answer(skill: CustomSkill, body: str) -> str:
    """Alexa's response to the request, both as JSON. A request that cannot be read gets an empty answer."""
    envelope = skill.serializer.deserialize(body, RequestEnvelope)
    return json.dumps(skill.serializer.serialize(skill.invoke(envelope, None)))
