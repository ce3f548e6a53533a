"""Reply → Alexa's response: the one place that writes SSML, and that keeps every limit on an answer."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape

from ask_sdk_model import Response
from ask_sdk_model.ui import Reprompt, SimpleCard, SsmlOutputSpeech

from skill.dialogue import wording
from skill.dialogue.reply import Card, Play, Reply
from skill.library import Clip, Library
from skill.limits import MAX_CARD_CHARACTERS, MAX_CLIPS, MAX_CLIPS_SECONDS, MAX_SPEECH_CHARACTERS
from skill.prompts import Prompts, Say

log = logging.getLogger(__name__)

SPEAK = "<speak>{}</speak>"


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

    def response(self, reply: Reply) -> Response:
        """Alexa's response. It breaks no limit, whatever the reply holds: what does not fit is left out."""
        asked = again = ""
        if reply.ask:
            asked, again = (self._words(words) for words in wording.question(reply.ask, self.library))
        speech = self._speech(reply.speech, asked)
        return Response(
            output_speech=SsmlOutputSpeech(ssml=SPEAK.format(speech)) if speech else None,
            reprompt=Reprompt(output_speech=SsmlOutputSpeech(ssml=SPEAK.format(again))) if again else None,
            card=self._card(reply.card) if reply.card else None,
            should_end_session=not reply.ask if speech else None,
        )

    def _speech(self, parts: Sequence[Say | Play], asked: str) -> str:
        """All parts, then the question, which is always whole."""
        room = MAX_SPEECH_CHARACTERS - len(SPEAK) - len(asked) - 1
        pieces: list[str] = []
        for piece in self._pieces(parts):
            if len(piece) + 1 > room:
                log.warning("an answer ran over %d characters; its end was left out", MAX_SPEECH_CHARACTERS)
                break
            pieces.append(piece)
            room -= len(piece) + 1
        return " ".join(piece for piece in [*pieces, asked] if piece)

    def _pieces(self, parts: Sequence[Say | Play]) -> Iterator[str]:
        clips, seconds = 0, 0.0
        for part in parts:
            if isinstance(part, Say):
                yield self._words(part)
                continue
            for clip in part.clips:
                clips, seconds = clips + 1, seconds + clip.seconds
                if clips > MAX_CLIPS or seconds > MAX_CLIPS_SECONDS:
                    log.warning("an answer held more clips than Alexa plays; the last were left out")
                    return
                yield self._clip(clip)

    def _clip(self, clip: Clip) -> str:
        if self.audio_url:
            return f'<audio src="{escape(f"{self.audio_url}/{clip.file}")}"/>'
        return f"<p>{escape(clip.text, quote=False)}</p>"

    def _words(self, words: Say) -> str:
        return escape(self.prompts.text(words), quote=False)

    def _card(self, card: Card) -> SimpleCard:
        title = self.prompts.text(card.title)
        text = "\n".join(self.prompts.text(line) for line in card.lines)
        return SimpleCard(title=title, content=text[: MAX_CARD_CHARACTERS - len(title)])
