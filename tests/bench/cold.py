"""scripts/bench cold: whole processes, from their start to their first answer, ours and the peers'."""

import contextlib
import json
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import NamedTuple

import click

from deploy import bundle
from skill.talk.speaker import APPLICATION_ID
from tests.amazon_certificates import CHAIN_PATH, Amazon, certificate_host, signed
from tests.bench import environments
from tests.bench.conversations import Listeners, Turn, fault_of_ours, fault_of_sample, held_conversations
from tests.bench.output import Figures, bench_command
from tests.bench.processor import seconds_of_children
from tests.bench.ratios import Result, Row, by_processor_time, in_turn
from tests.bench.trust import trusting
from tests.dynamodb import REGION, TABLE, answering
from tests.lambda_function import variables
from tests.server import PROJECT

STARTS, QUICK_STARTS = 5, 2
"""Of each side in each round; their median is the round's figure."""
LISTENERS = 1000
LAUNCH = "LaunchRequest"


class Seconds(NamedTuple):
    """What a start took."""

    clock: float
    processor: float
    """To its end; 0 where that is not told."""


@dataclass(frozen=True)
class Start:
    """A process that is started to answer one launch, and ends."""

    module: str
    """Of tests/bench/peers/."""
    folders: Sequence[Path]
    """Where it and all that it imports is found."""
    environment: Mapping[str, str]
    fault: Callable[[Turn, str], str]
    listeners: Listeners
    is_signed: bool = False

    def once(self) -> Seconds:
        """From its start to its first answer: a listener opens the skill. The answer is looked at."""
        asked = next(asked for asked in self.listeners.ask(LISTENERS) if asked.turn.kind == LAUNCH)
        event = asked.body
        if self.is_signed:
            event = json.dumps({"headers": signed(event.encode()), "body": event})
        script = str(environments.PEERS / "first_turn.py")
        command = [environments.PYTHON, "-I", "-S", script, self.module, *map(str, self.folders)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        before = seconds_of_children()
        with tempfile.TemporaryFile("w+") as log:
            began = time.perf_counter()
            with subprocess.Popen(
                command, **pipes, stderr=log, env=dict(self.environment), cwd=PROJECT, text=True
            ) as process:
                assert process.stdin and process.stdout
                process.stdin.write(event)
                process.stdin.close()
                answer = process.stdout.readline()
                took = time.perf_counter() - began
            log.seek(0)
            wrong = self.fault(asked.turn, answer) if answer else log.read()
        if wrong:
            raise click.ClickException(f"{self.module}: {wrong}")
        return Seconds(took, seconds_of_children() - before)


def starts(row: Row, ours: Start, theirs: Start, rounds: int, each: int) -> list[Result]:
    """The row by the clock, and by processor time where that is told."""
    sides = {"ours": ours.once, "theirs": theirs.once}
    # Once for nothing: bytecode is written, and files are in memory.
    in_turn(sides, 1)
    done = [in_turn(sides, each) for _ in range(rounds)]

    def result(row: Row, what: str) -> Result:
        pairs = ([median(getattr(one, what) for one in taken[side]) for taken in done] for side in sides)
        return Result(row, *pairs)

    by_processor = [result(by_processor_time(row), "processor")] if seconds_of_children() else []
    return [result(row, "clock"), *by_processor]


def unpacked_bundle(folder: Path) -> Path:
    """Nightfeed's bundle for Lambda, built for this machine and unpacked into the folder."""
    made, unpacked = folder / "bundle.zip", folder / "bundle"
    bundle.build(made, "")
    with zipfile.ZipFile(made) as opened:
        opened.extractall(unpacked)
    return unpacked


def lambda_start(unpacked: Path, environment: Mapping[str, str], listeners: Listeners, *more: Path) -> Start:
    """Nightfeed on Lambda."""
    folders = (environments.PEERS, unpacked, *more)
    return Start("nightfeed_lambda", folders, environment, fault_of_ours, listeners)


@contextlib.contextmanager
def compared(folder: Path, stock: Path) -> Iterator[list[tuple[Row, Start, Start]]]:
    """The rows, each with our side and theirs."""
    amazon = Amazon.make()
    theirs = (environments.PEERS, stock)
    with (
        certificate_host(folder, {CHAIN_PATH: amazon.chain()}, amazon) as host,
        answering(lambda *_: (200, b"{}")) as dynamodb,
    ):
        own = variables(folder / "data")
        aws = {
            **{"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_REGION": REGION},
            **{"AWS_DEFAULT_REGION": REGION, "AWS_ENDPOINT_URL_DYNAMODB": dynamodb},
            **{"AWS_EC2_METADATA_DISABLED": "true", "NIGHTFEED_TABLE": TABLE},
        }
        unpacked = unpacked_bundle(folder)
        listeners = Listeners(held_conversations(), LISTENERS)
        project = (environments.PEERS, PROJECT, environments.OURS)
        certificate = {"NIGHTFEED_SKILL_ID": APPLICATION_ID, **trusting(host)}
        yield [
            (
                Row(
                    "cold start on Lambda to the first answer, listeners in DynamoDB",
                    "the sample skill on ask-sdk-core with its DynamoDB adapter",
                    "seconds",
                    0.6,
                ),
                # Lambda's own Python brings botocore: both find it in the same folder.
                lambda_start(unpacked, {**own, **aws}, listeners, stock),
                Start("stock_table", theirs, aws, fault_of_sample, listeners),
            ),
            (
                Row(
                    "cold start on Lambda to the first answer, listeners in SQLite",
                    "the sample skill on ask-sdk-core alone",
                    "seconds",
                    1.1,
                ),
                lambda_start(unpacked, own, listeners),
                Start("stock_lambda", theirs, {}, fault_of_sample, listeners),
            ),
            (
                Row(
                    "cold start of the web front to the first answer, signed",
                    "the sample skill on flask-ask-sdk, verifying",
                    "seconds",
                    0.6,
                ),
                Start("nightfeed_front", project, {**own, **certificate}, fault_of_ours, listeners, True),
                Start("stock_front", theirs, certificate, fault_of_sample, listeners, True),
            ),
        ]


@bench_command("cold", "Cold starts: whole processes, from start to the first answered turn")
def cold(rounds: int, quick: bool) -> Figures:
    """Processes that start and answer one launch, bytecode present on both sides, every answer checked."""
    stock = environments.stock_packages()
    each = QUICK_STARTS if quick else STARTS
    with tempfile.TemporaryDirectory() as folder, compared(Path(folder), stock) as pairs:
        results = [result for row in pairs for result in starts(*row, rounds, each)]
    checked = 2 * len(pairs) * (rounds * each + 1)
    return Figures(results, environments.versions(stock, None), [f"{checked} starts, every answer checked"])
