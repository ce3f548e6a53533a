"""The stock sample's handlers behind Nightfeed's door: what the door alone takes."""

import os
from datetime import UTC, datetime

from flask import Flask
from sample_skill import made

from skill.alexa.certificates import SigningCertificates
from skill.alexa.flask_adapter import SignedRequestVerifier
from skill.listen import alexa_door


def clock():
    return datetime.now(UTC)


app = Flask(__name__)
verifier = SignedRequestVerifier(SigningCertificates(clock), os.environ["NIGHTFEED_SKILL_ID"], clock)
alexa_door.add(app, made(), [verifier])
