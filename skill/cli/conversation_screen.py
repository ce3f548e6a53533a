"""A typed conversation, as the terminal shows it."""

import json
from collections.abc import Iterable, Iterator, Sequence

import click

from skill.library import Library
from skill.talk.conversation import Exchange, Speaker
from skill.talk.player import Player, Report, Stream, finish, nearly_finish
from skill.talk.speaker import OpenSession, Step, clip_at

OPENING = "open nightfeed"
PROMPT = "you: "


def converse(speaker: Speaker, listener: str, words: Sequence[str], as_json: bool) -> None:
    """Open the skill, then answer what is said until it has nothing more to say or to play.

    A silence lets what plays play to its end; after the last of the words, all that follows too. As JSON,
    standard output gets the exchanges alone.
    """
    session: OpenSession | None = None
    player = Player()
    for text in _said(words, as_json):
        if text or not (session or player.plays):
            exchange = speaker.hear(text or OPENING, listener, session, player)
            _show(exchange, speaker.library, as_json)
            session = exchange.session
            player = _report(exchange.reports, speaker, listener, exchange.player or player, as_json)
        elif session:
            click.echo(f"nightfeed: {exchange.again}", err=as_json)
        else:
            player = _play_on(speaker, listener, player, as_json)
        if not (session or player.plays or words):
            return
    while words and player.plays:
        player = _play_on(speaker, listener, player, as_json)
    if session:
        speaker.leave(listener, session)


def _play_on(speaker: Speaker, listener: str, player: Player, as_json: bool) -> Player:
    """The stream that plays is heard to its end."""
    player = _report(nearly_finish(player)[1], speaker, listener, player, as_json)
    clip = player.stream and clip_at(player.stream.url, speaker.library)
    player, reports = finish(player, clip.seconds if clip else 0.0)
    return _report(reports, speaker, listener, player, as_json)


def _report(
    reports: Iterable[Report], speaker: Speaker, listener: str, player: Player, as_json: bool
) -> Player:
    for exchange in speaker.report(reports, listener, player):
        _show(exchange, speaker.library, as_json)
        player = exchange.player or player
    return player


def _said(words: Sequence[str], as_json: bool) -> Iterator[str]:
    if OPENING not in words[:1]:
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


def _show(exchange: Exchange, library: Library, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"request": exchange.request, "response": exchange.response}))
        return
    for step in exchange.steps:
        click.echo(_line(step))
    if exchange.heard.name == "PlaybackStarted" and exchange.player and exchange.player.stream:
        click.echo(_streamed(exchange.player.stream, library))
    if exchange.card:
        click.echo(click.style(f"  [card] {exchange.card.title}: {exchange.card.content}", dim=True))


def _streamed(stream: Stream, library: Library) -> str:
    clip = clip_at(stream.url, library)
    heard = f"{clip.seconds - stream.offset:.0f} s  {stream.title}: {clip.text}" if clip else stream.url
    return click.style(f"  ▶ {heard}", dim=True)


def _line(step: Step) -> str:
    if not step.clip:
        return f"nightfeed: {step.text}"
    return click.style(f"  ♪ {step.clip.seconds:.0f} s  {step.text}", dim=True)
