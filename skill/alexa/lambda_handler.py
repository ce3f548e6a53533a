"""The skill on AWS Lambda: events in, answers out.

Nothing happens when this module is imported. The bundle's lambda_function (deploy/lambda_function.py) calls
build_handler in Lambda's init phase, once for each process.
"""

import json
import logging
from collections.abc import Callable
from typing import Any

from skill.alexa.application import check_application
from skill.alexa.entry import answer
from skill.alexa.skill import build_skill
from skill.alexa.start import keep_for_good, read_house
from skill.errors import NightfeedError
from skill.limits import RETENTION
from skill.settings import Settings

log = logging.getLogger(__name__)

RETIRE = {"task": "retire"}
"""The event of the daily schedule in deploy/template.yaml."""

Handler = Callable[[Any, object], Any]
"""Event, from JSON, and Lambda's context → answer, for JSON."""


def build_handler(settings: Settings) -> Handler:
    """The handler of one process, with everything read. Raises NightfeedError for what cannot be.

    Lambda's own permission says who may call, so nothing is signed here. Where there is a skill id, the
    handler raises Refused for another skill's event; for RETIRE it raises StoreError where the store fails,
    so that Lambda tries again, and counts it.
    """
    if not settings.listener_key:
        raise NightfeedError(
            "NIGHTFEED_LISTENER_KEY is not set: a Lambda function has no folder to keep a key in; "
            "set it to a long secret"
        )
    house = read_house(settings)
    skill = build_skill(house, settings.audio_url)
    keep_for_good()

    def handler(event: Any, context: object) -> Any:
        if event == RETIRE:
            retired = house.store.retire(house.clock() - RETENTION)
            log.info("retired", extra={"told": {"hearings": retired}})
            return {"hearings": retired}
        if settings.skill_id:
            check_application(event, settings.skill_id)
        return json.loads(answer(skill, json.dumps(event)))

    return handler
