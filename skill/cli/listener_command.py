"""nightfeed listener"""

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import click

from skill.settings import Settings

if TYPE_CHECKING:
    from skill.store.contract import Store

BY_PAGE = click.option(
    "--page", is_flag=True, help="ID is one that a browser made up (on the listening page)."
)
ID = click.argument("listener_id", metavar="ID")


@click.group("listener")
def command() -> None:
    """Answer a listener who asks what is kept of her, or wants it deleted.

    ID is what Alexa calls her (amzn1.ask.account.…); it is kept as a keyed hash only.
    """


@command.command("export")
@ID
@BY_PAGE
@click.pass_obj
def export(settings: Settings, listener_id: str, page: bool) -> None:
    """List all that is kept of the listener, as JSON."""
    store, listener = _kept_under(settings, listener_id, page)
    # The last answer tells nothing that the rest does not, and is not hers to read.
    held = replace(store.listener(listener), answered=None)
    click.echo(json.dumps(asdict(held), indent=2, default=str))


@command.command("forget")
@ID
@BY_PAGE
@click.pass_obj
def forget(settings: Settings, listener_id: str, page: bool) -> None:
    """Delete all that is kept of the listener; her votes are no longer counted.

    A reminder that Alexa holds for her is hers to delete, in the Alexa app.
    """
    store, listener = _kept_under(settings, listener_id, page)
    reminded = store.listener(listener).reminder
    store.forget(listener)
    click.echo("Nothing is kept of this listener any more.")
    if reminded:
        click.echo("Alexa still reminds her every week: the reminder can be deleted in the Alexa app only.")


def _kept_under(settings: Settings, listener_id: str, page: bool) -> "tuple[Store, str]":
    from skill.alexa.start import open_store, read_listener_key
    from skill.store.listener_id import alexa_listener, page_listener

    hashed: Callable[[str, bytes], str] = page_listener if page else alexa_listener
    return open_store(settings), hashed(listener_id, read_listener_key(settings))
