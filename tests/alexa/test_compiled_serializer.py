"""The compiled serializer makes of every request what the SDK's own does."""

import json
import subprocess
import sys
from random import Random
from typing import Any

import pytest
from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model import LaunchRequest, RequestEnvelope

from skill.alexa.compiled_serializer import CompiledSerializer
from tests.envelopes import KINDS, intent, launch, playing, touch
from tests.faults import faulty_envelope
from tests.server import PROJECT

EACH = 60
MUTATED = 3_000


def outcome(serializer: DefaultSerializer, body: str) -> tuple[type[Exception] | None, Any, str]:
    """What is raised, or else the envelope, and its JSON."""
    try:
        envelope = serializer.deserialize(body, RequestEnvelope)
    except Exception as error:
        return type(error), None, ""
    return None, envelope, json.dumps(serializer.serialize(envelope))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_request_becomes_the_same_object_and_the_same_json(kind: str) -> None:
    random = Random(kind)
    for _ in range(EACH):
        body = json.dumps(KINDS[kind](random))
        assert outcome(CompiledSerializer(), body) == outcome(DefaultSerializer(), body)


def test_what_is_wrong_with_a_request_means_and_raises_the_same() -> None:
    random = Random(7)
    raised = 0
    for _ in range(MUTATED):
        _, body = faulty_envelope(random)
        ours, theirs = outcome(CompiledSerializer(), body), outcome(DefaultSerializer(), body)
        assert ours == theirs, body
        raised += ours[0] is not None
    assert MUTATED / 20 < raised < MUTATED * 19 / 20


@pytest.mark.parametrize(
    "stamp", ["2026-03-01T03:00:00Z", "2026-03-01T03:00:00.250Z", "2026-03-01T03:00:00+01:00", "March 2026"]
)
def test_times_are_the_same_times(stamp: str) -> None:
    body = json.dumps({"request": {"type": "LaunchRequest", "timestamp": stamp}})
    ours, theirs = (
        each.deserialize(body, RequestEnvelope).request.timestamp
        for each in (CompiledSerializer(), DefaultSerializer())
    )
    assert (ours, ours.utcoffset()) == (theirs, theirs.utcoffset())


def test_what_the_model_does_not_know_is_kept_as_it_came() -> None:
    body = json.dumps({"request": {"type": "LaunchRequest", "mood": ["tired"], "request_id": "r"}, "new": 1})
    envelope = CompiledSerializer().deserialize(body, RequestEnvelope)
    assert (envelope.new, envelope.request.mood, envelope.request.request_id) == (1, ["tired"], "r")
    assert isinstance(envelope.request, LaunchRequest)


def test_an_object_is_its_own() -> None:
    body = json.dumps({"request": {"type": "LaunchRequest", "requestId": "first"}})
    first, second = (CompiledSerializer().deserialize(body, RequestEnvelope) for _ in range(2))
    first.request.request_id = "changed"
    assert second.request.request_id == "first"


def test_many_first_requests_at_once_are_all_read() -> None:
    script = """
import json, sys, threading
from ask_sdk_model import RequestEnvelope
from skill.alexa.compiled_serializer import CompiledSerializer
sys.setswitchinterval(1e-5)
bodies, read, together = json.load(sys.stdin), [], threading.Barrier(16)
def first(body):
    together.wait()
    read.append(CompiledSerializer().deserialize(body, RequestEnvelope).request.object_type)
threads = [threading.Thread(target=first, args=(body,)) for body in bodies]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(len(read))
"""
    bodies = [json.dumps(kind(Random(1))) for kind in (launch, intent, playing, touch)] * 4
    done = subprocess.run(
        [sys.executable, "-c", script], input=json.dumps(bodies), capture_output=True, text=True, cwd=PROJECT
    )
    assert (done.stdout, done.stderr) == ("16\n", "")


def test_the_sdk_is_seldom_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    def not_needed(*_: object) -> None:
        raise AssertionError("left to the SDK")

    monkeypatch.setattr(DefaultSerializer, "deserialize", not_needed)
    for kind in (launch, intent, playing, touch):
        CompiledSerializer().deserialize(json.dumps(kind(Random(1))), RequestEnvelope)
