"""A screen → Alexa's directive to show it: the document (apl_document.json), and the data of one turn."""

import json
from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from skill.alexa.compiled_serializer import sdk_class
from skill.dialogue.reply import Screen
from skill.prompts import Prompts, Value

if TYPE_CHECKING:
    from ask_sdk_model.interfaces.alexa.presentation.apl import RenderDocumentDirective

TOKEN = "nightfeed"  # noqa: S105 - names the document on the device
DIRECTIVE = (
    "ask_sdk_model.interfaces.alexa.presentation.apl.render_document_directive.RenderDocumentDirective"
)
PARAGRAPH = "<br><br>"


def render_document(screen: Screen, spoken: Sequence[str], prompts: Prompts) -> "RenderDocumentDirective":
    """The directive; `spoken` are the paragraphs that are heard meanwhile, as plain text."""

    def text(value: Value) -> str:
        # A Text component reads <…> as marks.
        return escape(prompts.text(value), quote=False)

    shown = {
        "title": text(screen.title),
        "part": text(screen.part),
        "progress": text(screen.progress),
        "picture": screen.picture,
        "pictureAlt": prompts.text(screen.picture_alt),
        "words": PARAGRAPH.join(escape(paragraph, quote=False) for paragraph in spoken),
        "touches": [{"label": text(touch.label), "intent": touch.intent} for touch in screen.touches],
    }
    # It brings a hundred modules with it, for which a device without a screen need not wait.
    directive: type[RenderDocumentDirective] = sdk_class(DIRECTIVE)
    return directive(token=TOKEN, document=document(), datasources={"screen": shown})


@cache
def document() -> dict[str, Any]:
    """The document, the same for every screen: it fits itself to the viewport."""
    read: dict[str, Any] = json.loads(
        (files("skill.alexa") / "apl_document.json").read_text(encoding="utf-8")
    )
    return read
