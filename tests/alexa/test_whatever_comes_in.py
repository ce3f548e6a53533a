"""Whatever comes in gets a valid answer: thousands of envelopes of every kind, each with faults at random."""

import json
from http import HTTPStatus
from pathlib import Path
from random import Random

import pytest
from flask import Flask

from skill.alexa.skill import build_skill
from skill.listen import alexa_door
from tests.conversing import AUDIO_URL, make_house
from tests.envelopes import KINDS
from tests.faults import Stumbles, faulty_envelope, judge, run

SEEDS = range(8)
COUNT = 2_500
"""Envelopes of each seed: 20,000 together. scripts/bench faults sends more."""
COUNT_AT_THE_DOOR = 600
SHOWN = 3


@pytest.mark.parametrize("seed", SEEDS)
def test_every_envelope_gets_a_valid_answer_and_none_makes_the_skill_stumble(
    tmp_path: Path, seed: int
) -> None:
    *_, tally = run(tmp_path, COUNT, seed)
    assert tally.answers.total() == COUNT
    assert tally.answers.keys() == KINDS.keys()
    assert not tally.failures, "\n".join(tally.failures[:SHOWN])


def test_the_door_answers_them_or_refuses_what_is_no_json(tmp_path: Path) -> None:
    house = make_house(tmp_path)
    app = Flask(__name__)
    alexa_door.add(app, build_skill(house, AUDIO_URL), verifiers=())
    door = app.test_client()
    answered = 0
    with Stumbles() as stumbles:
        for number in range(COUNT_AT_THE_DOOR):
            _, body = faulty_envelope(Random(f"door {number}"))
            response = door.post("/alexa", data=body, content_type="application/json")
            if response.status_code == HTTPStatus.BAD_REQUEST:
                # The door reads JSON more strictly than the skill: half a pair of surrogates is none.
                assert "\\ud" in body or not is_json(body), body
                continue
            assert response.status_code == HTTPStatus.OK, body
            judge(body, response.text, house.library)
            answered += 1
    assert not stumbles.taken()
    assert answered > COUNT_AT_THE_DOOR / 2


def is_json(body: str) -> bool:
    try:
        return isinstance(json.loads(body), dict)
    except ValueError:
        return False
