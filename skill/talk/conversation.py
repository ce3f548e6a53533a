"""A typed conversation with the skill, turn by turn."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from skill.library import Library
from skill.talk.speaker import SILENT_END, OpenSession, Step, request_envelope, session_after, steps, words_of
from skill.talk.understanding import Heard, Understanding


@dataclass(frozen=True)
class ShownCard:
    """What the Alexa app would show."""

    title: str
    content: str


@dataclass(frozen=True)
class Exchange:
    """One thing said, and the answer to it."""

    heard: Heard
    steps: tuple[Step, ...]
    session: OpenSession | None
    """Open while a question is."""
    request: Mapping[str, Any]
    response: Mapping[str, Any]

    @property
    def card(self) -> ShownCard | None:
        """The answer's card. One that asks for permissions has no words of its own, so they are named."""
        card = self.response["response"].get("card")
        if not card:
            return None
        if "permissions" in card:
            return ShownCard("Alexa asks for your permission", ", ".join(card["permissions"]))
        return ShownCard(card["title"], card["content"])

    @property
    def again(self) -> str:
        """What is heard after a silence."""
        reprompt = self.response["response"].get("reprompt")
        return words_of(reprompt["outputSpeech"]["ssml"]) if reprompt else ""


@dataclass(frozen=True)
class Speaker:
    """A stand-in for a smart speaker. It keeps nothing: the session is handed back to it."""

    answer: Callable[[str], str]
    """The skill's door: JSON in, JSON out."""
    understanding: Understanding
    library: Library
    clock: Callable[[], datetime]

    def hear(self, text: str, listener: str, session: OpenSession | None) -> Exchange:
        """What comes of the typed words."""
        return self._send(self.understanding.understand(text), listener, session)

    def leave(self, listener: str, session: OpenSession, reason: str = "USER_INITIATED") -> Exchange:
        """The session ends without a word; the reason is one of Alexa's."""
        return self._send(Heard(SILENT_END), listener, session, reason)

    def _send(self, heard: Heard, listener: str, session: OpenSession | None, reason: str = "") -> Exchange:
        request = request_envelope(heard, listener, session, self.clock(), reason)
        response = json.loads(self.answer(json.dumps(request)))
        return Exchange(
            heard, steps(response, self.library), session_after(request, response), request, response
        )  # fmt: skip
