"""The skill: ask-sdk-core's handlers over the conversation's routes."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from ask_sdk_core.dispatch_components import AbstractExceptionHandler, AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_core.skill import CustomSkill, SkillConfiguration
from ask_sdk_core.skill_builder import SkillBuilder
from ask_sdk_model import RequestEnvelope, Response, ResponseEnvelope

from skill.alexa import envelopes, retries
from skill.alexa.rendering import Renderer
from skill.alexa.serializer import TolerantSerializer
from skill.alexa.services import AlexaServices, ApiAccess
from skill.alexa.turn_log import tell_stumble, tell_turn
from skill.dialogue import guidance
from skill.dialogue.conversation import converse
from skill.dialogue.handed_back import still_true
from skill.dialogue.memory import Memory
from skill.dialogue.routes import ROUTES, Topic
from skill.dialogue.services import Services
from skill.dialogue.turn import Turn
from skill.finding.index import Index
from skill.finding.synonyms import Synonyms
from skill.library import Library
from skill.prompts import Prompts
from skill.show import Show
from skill.store.calls import StoreCalls
from skill.store.contract import Store, StoreError

SPOKEN = ("LaunchRequest", "IntentRequest", envelopes.USER_EVENT, envelopes.CONNECTIONS_RESPONSE)
"""Types of the requests after which a listener waits for a word."""
TOPICS = {route.name: route.topic for route in ROUTES}


@dataclass(frozen=True)
class House:
    """What the skill is made of."""

    library: Library
    prompts: Prompts
    show: Show
    store: Store
    listener_key: bytes
    """What listener ids are hashed with."""
    clock: Callable[[], datetime]
    """The time now, with its zone."""
    synonyms: Synonyms = field(default_factory=Synonyms)
    services: Callable[[ApiAccess, datetime, Prompts], Services] = AlexaServices
    """Alexa's own services for one turn: how to reach them, the time now, and the words of her locale."""
    store_calls: StoreCalls = field(default_factory=StoreCalls)

    @cached_property
    def index(self) -> Index:
        """Finds the library's passages by their words."""
        return Index(self.library.guides, self.synonyms)


def build_skill(house: House, audio_url: str) -> CustomSkill:
    """The skill, playing recordings from that address; an empty one: passages are spoken as text."""
    renderer = Renderer(house.prompts, house.library, audio_url)
    builder = SkillBuilder()
    builder.add_request_handler(Routes(house, renderer))
    builder.add_request_handler(Silence())
    builder.add_exception_handler(Stumble(house, renderer))
    return Skill(builder.skill_configuration, house)


class Skill(CustomSkill):  # type: ignore[misc]
    """The SDK's skill; what it is handed back of a session is looked through before anything reads it."""

    def __init__(self, configuration: SkillConfiguration, house: House) -> None:
        super().__init__(configuration)
        self.serializer = TolerantSerializer()
        self._house = house

    def invoke(self, request_envelope: RequestEnvelope, context: object) -> ResponseEnvelope:
        """See CustomSkill."""
        began = time.perf_counter()
        if request_envelope.session:
            held = still_true(envelopes.session(request_envelope), self._house.library)
            request_envelope.session.attributes = envelopes.session_attributes(held)
        answered = super().invoke(request_envelope, context)
        tell_turn(request_envelope, answered.response, time.perf_counter() - began)
        return answered


class Routes(AbstractRequestHandler):  # type: ignore[misc]
    """Answers whatever the conversation's map names."""

    def __init__(self, house: House, renderer: Renderer) -> None:
        self._house = house
        self._renderer = renderer

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether there is a route for the request."""
        return any(name in TOPICS for name in envelopes.request_names(handler_input.request_envelope))

    def handle(self, handler_input: HandlerInput) -> Response:
        """The topic's reply, rendered."""
        names = envelopes.request_names(handler_input.request_envelope)
        topic = next(TOPICS[name] for name in names if name in TOPICS)
        return _answer(topic, handler_input, self._house, self._renderer)


class Silence(AbstractRequestHandler):  # type: ignore[misc]
    """Answers whatever no route names with a valid, empty response."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Always: it is the last."""
        return True

    def handle(self, handler_input: HandlerInput) -> Response:
        """Nothing."""
        return Response()


class Stumble(AbstractExceptionHandler):  # type: ignore[misc]
    """Keeps our own faults from the listener's ears."""

    def __init__(self, house: House, renderer: Renderer) -> None:
        self._house = house
        self._renderer = renderer

    def can_handle(self, handler_input: HandlerInput, exception: Exception) -> bool:
        """Always, but for a skill event that the store could not take: Alexa sends it again."""
        names = envelopes.request_names(handler_input.request_envelope)
        event = any(name.startswith("AlexaSkillEvent.") for name in names)
        return not (event and isinstance(exception, StoreError))

    def handle(self, handler_input: HandlerInput, exception: Exception) -> Response:
        """The last question once more where there is a listener; else nothing. The log gets the fault."""
        tell_stumble(handler_input.request_envelope, exception)
        if envelopes.kind(handler_input.request_envelope) not in SPOKEN:
            return Response()
        try:
            return _answer(guidance.stumbled, handler_input, self._house, self._renderer)
        except Exception as again:
            tell_stumble(handler_input.request_envelope, again, "a turn failed twice")
            return Response()


def _answer(topic: Topic, handler_input: HandlerInput, house: House, renderer: Renderer) -> Response:
    envelope = handler_input.request_envelope
    listener = envelopes.listener_id(envelope, house.listener_key)
    memory = Memory(house.store, listener, house.clock(), house.store_calls)
    request = retries.request_id(envelope, house.listener_key)
    answer = retries.answer_before(memory, request)
    if not answer:
        answer = _reply(topic, envelope, memory, house, renderer)
        retries.keep(memory, request, answer)
    if answer.attributes is not None:
        handler_input.attributes_manager.session_attributes = answer.attributes
    return answer.response


def _reply(
    topic: Topic, envelope: RequestEnvelope, memory: Memory, house: House, renderer: Renderer
) -> retries.Answer:
    now = memory.now
    device = envelopes.device(envelope)
    access, locale = envelopes.api_access(envelope), envelopes.locale(envelope)
    turn = Turn(
        library=house.library,
        show=house.show,
        memory=memory,
        now=now,
        index=lambda: house.index,
        session=envelopes.session(envelope),
        slots=envelopes.slots(envelope),
        # What has no address cannot be streamed.
        device=replace(device, plays_streams=device.plays_streams and bool(renderer.audio_url)),
        new_session=envelopes.new_session(envelope),
        locale=locale,
        playing=envelopes.playing(envelope),
        connection=envelopes.connection(envelope),
        granted=envelopes.granted(envelope),
        services=house.services(access, now, house.prompts.of(locale)) if access else None,
    )
    reply, kept = converse(topic, turn)
    response = renderer.speaking(turn.locale).response(reply, in_session=envelopes.is_heard(envelope))
    return retries.Answer(response, envelopes.session_attributes(kept) if envelope.session else None)
