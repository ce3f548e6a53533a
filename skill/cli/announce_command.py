"""nightfeed announce"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import click

from skill.alexa.package import locales, read_manifest
from skill.alexa.proactive_events import Credentials, MaybeSentError, hosts, log_in, media_available, send
from skill.alexa.start import open_store
from skill.errors import NightfeedError
from skill.library import Guide, read_library
from skill.settings import Settings
from skill.show import read_show
from skill.store.contract import Store

NOT_SENT = "Nothing is sent without --send."


@dataclass(frozen=True)
class Announced:
    """How it went in one region."""

    line: str
    """For an editor."""
    new: bool
    """Whether it was told just now."""


@click.command("announce")
@click.argument("guide")
@click.option("--send", "really", is_flag=True, help="Send it; else it is only shown.")
@click.option("--live", is_flag=True, help="To all listeners, not only to those who test the skill.")
@click.option("--again", is_flag=True, help="Even where it was sent before, or may have been.")
@click.pass_obj
def command(settings: Settings, guide: str, really: bool, live: bool, again: bool) -> None:
    """Tell listeners who allow it, in every region, that the guide (its file's name without .md) is there."""
    event = announcement(settings, guide)
    if not really:
        click.echo(event_shown(event))
        click.echo(NOT_SENT, err=True)
        return
    for told in announce(settings, guide, event, live, again):
        click.echo(told.line)


def announcement(settings: Settings, guide: str) -> dict[str, Any]:
    """The event that tells of the recorded guide. Raises NightfeedError where there is no such guide."""
    published = locales(read_manifest(settings.project / "skill.json"))
    show = read_show(settings.content / "show.toml")
    return media_available(_chosen(settings, guide), show, published, datetime.now(UTC))


def event_shown(event: Mapping[str, Any]) -> str:
    """The event as an editor reads it."""
    return json.dumps(event, indent=2, ensure_ascii=False)


def announce(
    settings: Settings, guide: str, event: Mapping[str, Any], live: bool, again: bool = False
) -> Iterator[Announced]:
    """Send the event to every region that has not had it; each is told of as it is done.

    Raises NightfeedError where a region does not take it: those before it have it, and are not told twice.
    """
    if not (settings.client_id and settings.client_secret):
        raise NightfeedError(
            "set NIGHTFEED_CLIENT_ID and NIGHTFEED_CLIENT_SECRET, from the skill's Permissions page"
        )
    token = log_in(Credentials(settings.client_id, settings.client_secret))
    store = open_store(settings)
    stage = "live" if live else "development"
    for host in hosts(locales(read_manifest(settings.project / "skill.json"))):
        claim = f"{guide} {stage} {host}"
        if again:
            store.withdraw_announcement(claim)
        if not store.claim_announcement(claim, datetime.now(UTC)):
            yield Announced(f"{host}: announced before ({stage}); to do it again: --again", False)
        elif _sent(store, claim, event, host, token, live):
            yield Announced(f"{host}: announced ({stage})", True)
        else:
            yield Announced(f"{host}: Alexa has had this announcement before ({stage})", False)


def _sent(store: Store, claim: str, event: Mapping[str, Any], host: str, token: str, live: bool) -> bool:
    """See `send`; only what was surely not sent may be sent anew without being asked for."""
    try:
        return send(event, host, token, live)
    except MaybeSentError as error:
        raise NightfeedError(f"{error}; it isn't sent there again without --again") from None
    except NightfeedError:
        store.withdraw_announcement(claim)
        raise


def _chosen(settings: Settings, slug: str) -> Guide:
    library = read_library(settings.library)
    guide = library.guide(slug)
    if not guide:
        known = ", ".join(guide.slug for guide in library.guides)
        raise NightfeedError(f"there is no recorded guide {slug!r}; choose one of: {known}")
    return guide
