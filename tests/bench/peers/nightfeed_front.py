"""The application that `nightfeed serve --workers` has in each worker, made of the same parts."""

import os
from datetime import UTC, datetime
from pathlib import Path

from first_turn import through_wsgi

from skill.alexa.certificates import SigningCertificates
from skill.alexa.flask_adapter import SignedRequestVerifier
from skill.alexa.start import read_house
from skill.listen.app import Site, create_app
from skill.settings import read_settings

settings = read_settings(os.environ, Path.cwd())
house = read_house(settings)
site = Site(
    house=house,
    audio=settings.audio,
    audio_url=settings.audio_url,
    verifiers=[SignedRequestVerifier(SigningCertificates(house.clock), settings.skill_id, house.clock)],
    speaker=None,
    base_url=house.show.base_url,
    modified=datetime.fromtimestamp(settings.library.stat().st_mtime, UTC),
    proxies=1,
)
app = create_app(site)


def answer(request):
    return through_wsgi(app, request)
