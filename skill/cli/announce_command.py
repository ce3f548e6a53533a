"""nightfeed announce"""

import json
from datetime import UTC, datetime

import click

from skill.alexa.package import locales, read_manifest
from skill.alexa.proactive_events import Credentials, MaybeSentError, hosts, log_in, media_available, send
from skill.alexa.start import open_store
from skill.errors import NightfeedError
from skill.library import Guide, read_library
from skill.settings import Settings
from skill.show import read_show
from skill.store.contract import Store


@click.command("announce")
@click.argument("guide")
@click.option("--send", "really", is_flag=True, help="Send it; else it is only shown.")
@click.option("--live", is_flag=True, help="To all listeners, not only to those who test the skill.")
@click.option("--again", is_flag=True, help="Even where it was sent before, or may have been.")
@click.pass_obj
def command(settings: Settings, guide: str, really: bool, live: bool, again: bool) -> None:
    """Tell listeners who allow it, in every region, that the guide (its file's name without .md) is there."""
    published = locales(read_manifest(settings.project / "skill.json"))
    show = read_show(settings.content / "show.toml")
    event = media_available(_chosen(settings, guide), show, published, datetime.now(UTC))
    if not really:
        click.echo(json.dumps(event, indent=2, ensure_ascii=False))
        click.echo("Nothing is sent without --send.", err=True)
        return
    if not (settings.client_id and settings.client_secret):
        raise NightfeedError(
            "set NIGHTFEED_CLIENT_ID and NIGHTFEED_CLIENT_SECRET, from the skill's Permissions page"
        )
    token = log_in(Credentials(settings.client_id, settings.client_secret))
    store = open_store(settings)
    stage = "live" if live else "development"
    for host in hosts(published):
        claim = f"{guide} {stage} {host}"
        if again:
            store.withdraw_announcement(claim)
        if not store.claim_announcement(claim, datetime.now(UTC)):
            click.echo(f"{host}: announced before ({stage}); to do it again: --again")
        elif _sent(store, claim, event, host, token, live):
            click.echo(f"{host}: announced ({stage})")
        else:
            click.echo(f"{host}: Alexa has had this announcement before ({stage})")


def _sent(store: Store, claim: str, event: dict[str, object], host: str, token: str, live: bool) -> bool:
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
