"""The sample skill behind flask-ask-sdk, its verifiers on."""

import re

from first_turn import through_wsgi
from flask import Flask
from stock_skill import builder

ONE_DIGIT, ANY_DIGITS = r"\b(\d\.\d\.\d[a-z]*)\b", r"\b(\d\.\d\.\d+[a-z]*)\b"
"""How oscrypto reads OpenSSL's version, and how it would have to, to read 3.0.10 and later."""


def _import_adapter():
    # oscrypto is no longer maintained. Nothing else of it, or of the verifiers, is changed.
    search = re.search
    re.search = lambda pattern, *given: search(ANY_DIGITS if pattern == ONE_DIGIT else pattern, *given)
    try:
        from flask_ask_sdk.skill_adapter import SkillAdapter
    finally:
        re.search = search
    return SkillAdapter


app = Flask(__name__)
_import_adapter()(skill=builder().create(), skill_id="sample", app=app).register(app=app, route="/alexa")


def answer(request):
    return through_wsgi(app, request)
