"""The whole dialogue as an editor reads it: docs/conversation.md, made of phrases, prompts, routes."""

from collections.abc import Iterator, Mapping

from skill.alexa.interaction_model import AMAZON
from skill.alexa.phrases import Phrases
from skill.dialogue.reply import Question
from skill.dialogue.routes import ROUTES
from skill.prompts import Prompts

SHOWN = 4
"""Ways to say a thing that the page shows of each intent."""
HEAD = """# The conversation

All that Nightfeed says, and how it may be asked, made from `content/prompts/`, `content/phrases/` and
`skill/dialogue/` by `nightfeed dialogue > docs/conversation.md`. In braces stands what is filled in.
"""


def conversation_page(phrases: Phrases, prompts: Prompts) -> str:
    """The page, as Markdown."""
    lines = [HEAD, "## What a listener may say", "", *_asked(phrases)]
    lines += ["", "## What Nightfeed asks", "", *_questions(prompts.texts)]
    lines += ["", "## What Nightfeed says", *_said(prompts.texts)]
    lines += [line for locale, local in prompts.local.items() for line in _local(locale, local, prompts)]
    return "\n".join(lines) + "\n"


def _asked(phrases: Phrases) -> Iterator[str]:
    yield "| for example | more ways | answered by |"
    yield "|---|---|---|"
    for route in ROUTES:
        intent = phrases.intents.get(route.name)
        if intent and intent.samples:
            shown = "; ".join(f"“{sample}”" for sample in intent.samples[:SHOWN])
            more = len(intent.samples) - min(SHOWN, len(intent.samples))
            topic = f"{route.topic.__module__.rpartition('.')[2]}.{route.topic.__name__}"
            note = " and Alexa's own" if route.name.startswith(AMAZON) else ""
            yield f"| {shown} | {more}{note} | `{topic}` |"


def _questions(texts: Mapping[str, str]) -> Iterator[str]:
    yield "| question | after a silence |"
    yield "|---|---|"
    for question in Question:
        yield f"| {texts[f'ask.{question}.say']} | {texts[f'ask.{question}.again']} |"


def _said(texts: Mapping[str, str]) -> Iterator[str]:
    table = ""
    for key, text in texts.items():
        name, _, rest = key.partition(".")
        if name == "ask":
            continue
        if name != table:
            table = name
            yield from ("", f"### {name.capitalize()}", "", "| when | what |", "|---|---|")
        yield f"| {rest.replace('_', ' ')} | {text} |"


def _local(locale: str, local: Prompts, common: Prompts) -> Iterator[str]:
    yield from ("", f"### Otherwise in {locale}", "", "| when | what |", "|---|---|")
    for key, text in local.texts.items():
        if text != common.texts.get(key):
            yield f"| {key.replace('_', ' ')} | {text} |"
