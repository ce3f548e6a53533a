"""A small skill on ask-sdk-core alone, as its documentation shows one."""

import json

from ask_sdk_core.dispatch_components import AbstractExceptionHandler, AbstractRequestHandler
from ask_sdk_core.skill_builder import CustomSkillBuilder
from ask_sdk_core.utils import get_slot, is_request_type
from ask_sdk_model import RequestEnvelope


class Launch(AbstractRequestHandler):
    def can_handle(self, handler_input):
        return is_request_type("LaunchRequest")(handler_input)

    def handle(self, handler_input):
        handler_input.attributes_manager.session_attributes["turns"] = 0
        speech = "Welcome to the sample. What would you like to hear about?"
        return handler_input.response_builder.speak(speech).ask("What would you like to hear?").response


class AnyIntent(AbstractRequestHandler):
    def can_handle(self, handler_input):
        return is_request_type("IntentRequest")(handler_input)

    def handle(self, handler_input):
        intent = handler_input.request_envelope.request.intent
        slots = {name: get_slot(handler_input, name) for name in intent.slots or {}}
        said = " and ".join(f"{name}, {slot.value}" for name, slot in slots.items() if slot and slot.value)
        attributes = handler_input.attributes_manager.session_attributes
        attributes["turns"] = attributes.get("turns", 0) + 1
        speech = f"You asked for {intent.name.replace('.', ' ')}. {said}"
        return handler_input.response_builder.speak(speech).ask("What else?").response


class PlayerEvent(AbstractRequestHandler):
    def can_handle(self, handler_input):
        return handler_input.request_envelope.request.object_type.startswith("AudioPlayer.")

    def handle(self, handler_input):
        return handler_input.response_builder.response


class SessionEnded(AbstractRequestHandler):
    def can_handle(self, handler_input):
        return is_request_type("SessionEndedRequest")(handler_input)

    def handle(self, handler_input):
        return handler_input.response_builder.response


class AnyFault(AbstractExceptionHandler):
    def can_handle(self, handler_input, exception):
        return True

    def handle(self, handler_input, exception):
        return handler_input.response_builder.speak("Sorry, I had a problem.").response


def builder(launch=Launch, **options):
    made = CustomSkillBuilder(**options)
    for handler in (launch, AnyIntent, PlayerEvent, SessionEnded):
        made.add_request_handler(handler())
    made.add_exception_handler(AnyFault())
    return made


def answering():
    """JSON in, JSON out."""
    skill = builder().create()

    def answer(body):
        envelope = skill.serializer.deserialize(body, RequestEnvelope)
        return json.dumps(skill.serializer.serialize(skill.invoke(envelope, None)))

    return answer
