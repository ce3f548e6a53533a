"""A typed conversation with the skill, turn by turn."""

import json
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from skill.library import Library
from skill.talk.player import Player, Report, obey
from skill.talk.speaker import (
    SILENT_END,
    OpenSession,
    Step,
    button_envelope,
    report_envelope,
    request_envelope,
    session_after,
    steps,
    words_of,
)
from skill.talk.understanding import Heard, Understanding


@dataclass(frozen=True)
class ShownCard:
    """What the Alexa app would show."""

    title: str
    content: str


@dataclass(frozen=True)
class Exchange:
    """One thing said or reported, and the answer to it."""

    heard: Heard
    steps: tuple[Step, ...]
    session: OpenSession | None
    """Open while a question is."""
    request: Mapping[str, Any]
    response: Mapping[str, Any]
    player: Player | None = None
    """What the device plays after it; None where it has no player."""
    reports: tuple[Report, ...] = ()
    """What the player has to report of it."""

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
    """A stand-in for a smart speaker. It keeps nothing: session and player are handed back to it."""

    answer: Callable[[str], str]
    """The skill's door: JSON in, JSON out."""
    understanding: Understanding
    library: Library
    clock: Callable[[], datetime]

    def hear(
        self, text: str, listener: str, session: OpenSession | None, player: Player | None = None
    ) -> Exchange:
        """What comes of the typed words; on a device without an AudioPlayer where there is no player."""
        return self._send(self.understanding.understand(text), listener, session, player=player)

    def leave(self, listener: str, session: OpenSession, reason: str = "USER_INITIATED") -> Exchange:
        """The session ends without a word; the reason is one of Alexa's."""
        return self._send(Heard(SILENT_END), listener, session, reason)

    def press(self, button: str, listener: str, player: Player) -> Exchange:
        """A button of the device is pressed: Play, Pause, Next or Previous."""
        return self._exchange(Heard(button), button_envelope(button, listener, player, self.clock()), player)

    def report(self, reports: Iterable[Report], listener: str, player: Player) -> tuple[Exchange, ...]:
        """What comes of the player's reports, one after the other, and of those that follow from them."""
        waiting, exchanges = deque(reports), list[Exchange]()
        while waiting:
            report = waiting.popleft()
            envelope = report_envelope(report, listener, player, self.clock())
            exchange = self._exchange(Heard(report.name), envelope, player)
            player = exchange.player or player
            waiting.extend(exchange.reports)
            exchanges.append(exchange)
        return tuple(exchanges)

    def _send(
        self,
        heard: Heard,
        listener: str,
        session: OpenSession | None,
        reason: str = "",
        player: Player | None = None,
    ) -> Exchange:
        request = request_envelope(heard, listener, session, self.clock(), reason, player)
        return self._exchange(heard, request, player)

    def _exchange(self, heard: Heard, request: Mapping[str, Any], player: Player | None) -> Exchange:
        response = json.loads(self.answer(json.dumps(request)))
        directives = response["response"].get("directives") or ()
        after, reports = (None, ()) if player is None else obey(player, directives)
        heard_of_it = steps(response, self.library)
        session = session_after(request, response)
        return Exchange(heard, heard_of_it, session, request, response, after, reports)
