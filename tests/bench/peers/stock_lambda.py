"""The sample skill as a Lambda handler."""

import json

from stock_skill import builder

handler = builder().lambda_handler()


def answer(body):
    return json.dumps(handler(json.loads(body), None))
