"""nightfeed serve"""

import ipaddress
import logging
import signal
import socket
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from skill.errors import NightfeedError
from skill.log_lines import log_in_lines
from skill.settings import Settings

if TYPE_CHECKING:
    from flask import Flask

    from skill.listen.app import Site
    from skill.talk.conversation import Speaker

THREADS = 8
CONNECTIONS = 1000
ENDINGS = (signal.SIGINT, signal.SIGTERM)
LARGEST_BODY = 1024 * 1024
"""Bytes that are read at all: the application has its own, lower limit, and a kinder refusal."""
PORTS = click.IntRange(0, 65535)


@dataclass(frozen=True)
class Serving:
    """How it is served."""

    address: str
    """Such as http://127.0.0.1:8000."""
    unsigned: bool
    at_the_desk: bool
    """For whoever sits at this machine, rather than for the public."""
    proxies: int


@click.command("serve")
@click.option(
    "--host", default="127.0.0.1", envvar="NIGHTFEED_HOST", show_default=True, help="Address to listen on."
)
@click.option(
    "--port", default=8000, type=PORTS, envvar="NIGHTFEED_PORT", show_default=True, help="0 for any free one."
)
@click.option("--unsigned", is_flag=True, help="Answer /alexa without a signature. On loopback only.")
@click.option(
    "--workers",
    type=click.IntRange(1),
    envvar="NIGHTFEED_WORKERS",
    help="Serve the public by so many processes, behind a proxy that speaks https.",
)
@click.option(
    "--proxies",
    type=click.IntRange(0),
    default=0,
    envvar="NIGHTFEED_PROXIES",
    show_default=True,
    help="How many proxies are in front, each naming in X-Forwarded-For who asked it.",
)
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Instead of NIGHTFEED_DATA.")
@click.pass_obj
def command(
    settings: Settings,
    host: str,
    port: int,
    unsigned: bool,
    workers: int | None,
    proxies: int,
    data: Path | None,
) -> None:
    """Answer Alexa at /alexa, serve pages, feed and recordings and, on loopback, the talk page at /talk.

    \b
    NIGHTFEED_SKILL_ID   the only skill that may call (any, where it is not set)
    NIGHTFEED_AUDIO_URL  public https address of /audio; without it, Alexa speaks the text herself
    NIGHTFEED_DATA       folder of the listeners' SQLite file

    With --workers, there is no talk page, the pages have the address that show.toml gives them, and the log
    has a line of JSON for every turn.
    """
    loopback = _is_loopback(host)
    if unsigned and (workers or not loopback):
        raise NightfeedError(
            f"--unsigned answers anybody, so it needs a loopback --host, and no --workers; this is {host}"
        )
    if data:
        settings = replace(settings, data=data)
    listening = _bound(host, port)
    serving = Serving(_address(listening), unsigned, at_the_desk=loopback and not workers, proxies=proxies)
    if workers:
        log_in_lines()
        _serve_with_workers(settings, serving, listening, workers)
    else:
        logging.basicConfig(format="%(levelname)s %(name)s: %(message)s")
        # It warns of every request that waits for a thread, be it for a millisecond.
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        _serve(settings, serving, listening)


def _serve_with_workers(settings: Settings, serving: Serving, listening: socket.socket, workers: int) -> None:
    try:
        from skill.listen.workers import Workers
    except ImportError:
        raise NightfeedError("--workers needs a system with fork; leave it out here") from None
    site = _read_site(settings, serving)
    app = _app(site)
    _welcome(settings, serving)
    Workers(app, lambda: _retire_daily(site), listening, workers, THREADS).run()


def _serve(settings: Settings, serving: Serving, listening: socket.socket) -> None:
    # Imported late: --help and a wrong flag need not load the skill.
    import waitress

    for ending in ENDINGS:
        signal.signal(ending, _end)
    site = _read_site(settings, serving)
    app = _app(site)
    _retire_daily(site)
    _welcome(settings, serving)
    waitress.serve(
        app,
        sockets=[listening],
        threads=THREADS,
        connection_limit=CONNECTIONS,
        max_request_body_size=LARGEST_BODY,
    )


def _app(site: "Site") -> "Flask":
    from skill.alexa.start import keep_for_good
    from skill.listen.app import create_app

    app = create_app(site)
    keep_for_good()
    return app


def _retire_daily(site: "Site") -> None:
    from skill.store.retirement import retire_daily

    retire_daily(site.house.store, site.house.clock)


def _read_site(settings: Settings, serving: Serving) -> "Site":
    from skill.alexa.certificates import SigningCertificates
    from skill.alexa.flask_adapter import SignedRequestVerifier
    from skill.alexa.start import read_house
    from skill.listen.app import Site

    def speaker() -> "Speaker":
        from skill.talk.start import read_speaker

        return read_speaker(settings, house, own_audio)

    own_audio = f"{serving.address}/audio"
    house = read_house(settings)
    verifier = SignedRequestVerifier(SigningCertificates(house.clock), settings.skill_id or None, house.clock)
    return Site(
        house=house,
        audio=settings.audio,
        audio_url=settings.audio_url or (own_audio if serving.unsigned else ""),
        verifiers=[] if serving.unsigned else [verifier],
        speaker=speaker() if serving.at_the_desk else None,
        base_url=serving.address if serving.at_the_desk else house.show.base_url,
        modified=datetime.fromtimestamp(settings.library.stat().st_mtime, UTC),
        proxies=serving.proxies,
    )


def _welcome(settings: Settings, serving: Serving) -> None:
    if not serving.unsigned and not settings.skill_id:
        click.echo("nightfeed: NIGHTFEED_SKILL_ID is not set: any Alexa skill may call /alexa", err=True)
    talk = f": listen there, or talk at {serving.address}/talk" if serving.at_the_desk else ""
    click.echo(f"Nightfeed is at {serving.address}{talk}")


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
