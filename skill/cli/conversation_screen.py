"""A typed conversation, as the terminal shows it."""

import json
from collections.abc import Iterator, Sequence

import click

from skill.talk.conversation import Exchange, Speaker
from skill.talk.speaker import OpenSession, Step

OPENING = "open nightfeed"
PROMPT = "you: "


def converse(speaker: Speaker, listener: str, words: Sequence[str], show_json: bool) -> None:
    """Open the skill, then answer what is said until the skill closes the session or nothing more is said."""
    session: OpenSession | None = None
    for text in _said(words):
        if session is None or text:
            exchange = speaker.hear(text or OPENING, listener, session)
            _show(exchange, show_json)
            session = exchange.session
        else:
            click.echo(f"nightfeed: {exchange.again}")
        if session is None and not words:
            return
    if session:
        speaker.leave(listener, session)


def _said(words: Sequence[str]) -> Iterator[str]:
    yield OPENING
    if words:
        for text in words:
            click.echo(f"{PROMPT}{text}")
            yield text
        return
    while True:
        try:
            yield click.prompt(PROMPT.rstrip(": "), default="", show_default=False).strip()
        except click.Abort:
            click.echo()
            return


def _show(exchange: Exchange, show_json: bool) -> None:
    if show_json:
        click.echo(json.dumps({"request": exchange.request, "response": exchange.response}, indent=2))
    for step in exchange.steps:
        click.echo(_line(step))
    card = exchange.response["response"].get("card")
    if card:
        click.echo(click.style(f"  [card] {card['title']}: {card['content']}", dim=True))


def _line(step: Step) -> str:
    if not step.clip:
        return f"nightfeed: {step.text}"
    return click.style(f"  ♪ {step.clip.seconds:.0f} s  {step.text}", dim=True)
