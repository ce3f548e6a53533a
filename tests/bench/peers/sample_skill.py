"""The stock sample's handlers, with Nightfeed's serializer in place of the SDK's."""

import json

from ask_sdk_model import RequestEnvelope
from stock_skill import builder

from skill.alexa.serializer import TolerantSerializer


def made():
    skill = builder().create()
    skill.serializer = TolerantSerializer()
    return skill


def answering():
    """JSON in, JSON out."""
    skill = made()

    def answer(body):
        envelope = skill.serializer.deserialize(body, RequestEnvelope)
        return json.dumps(skill.serializer.serialize(skill.invoke(envelope, None)))

    return answer
