"""Nightfeed's bundle for Lambda."""

import json

from lambda_function import handler


def answer(body):
    return json.dumps(handler(json.loads(body), None))
