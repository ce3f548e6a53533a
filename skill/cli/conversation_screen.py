"""A typed conversation, as the terminal shows it."""

import json
from collections.abc import Iterator, Sequence

import click

from skill.talk.conversation import Exchange, Speaker
from skill.talk.speaker import OpenSession, Step

OPENING = "open nightfeed"
PROMPT = "you: "


def converse(speaker: Speaker, listener: str, words: Sequence[str], as_json: bool) -> None:
    """Open the skill, then answer what is said until the skill closes the session or nothing more is said.

    As JSON, standard output gets the exchanges alone.
    """
    session: OpenSession | None = None
    for text in _said(words, as_json):
        if session is None or text:
            exchange = speaker.hear(text or OPENING, listener, session)
            _show(exchange, as_json)
            session = exchange.session
        else:
            click.echo(f"nightfeed: {exchange.again}", err=as_json)
        if session is None and not words:
            return
    if session:
        speaker.leave(listener, session)


def _said(words: Sequence[str], as_json: bool) -> Iterator[str]:
    yield OPENING
    if words:
        for text in words:
            click.echo(f"{PROMPT}{text}", err=as_json)
            yield text
        return
    while True:
        try:
            yield click.prompt(PROMPT.rstrip(": "), default="", show_default=False, err=as_json).strip()
        except click.Abort:
            click.echo(err=as_json)
            return


def _show(exchange: Exchange, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"request": exchange.request, "response": exchange.response}))
        return
    for step in exchange.steps:
        click.echo(_line(step))
    if exchange.card:
        click.echo(click.style(f"  [card] {exchange.card.title}: {exchange.card.content}", dim=True))


def _line(step: Step) -> str:
    if not step.clip:
        return f"nightfeed: {step.text}"
    return click.style(f"  ♪ {step.clip.seconds:.0f} s  {step.text}", dim=True)
