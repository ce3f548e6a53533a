"""scripts/bench turns: signed turns over HTTP, and turns inside a process, ours and the peers' in turn."""

import contextlib
import json
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from skill.talk.speaker import APPLICATION_ID
from tests.amazon_certificates import CHAIN_PATH, Amazon, certificate_host, signed
from tests.bench import environments
from tests.bench.clients import send
from tests.bench.conversations import (
    Asked,
    Listeners,
    Turn,
    fault_of_bare,
    fault_of_ours,
    fault_of_sample,
    held_conversations,
)
from tests.bench.output import Figures, bench_command
from tests.bench.processor import ON_LINUX, cores
from tests.bench.ratios import Result, Row, by_processor_time, in_turn
from tests.bench.servers import Running, nightfeed, on_gunicorn, on_node
from tests.bench.trust import trusting
from tests.lambda_function import AUDIO_URL
from tests.server import PROJECT, environment

LISTENERS = 480
CONNECTIONS = 8
"""As many as the server has threads; LISTENERS is a multiple of it, so that nobody talks on two at a time."""
SECONDS, REQUESTS = 3.0, 8000
"""How long a server is kept busy in a round, and by how many requests at most."""
QUICK_SECONDS, QUICK_REQUESTS = 0.5, 600
IN_PROCESS = 400
"""Turns of a round inside a process."""
BUSY = 0.8
"""Part of the time beyond which the clients themselves may be what is measured."""
OURS, STOCK, BARE, NODE = "nightfeed", "flask-ask-sdk", "bare Flask route", "Node's ask-sdk-express-adapter"
INSIDE, STOCK_INSIDE = "nightfeed in process", "ask-sdk-core in process"
SAMPLE, SAMPLE_INSIDE = (
    "the sample skill behind nightfeed's door",
    "the sample skill with nightfeed's serializer",
)
WORKS = {
    OURS: "a signed turn of Nightfeed",
    SAMPLE: "a signed turn of the sample skill behind Nightfeed's door",
    INSIDE: "a turn of Nightfeed in process",
    SAMPLE_INSIDE: "a turn of the sample skill in process, with Nightfeed's serializer",
}
"""What is ours: the whole, and what only carries a skill."""
PEERS = (STOCK, BARE, NODE, STOCK_INSIDE)
GOALS = {STOCK: 12.0, BARE: 0.9, NODE: 1.1, STOCK_INSIDE: 7.0}
MEMORY_GOAL = 1.0
OUR_FOLDERS = (PROJECT, environments.OURS)
AGAINST = {
    STOCK: "the sample skill on stock flask-ask-sdk, verifying",
    BARE: "a bare Flask route with constant JSON, same server",
    NODE: "the sample skill on Node's ask-sdk-express-adapter, verifying",
    STOCK_INSIDE: "the sample skill on stock ask-sdk-core, same envelopes",
}
Fault = Callable[[Turn, bytes], str]


@dataclass(frozen=True)
class Rates:
    """What a side did in a round."""

    rate: float
    """Turns a second."""
    by_processor: float
    """Turns a second of a processor's time; 0 where that is not told."""
    memory: float
    """Bytes; 0 where that is not told."""
    checked: int
    """Answers, every one of which was right."""
    clients: float
    """Part of the time for which the clients kept a processor busy."""


class Batch:
    """The requests of a round: signed beforehand, and the same for every side."""

    def __init__(self, listeners: Listeners, requests: int) -> None:
        self._listeners, self._requests = listeners, requests
        self.asked: list[Asked] = []
        self.signed: list[bytes] = []

    def renew(self, _: int = 0) -> None:
        """Other requests: they may not be older than 150 seconds."""
        self.asked = list(self._listeners.ask(self._requests))
        self.signed = [http_request(asked.body.encode()) for asked in self.asked]


def http_request(body: bytes) -> bytes:
    """As Alexa sends it."""
    headers = {
        "Host": "alexa.example",
        "Content-Type": "application/json; charset=utf-8",
        "Content-Length": str(len(body)),
        "Accept": "application/json",
        "User-Agent": "Apache-HttpClient/UNAVAILABLE (Java/17)",
        **signed(body),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST /alexa HTTP/1.1\r\n{lines}\r\n".encode() + body


def over_http(
    server: Running, batch: Batch, fault: Fault, seconds: float, connections: int = CONNECTIONS
) -> Rates:
    """The batch, or as much of it as is answered in that time."""
    before = server.processor_seconds if ON_LINUX else 0.0
    sent = send(server.port, batch.signed, connections, seconds)
    worked = server.processor_seconds - before if ON_LINUX else 0.0
    for number, (status, body) in sent.answers.items():
        asked = batch.asked[number]
        wrong = f"{status} {body[:300]!r}" if status != 200 else fault(asked.turn, body)
        if wrong:
            raise click.ClickException(f"a wrong answer to {asked.turn.kind}: {wrong}")
    count = len(sent.answers)
    memory = server.memory if ON_LINUX else 0
    return Rates(count / sent.seconds, count / worked if worked else 0.0, memory, count, sent.busy)


def expect_refusal(name: str, server: Running, batch: Batch) -> None:
    """Who measures verification makes sure that it is on: a body that was changed gets a 400."""
    forged = batch.signed[0].replace(b'"version": "1.0"', b'"version": "1.1"')
    (status, _) = send(server.port, [forged], 1, 0.0).answers[0]
    if forged == batch.signed[0] or status != 400:
        raise click.ClickException(f"{name} answers a forged request with {status}")


def in_process(process: "subprocess.Popen[str]", batch: Batch, fault: Fault) -> Rates:
    """The first turns of the batch, JSON in and JSON out."""
    asked = batch.asked[:IN_PROCESS]
    assert process.stdin and process.stdout
    process.stdin.write(json.dumps([each.body for each in asked]) + "\n")
    process.stdin.flush()
    timed = json.loads(process.stdout.readline())
    for each, answer in zip(asked, timed["answers"], strict=True):
        if wrong := fault(each.turn, answer):
            raise click.ClickException(f"a wrong answer to {each.turn.kind}: {wrong}")
    count = len(asked)
    return Rates(count / timed["seconds"], count / timed["busy"], 0.0, count, 0.0)


@contextlib.contextmanager
def timed_turns(
    module: str, folders: Sequence[Path], own: Mapping[str, str]
) -> "Iterator[subprocess.Popen[str]]":
    """A process on a core of its own that answers turns and times them: see peers/timed_turns.py."""
    script = str(environments.PEERS / "timed_turns.py")
    command = [environments.PYTHON, "-I", "-S", script, module, *map(str, folders)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, env=dict(own), cwd=PROJECT, text=True) as process:
        assert process.stdin
        Running(0, process.pid).pin()
        yield process
        process.stdin.close()


@contextlib.contextmanager
def sides(
    folder: Path, only: Sequence[str], stock: Path, node: Path | None, batch: Batch, seconds: float
) -> Iterator[dict[str, Callable[[], Rates]]]:
    """What is compared: by name, how to do a round of it. Everything runs, and has its core."""
    amazon = Amazon.make()
    with (
        certificate_host(folder, {CHAIN_PATH: amazon.chain()}, amazon) as host,
        contextlib.ExitStack() as stack,
    ):
        verifying = trusting(host)
        own = {"NIGHTFEED_SKILL_ID": APPLICATION_ID, "NIGHTFEED_LISTENER_KEY": "a key for the bench"}
        own["NIGHTFEED_AUDIO_URL"] = AUDIO_URL
        servers: dict[str, tuple[Running, Fault]] = {
            OURS: (stack.enter_context(nightfeed(folder, {**own, **verifying})), fault_of_ours)
        }
        for name, module, folders, fault in (
            (SAMPLE, "sample_front", OUR_FOLDERS, fault_of_sample),
            (STOCK, "stock_front", [stock], fault_of_sample),
            (BARE, "bare_flask", [stock], fault_of_bare),
        ):
            if name in (SAMPLE, *only):
                running = on_gunicorn(module, folders, folder, {**own, **verifying})
                servers[name] = (stack.enter_context(running), fault)
        if NODE in only and node:
            servers[NODE] = (stack.enter_context(on_node(node, folder, verifying)), fault_of_sample)
        made: dict[str, Callable[[], Rates]] = {}
        for name, (server, fault) in servers.items():
            # One request alone: the stock verifier fetches its certificate well only undisturbed.
            over_http(server, batch, fault, 0.0, connections=1)
            over_http(server, batch, fault, seconds)
            if name != BARE:
                expect_refusal(name, server, batch)
            server.pin()
            made[name] = partial(over_http, server, batch, fault, seconds)
        if STOCK_INSIDE in only:
            inside = environment(folder / "inside", **own)
            for name, module, folders, fault in (
                (INSIDE, "nightfeed_skill", OUR_FOLDERS, fault_of_ours),
                (SAMPLE_INSIDE, "sample_skill", OUR_FOLDERS, fault_of_sample),
                (STOCK_INSIDE, "stock_skill", [stock], fault_of_sample),
            ):
                packages = [environments.PEERS, *folders]
                process = stack.enter_context(timed_turns(module, packages, inside))
                made[name] = partial(in_process, process, batch, fault)
                made[name]()
        if others := cores()[:-1]:
            stack.callback(os.sched_setaffinity, 0, set(cores()))
            os.sched_setaffinity(0, set(others))
        yield made


def results(measured: Mapping[str, Sequence[Rates]]) -> list[Result]:
    """The rows, as far as their sides were measured."""
    made = []

    def add(work: str, ours: str, theirs: str, unit: str, what: str, goal: float | None, more: bool) -> None:
        pairs = [[getattr(rates, what) for rates in measured[name]] for name in (ours, theirs)]
        if all(map(all, pairs)):
            against = AGAINST[theirs]
            row = Row(work, against, unit, goal, more)
            made.append(Result(row if goal else by_processor_time(row), *pairs))

    for peer in PEERS:
        if peer not in measured:
            continue
        for ours in (INSIDE, SAMPLE_INSIDE) if peer == STOCK_INSIDE else (OURS, SAMPLE):
            add(WORKS[ours], ours, peer, "turns a second", "rate", GOALS[peer], True)
            add(WORKS[ours], ours, peer, "turns a second", "by_processor", None, True)
    if STOCK in measured:
        add(
            "memory of a server with one worker, all its processes",
            OURS,
            STOCK,
            "bytes",
            "memory",
            MEMORY_GOAL,
            False,
        )
    return made


@bench_command("turns", "Turns: signed over HTTP by one worker on one core, and in process")
@click.option("--only", multiple=True, type=click.Choice(PEERS), help="Against this peer alone.")
def turns(rounds: int, quick: bool, only: tuple[str, ...] = ()) -> Figures:
    """Signed turns of many listeners against what one would use instead, with every answer checked."""
    stock = environments.stock_packages()
    node = environments.node_modules() if not only or NODE in only else None
    requests, seconds = (QUICK_REQUESTS, QUICK_SECONDS) if quick else (REQUESTS, SECONDS)
    batch = Batch(Listeners(held_conversations(), LISTENERS), requests)
    batch.renew()
    with (
        tempfile.TemporaryDirectory() as folder,
        sides(Path(folder), only or PEERS, stock, node, batch, seconds) as compared,
    ):
        measured = in_turn(compared, rounds, batch.renew)
    every = [rates for rates in measured.values() for rates in rates]
    notes = [f"{sum(rates.checked for rates in every):,} answers, every one checked"]
    if (busiest := max(rates.clients for rates in every)) > BUSY:
        notes.append(f"the clients were busy for {busiest:.0%} of the time: the fastest may be faster still")
    return Figures(results(measured), environments.versions(stock, node), notes)
