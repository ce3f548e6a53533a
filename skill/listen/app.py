"""The web application: which address is answered by what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug import Response
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from skill import __version__
from skill.alexa.flask_adapter import SignedRequestVerifier
from skill.alexa.skill import House, build_skill
from skill.limits import MAX_REQUEST_BYTES
from skill.listen import alexa_door, listening, recordings
from skill.listen.rate_limit import RateLimit
from skill.listen.site import site_files
from skill.store.calls import READ
from skill.store.contract import StoreError

if TYPE_CHECKING:
    from skill.talk.conversation import Speaker

VOTES, VOTES_WITHIN = 30, timedelta(hours=1)
"""How often one address may vote: a household's phones share one."""


@dataclass(frozen=True)
class Site:
    """What is served."""

    house: House
    audio: Path
    """Folder of the recordings."""
    audio_url: str
    """Where Alexa finds the recordings; empty: passages are spoken as text."""
    verifiers: Sequence[SignedRequestVerifier]
    """None of them: requests to /alexa need no signature."""
    speaker: "Speaker | None"
    """For the talk page; None: there is none."""
    base_url: str
    """Where the public finds the pages; no trailing slash."""
    modified: datetime
    """When the library was."""
    proxies: int = 0
    """How many are in front."""


def create_app(site: Site) -> Flask:
    """The application, with nothing read and nothing opened but what the site holds."""
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAX_REQUEST_BYTES
    app.register_error_handler(HTTPException, _in_one_line)
    app.register_blueprint(recordings.blueprint(site.audio, site.house.library))
    alexa_door.add(app, build_skill(site.house, site.audio_url), site.verifiers)
    house = site.house
    files = site_files(house.library, house.show, site.base_url, votes=True, talk=bool(site.speaker))
    app.register_blueprint(listening.blueprint(files, site.modified))
    limit = RateLimit(VOTES, VOTES_WITHIN, house.clock)
    app.register_blueprint(
        listening.voting(house.library, house.store, house.listener_key, house.clock, limit)
    )
    if site.speaker:
        # Its understanding of typed words takes longer to load than all the rest.
        from skill.listen import talk_page

        app.register_blueprint(talk_page.blueprint(site.speaker))

    @app.get("/health")
    def alive() -> dict[str, object]:
        return {"status": "ok", "version": __version__, "guides": len(house.library.guides)}

    @app.get("/health/ready")
    def ready() -> tuple[dict[str, object], int]:
        try:
            house.store_calls.answered(READ, lambda: house.store.listener(""))
        except StoreError:
            # Guides are read all the same; what she says is not remembered.
            return {"status": "the store cannot be read"}, HTTPStatus.SERVICE_UNAVAILABLE
        return {"status": "ready"}, HTTPStatus.OK

    if site.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=site.proxies, x_proto=site.proxies)  # type: ignore[method-assign]
    return app


def _in_one_line(error: HTTPException) -> Response:
    """A refusal as a line of text, with the headers that belong to it."""
    response = Response(f"{error.name}\n", error.code, error.get_headers())
    response.mimetype = "text/plain"
    return response
