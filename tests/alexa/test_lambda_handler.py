"""The skill on AWS Lambda: in this process, and under AWS's own runtime client."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from skill.alexa.lambda_handler import RETIRE, build_handler
from skill.alexa.refusals import Refused
from skill.alexa.start import STORE_FILE
from skill.errors import NightfeedError
from skill.limits import RETENTION
from skill.log_lines import JsonLines
from skill.settings import Settings, read_settings
from skill.store.contract import StoreError
from skill.store.sqlite import SqliteStore
from skill.talk.speaker import Device, request_envelope
from skill.talk.understanding import LAUNCH, Heard
from tests.lambda_function import (
    CONVERSATION,
    LISTENER,
    LambdaFunction,
    hold_a_conversation,
    running,
    variables,
)
from tests.server import PROJECT

NEVER = {"flask", "werkzeug", "waitress", "jinja2", "requests", "boto3", "cryptography"}
"""What a function that is to start fast does without."""


def settings_in(data: Path, **changes: str) -> Settings:
    return read_settings(variables(data) | {"NIGHTFEED_PROJECT": str(PROJECT)} | changes, PROJECT)


def launch() -> dict[str, Any]:
    return request_envelope(Heard(LAUNCH), Device(LISTENER), None, datetime.now(UTC))


def test_an_event_is_answered(tmp_path: Path) -> None:
    answered = build_handler(settings_in(tmp_path))(launch(), None)
    assert answered["response"]["outputSpeech"]["ssml"].startswith("<speak>")
    assert answered["response"]["shouldEndSession"] is False


def test_another_skills_event_is_refused_and_so_is_one_that_names_no_skill(tmp_path: Path) -> None:
    handler = build_handler(settings_in(tmp_path))
    other = launch()
    other["context"]["System"]["application"] = {"applicationId": "amzn1.ask.skill.other"}
    with pytest.raises(Refused, match="for another skill"):
        handler(other, None)
    for nameless in ({}, {"task": "retire", "more": 1}, [], None):
        with pytest.raises(Refused, match="no application id"):
            handler(nameless, None)


def test_without_a_skill_id_any_skill_may_call(tmp_path: Path) -> None:
    handler = build_handler(settings_in(tmp_path, NIGHTFEED_SKILL_ID=""))
    assert handler(launch(), None)["response"]["outputSpeech"]
    assert handler({"what": "is this"}, None)["response"] == {}


def test_without_a_listener_key_there_is_no_handler(tmp_path: Path) -> None:
    with pytest.raises(NightfeedError, match="NIGHTFEED_LISTENER_KEY is not set"):
        build_handler(replace(settings_in(tmp_path), listener_key=""))


def test_the_schedule_retires_what_is_older_than_the_promise(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = SqliteStore(tmp_path / STORE_FILE)
    now = datetime.now(UTC)
    store.start("gone", "sleep", now - RETENTION - timedelta(days=1))
    store.start("here", "sleep", now - RETENTION + timedelta(days=1))
    with caplog.at_level(logging.INFO):
        assert build_handler(settings_in(tmp_path))(RETIRE, None) == {"hearings": 1}
    (record,) = (record for record in caplog.records if record.getMessage() == "retired")
    assert json.loads(JsonLines().format(record))["hearings"] == 1
    assert not store.listener("gone").hearings
    assert store.listener("here").hearings


def test_a_store_that_cannot_retire_is_an_error_that_lambda_counts(tmp_path: Path) -> None:
    handler = build_handler(settings_in(tmp_path))
    (tmp_path / STORE_FILE).write_text("no database at all, but long enough to be looked at as one " * 20)
    with pytest.raises(StoreError):
        handler(RETIRE, None)


def test_starting_and_answering_load_no_server_and_nothing_of_the_editors_side(tmp_path: Path) -> None:
    script = (
        "import json, sys; from lambda_function import handler;"
        "assert handler(json.load(sys.stdin), None)['response']['outputSpeech'];"
        "print(' '.join(sys.modules))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script],
        input=json.dumps(launch()),
        capture_output=True,
        text=True,
        env=os.environ | variables(tmp_path) | {"PYTHONPATH": f"{PROJECT / 'deploy'}{os.pathsep}{PROJECT}"},
    )
    assert not ran.returncode, ran.stderr
    loaded = {name.split(".")[0] for name in ran.stdout.split()}
    assert not NEVER & loaded
    parts = {".".join(name.split(".")[:2]) for name in ran.stdout.split()}
    assert not {f"skill.{part}" for part in ("guides", "studio", "listen", "talk", "checking", "cli")} & parts


@pytest.fixture
def function(tmp_path: Path) -> Iterator[LambdaFunction]:
    """The function, as the checkout has it, under AWS's runtime client."""
    with in_checkout(tmp_path, variables(tmp_path / "data")) as started:
        yield started


def in_checkout(folder: Path, settings: dict[str, str]) -> AbstractContextManager[LambdaFunction]:
    path = {"PYTHONPATH": os.pathsep.join((str(PROJECT / "deploy"), str(PROJECT)))}
    command = [sys.executable, "-m", "awslambdaric", "lambda_function.handler"]
    return running(command, folder, settings | path, folder / "log")


@pytest.mark.heavy
def test_a_conversation_is_held_and_the_vote_kept_and_each_turn_is_a_line(
    function: LambdaFunction, tmp_path: Path
) -> None:
    hold_a_conversation(function, tmp_path / "data")
    lines = [json.loads(line) for line in function.log.read_text().splitlines()]
    assert [line["message"] for line in lines] == ["turn"] * len(CONVERSATION)


@pytest.mark.heavy
def test_what_is_not_ours_is_an_error_and_the_next_event_is_answered(function: LambdaFunction) -> None:
    other = launch()
    other["session"]["application"] = {"applicationId": "amzn1.ask.skill.other"}
    refused = function.invoke(json.dumps(other))
    assert refused.path.endswith("/error")
    assert refused.body["errorType"] == "Refused"
    assert refused.body["errorMessage"] == "the request is for another skill"

    for broken in ({"some": "thing"}, "a text", None):
        assert function.invoke(json.dumps(broken)).body["errorType"] == "Refused"
    assert function.invoke("{not JSON").path.endswith("/error")

    emptied = launch() | {"request": {"type": "Of.Tomorrow", "requestId": 5}}
    assert json.loads(function.answer(json.dumps(emptied)))["response"] == {}
    assert json.loads(function.answer(json.dumps(launch())))["response"]["outputSpeech"]
    assert LISTENER not in function.log.read_text()


@pytest.mark.heavy
def test_a_function_that_lacks_its_key_says_so_when_it_starts(tmp_path: Path) -> None:
    with in_checkout(tmp_path, variables(tmp_path) | {"NIGHTFEED_LISTENER_KEY": ""}) as function:
        outcome = function.outcome()
    assert outcome.path == "init/error"
    assert outcome.body["errorType"] == "NightfeedError"
    assert "NIGHTFEED_LISTENER_KEY is not set" in outcome.body["errorMessage"]
