"""A typed conversation with the skill, turn by turn."""

import json
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any

from skill.alexa.apl import PARAGRAPH
from skill.library import Library
from skill.talk.player import Player, Report, obey
from skill.talk.reminders import Reminders
from skill.talk.speaker import (
    CONSENTED,
    SILENT_END,
    USER_EVENT,
    Consent,
    Device,
    OpenSession,
    Step,
    button_envelope,
    consent_envelope,
    report_envelope,
    request_envelope,
    session_after,
    steps,
    touch_envelope,
    words_of,
)
from skill.talk.understanding import Heard, Understanding

YES = "AMAZON.YesIntent"


@dataclass(frozen=True)
class ShownCard:
    """What the Alexa app would show."""

    title: str
    content: str


@dataclass(frozen=True)
class ShownTouch:
    """A button on the screen."""

    label: str
    intent: str
    """What it stands for."""


@dataclass(frozen=True)
class ShownScreen:
    """What a device with a screen would show."""

    title: str
    part: str
    progress: str
    paragraphs: tuple[str, ...]
    touches: tuple[ShownTouch, ...]


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
    def screen(self) -> ShownScreen | None:
        """What the answer shows on a screen, its texts without the marks of a Text component."""
        for directive in self.response["response"].get("directives") or ():
            if directive["type"] == "Alexa.Presentation.APL.RenderDocument":
                shown = directive["datasources"]["screen"]
                title, part, progress = (unescape(shown[name]) for name in ("title", "part", "progress"))
                paragraphs = tuple(unescape(words) for words in shown["words"].split(PARAGRAPH))
                touches = (ShownTouch(unescape(each["label"]), each["intent"]) for each in shown["touches"])
                return ShownScreen(title, part, progress, paragraphs, tuple(touches))
        return None

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
    has_screen: bool = False
    reminders: Reminders | None = None
    """What stands in for Alexa's own services; None: there are none."""

    def hear(
        self, text: str, listener: str, session: OpenSession | None, player: Player | None = None
    ) -> Exchange:
        """What comes of the typed words; on a device without an AudioPlayer where there is no player.

        Where Alexa has asked for a permission, they are the answer to her: anything but a yes is a no.
        """
        heard = self.understanding.understand(text)
        if session and session.asked:
            return self._answer_alexa(session.asked, heard.name == YES, listener, session, player)
        return self._send(heard, listener, session, player=player)

    def touch(
        self, intent: str, listener: str, session: OpenSession | None, player: Player | None = None
    ) -> Exchange:
        """What comes of a button on the screen that stands for that intent."""
        device = self._device(listener, player)
        envelope = touch_envelope(intent, device, session, self.clock())
        return self._exchange(Heard(USER_EVENT), envelope, player)

    def leave(
        self,
        listener: str,
        session: OpenSession,
        reason: str = "USER_INITIATED",
        player: Player | None = None,
    ) -> Exchange:
        """The session ends without a word; the reason is one of Alexa's."""
        return self._send(Heard(SILENT_END), listener, session, reason, player)

    def press(self, button: str, listener: str, player: Player) -> Exchange:
        """A button of the device is pressed: Play, Pause, Next or Previous."""
        envelope = button_envelope(button, self._device(listener, player), self.clock())
        return self._exchange(Heard(button), envelope, player)

    def report(self, reports: Iterable[Report], listener: str, player: Player) -> tuple[Exchange, ...]:
        """What comes of the player's reports, one after the other, and of those that follow from them."""
        waiting, exchanges = deque(reports), list[Exchange]()
        while waiting:
            report = waiting.popleft()
            envelope = report_envelope(report, self._device(listener, player), self.clock())
            exchange = self._exchange(Heard(report.name), envelope, player)
            player = exchange.player or player
            waiting.extend(exchange.reports)
            exchanges.append(exchange)
        return tuple(exchanges)

    def _answer_alexa(
        self, asked: Consent, accepted: bool, listener: str, session: OpenSession, player: Player | None
    ) -> Exchange:
        if accepted and self.reminders:
            self.reminders.allow(listener)
        device = self._device(listener, player)
        envelope = consent_envelope(asked, accepted, device, session, self.clock())
        return self._exchange(Heard(CONSENTED), envelope, player)

    def _device(self, listener: str, player: Player | None) -> Device:
        return Device(listener, player, self.has_screen, listener if self.reminders else "")

    def _send(
        self,
        heard: Heard,
        listener: str,
        session: OpenSession | None,
        reason: str = "",
        player: Player | None = None,
    ) -> Exchange:
        device = self._device(listener, player)
        request = request_envelope(heard, device, session, self.clock(), reason)
        return self._exchange(heard, request, player)

    def _exchange(self, heard: Heard, request: Mapping[str, Any], player: Player | None) -> Exchange:
        response = json.loads(self.answer(json.dumps(request)))
        directives = response["response"].get("directives") or ()
        after, reports = (None, ()) if player is None else obey(player, directives)
        heard_of_it = steps(response, self.library)
        session = session_after(request, response)
        return Exchange(heard, heard_of_it, session, request, response, after, reports)
