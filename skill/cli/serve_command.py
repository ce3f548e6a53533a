"""nightfeed serve"""

import ipaddress
import logging
import signal
import socket
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from skill.errors import NightfeedError
from skill.settings import Settings

THREADS = 8
CONNECTIONS = 1000
ENDINGS = (signal.SIGINT, signal.SIGTERM)
LARGEST_BODY = 1024 * 1024
"""Bytes that are read at all: the application has its own, lower limit, and a kinder refusal."""
PORTS = click.IntRange(0, 65535)


@click.command("serve")
@click.option(
    "--host", default="127.0.0.1", envvar="NIGHTFEED_HOST", show_default=True, help="Address to listen on."
)
@click.option(
    "--port", default=8000, type=PORTS, envvar="NIGHTFEED_PORT", show_default=True, help="0 for any free one."
)
@click.option("--unsigned", is_flag=True, help="Answer /alexa without a signature. On loopback only.")
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Instead of NIGHTFEED_DATA.")
@click.pass_obj
def command(settings: Settings, host: str, port: int, unsigned: bool, data: Path | None) -> None:
    """Answer Alexa at /alexa, serve pages, feed and recordings and, on loopback, the talk page at /talk.

    \b
    NIGHTFEED_SKILL_ID   the only skill that may call (any, where it is not set)
    NIGHTFEED_AUDIO_URL  public https address of /audio; without it, Alexa speaks the text herself
    NIGHTFEED_DATA       folder of the listeners' SQLite file
    """
    loopback = _is_loopback(host)
    if unsigned and not loopback:
        raise NightfeedError(f"--unsigned answers anybody, so it needs a loopback --host; {host} is not one")
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s")
    # It warns of every request that waits for a thread, be it for a millisecond.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    if data:
        settings = replace(settings, data=data)
    listening = _bound(host, port)
    for ending in ENDINGS:
        signal.signal(ending, _end)
    _serve(settings, listening, unsigned, loopback)


def _serve(settings: Settings, listening: socket.socket, unsigned: bool, loopback: bool) -> None:
    # Imported late: --help and a wrong flag need not load the skill.
    import waitress

    from skill.alexa.certificates import SigningCertificates
    from skill.alexa.start import read_house
    from skill.alexa.verification import SignedRequestVerifier
    from skill.listen.app import Site, create_app
    from skill.talk.start import read_speaker

    address = _address(listening)
    own_audio = f"{address}/audio"
    house = read_house(settings)
    verifier = SignedRequestVerifier(SigningCertificates(house.clock), settings.skill_id or None, house.clock)
    site = Site(
        house=house,
        audio=settings.audio,
        audio_url=settings.audio_url or (own_audio if unsigned else ""),
        verifiers=[] if unsigned else [verifier],
        speaker=read_speaker(settings, house, own_audio) if loopback else None,
        base_url=address if loopback else house.show.base_url,
        modified=datetime.fromtimestamp(settings.library.stat().st_mtime, UTC),
    )
    if not unsigned and not settings.skill_id:
        click.echo("nightfeed: NIGHTFEED_SKILL_ID is not set: any Alexa skill may call /alexa", err=True)
    click.echo(
        f"Nightfeed is at {address}" + (f": listen there, or talk at {address}/talk" if loopback else "")
    )
    waitress.serve(
        create_app(site),
        sockets=[listening],
        threads=THREADS,
        connection_limit=CONNECTIONS,
        max_request_body_size=LARGEST_BODY,
    )


def _end(number: int, frame: object) -> None:
    """Let waitress finish what it is answering; a second signal does not break into that."""
    for ending in ENDINGS:
        signal.signal(ending, lambda *_: None)
    raise KeyboardInterrupt


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise NightfeedError(
            f"cannot listen on {host}:{port} ({error.strerror}); choose another --host or --port"
        ) from None


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
