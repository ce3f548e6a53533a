"""Reply → Alexa's response: the one place that writes SSML, and that keeps every limit on an answer."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape

from ask_sdk_model import Directive, Response
from ask_sdk_model.interfaces.connections import SendRequestDirective
from ask_sdk_model.ui import AskForPermissionsConsentCard, Reprompt, SimpleCard, SsmlOutputSpeech

from skill.alexa.apl import render_document
from skill.alexa.directives import playback
from skill.dialogue import wording
from skill.dialogue.reply import AskPermission, Card, Play, Reply
from skill.library import Clip, Library
from skill.limits import MAX_CARD_CHARACTERS, MAX_CLIPS, MAX_CLIPS_SECONDS, MAX_SPEECH_CHARACTERS
from skill.prompts import Prompts, Say

log = logging.getLogger(__name__)

SPEAK = "<speak>{}</speak>"
SOFTLY = '<prosody volume="soft" rate="slow">{}</prosody>'
""" "prosody" in the SSML reference."""


@dataclass(frozen=True)
class Renderer:
    """Renders replies for one set of prompts and one place where recordings are found."""

    prompts: Prompts
    library: Library
    audio_url: str
    """Address that clips are below, without a trailing slash; empty: passages are spoken as text."""

    def speaking(self, locale: str) -> "Renderer":
        """The renderer with the words of that locale."""
        return replace(self, prompts=self.prompts.of(locale))

    def response(self, reply: Reply, in_session: bool = True) -> Response:
        """Alexa's response. It breaks no limit, whatever the reply holds: what does not fit is left out.

        Outside a session there may be nothing but directives to the AudioPlayer.
        """
        played = list(playback(reply, self.library, self.audio_url, self.prompts))
        if not in_session:
            return Response(directives=played or None)
        asked = again = ""
        softly = bool(reply.soft)
        if reply.ask:
            questions = wording.question(reply.ask, self.library, reply.reminder)
            asked, again = (self._words(words, softly) for words in questions)
        speech = self._speech(reply.speech, asked, softly)
        return Response(
            output_speech=SsmlOutputSpeech(ssml=SPEAK.format(speech)) if speech else None,
            reprompt=Reprompt(output_speech=SsmlOutputSpeech(ssml=SPEAK.format(again))) if again else None,
            card=self._any_card(reply),
            directives=[*played, *self._directives(reply)] or None,
            should_end_session=not reply.ask if speech or played else None,
        )

    def _speech(self, parts: Sequence[Say | Play], asked: str, softly: bool) -> str:
        """All parts, then the question, which is always whole."""
        room = MAX_SPEECH_CHARACTERS - len(SPEAK) - len(asked) - 1
        pieces: list[str] = []
        for piece in self._pieces(parts, softly):
            if len(piece) + 1 > room:
                log.warning("an answer ran over %d characters; its end was left out", MAX_SPEECH_CHARACTERS)
                break
            pieces.append(piece)
            room -= len(piece) + 1
        return " ".join(piece for piece in [*pieces, asked] if piece)

    def _pieces(self, parts: Sequence[Say | Play], softly: bool) -> Iterator[str]:
        clips, seconds = 0, 0.0
        for part in parts:
            if isinstance(part, Say):
                yield self._words(part, softly)
                continue
            for clip in part.clips:
                clips, seconds = clips + 1, seconds + clip.seconds
                if clips > MAX_CLIPS or seconds > MAX_CLIPS_SECONDS:
                    log.warning("an answer held more clips than Alexa plays; the last were left out")
                    return
                yield self._clip(clip, softly)

    def _clip(self, clip: Clip, softly: bool) -> str:
        if self.audio_url:
            return f'<audio src="{escape(f"{self.audio_url}/{clip.file_for(softly)}")}"/>'
        return f"<p>{_spoken(clip.text, softly)}</p>"

    def _words(self, words: Say, softly: bool) -> str:
        return _spoken(self.prompts.text(words), softly)

    def _any_card(self, reply: Reply) -> SimpleCard | AskForPermissionsConsentCard | None:
        """An answer has one card; the one that asks for permissions comes first."""
        if reply.consent:
            return AskForPermissionsConsentCard(permissions=list(reply.consent))
        return self._card(reply.card) if reply.card else None

    def _directives(self, reply: Reply) -> Iterator[Directive]:
        yield from (_asking(wanted) for wanted in reply.directives if isinstance(wanted, AskPermission))
        if reply.screen:
            yield render_document(reply.screen, tuple(self._readable(reply)), self.prompts)

    def _readable(self, reply: Reply) -> Iterator[str]:
        """All that is spoken, a paragraph each, as a screen shows it."""
        for part in reply.speech:
            if isinstance(part, Say):
                yield self.prompts.text(part)
            else:
                yield from (clip.text for clip in part.clips)
        if reply.ask:
            yield self.prompts.text(wording.question(reply.ask, self.library, reply.reminder)[0])

    def _card(self, card: Card) -> SimpleCard:
        title = self.prompts.text(card.title)
        text = "\n".join(self.prompts.text(line) for line in card.lines)
        return SimpleCard(title=title, content=text[: MAX_CARD_CHARACTERS - len(title)])


def _spoken(text: str, softly: bool) -> str:
    words = escape(text, quote=False)
    return SOFTLY.format(words) if softly else words


def _asking(permission: AskPermission) -> SendRequestDirective:
    """Alexa's own question for it, by voice ("Set up voice permissions for reminders", version 2)."""
    scope = {"permissionScope": permission.scope, "consentLevel": "ACCOUNT"}
    payload = {"@type": "AskForPermissionsConsentRequest", "@version": "2", "permissionScopes": [scope]}
    return SendRequestDirective(name="AskFor", payload=payload, token=permission.token)
