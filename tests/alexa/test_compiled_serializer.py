"""The compiled serializer makes of every request what the SDK's own does."""

import json
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any

import pytest
from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model import LaunchRequest, RequestEnvelope, Slot, SlotConfirmationStatus

from skill.alexa.compiled_serializer import CompiledSerializer, _child, decoder, keys
from tests.envelopes import KINDS, intent, launch, playing, touch
from tests.faults import faulty_envelope
from tests.server import PROJECT

Kind = Callable[[Random], dict[str, Any]]

SDK_DESERIALIZE = DefaultSerializer.deserialize
EACH = 60
MUTATED = 3_000


def outcome(serializer: DefaultSerializer, body: str) -> tuple[type[Exception] | None, Any, str]:
    """What is raised, or else the envelope, and its JSON."""
    try:
        envelope = serializer.deserialize(body, RequestEnvelope)
    except Exception as error:
        return type(error), None, ""
    return None, envelope, json.dumps(serializer.serialize(envelope))


@pytest.fixture(autouse=True)
def nothing_met_before() -> None:
    for known in (decoder, keys, _child):
        known.cache_clear()


@pytest.fixture
def left_to_the_sdk(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """All that was not plain."""
    left: list[str] = []

    def deserialize(serializer: DefaultSerializer, payload: str, kind: Any) -> Any:
        left.append(payload)
        return SDK_DESERIALIZE(serializer, payload, kind)

    monkeypatch.setattr(DefaultSerializer, "deserialize", deserialize)
    return left


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


@pytest.mark.parametrize("kind", [launch, intent, playing, touch])
def test_the_sdk_is_seldom_needed(kind: Kind, left_to_the_sdk: list[str]) -> None:
    body = json.dumps(kind(Random(1)))
    assert CompiledSerializer().deserialize(body, RequestEnvelope) is not None
    assert left_to_the_sdk == []


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("null", RequestEnvelope),
        ('"CONFIRMED"', SlotConfirmationStatus),
        ('{"object": [1, null]}', "object"),
        ("[1, null, 2]", "list[int]"),
        ('[{"name": "day"}, null]', "list[ask_sdk_model.slot.Slot]"),
        ('{"a": 1, "b": null}', "dict(str, int)"),
        ('{"a": {"name": "day", "confirmationStatus": "DENIED"}}', "dict(str, ask_sdk_model.slot.Slot)"),
        ('{"name": null, "value": "Sunday", "mood": ["tired"]}', Slot),
        ('["CONFIRMED"]', "list[ask_sdk_model.slot_confirmation_status.SlotConfirmationStatus]"),
        ("[[1]]", "list[list[int]]"),
        ('{"a": [1.5]}', "dict(str, list[float])"),
        ("1", "float"),
        ('"7"', "int"),
    ],
)
def test_what_is_plain_is_read_as_the_sdk_reads_it(body: str, kind: Any, left_to_the_sdk: list[str]) -> None:
    theirs = SDK_DESERIALIZE(DefaultSerializer(), body, kind)
    ours = CompiledSerializer().deserialize(body, kind)
    assert (ours, type(ours)) == (theirs, type(theirs))
    assert left_to_the_sdk == []


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ('"PERHAPS"', SlotConfirmationStatus),
        ('{"name": "day", "__class__": "Slot"}', Slot),
        ('"a string"', Slot),
        ('"a string"', "list[int]"),
        ('"2026-03-01"', "date"),
        ("3", int),
        ("not JSON", Slot),
        ('{"request": {"type": "Unheard.Of"}}', RequestEnvelope),
    ],
)
def test_what_is_not_plain_is_left_to_the_sdk(body: str, kind: Any, left_to_the_sdk: list[str]) -> None:
    def read(by: Callable[..., Any]) -> Any:
        try:
            return by(body, kind)
        except Exception as error:
            return type(error)

    ours, theirs = read(CompiledSerializer().deserialize), read(partial(SDK_DESERIALIZE, DefaultSerializer()))
    assert ours == theirs
    assert left_to_the_sdk[:1] == [body]
