"""scripts/bench scale: a turn and a cold start of a house with very many guides and listeners."""

import contextlib
import functools
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from skill.library import read_library
from tests.bench import environments
from tests.bench.cold import QUICK_STARTS, STARTS, lambda_start, starts, unpacked_bundle
from tests.bench.conversations import Listeners, fault_of_ours, held_conversations
from tests.bench.large import make_listeners, make_project
from tests.bench.output import Figures, bench_command
from tests.bench.ratios import Result, Row, by_processor_time, in_turn
from tests.bench.turns import IN_PROCESS, Batch, Rates, in_process, timed_turns
from tests.lambda_function import variables
from tests.server import environment

GUIDES, LISTENERS = 1_000, 1_000_000
QUICK_GUIDES, QUICK_LISTENERS = 100, 10_000
FEW_GUIDES, ONE = 2, 1
FEW = f"{FEW_GUIDES} guides, {ONE} listener"
TURN_GOAL, START_GOAL = 1.1, 1.5
LARGE, SMALL = "large", "small"


def _round(process: "subprocess.Popen[str]", batch: Batch) -> Rates:
    batch.renew()
    return in_process(process, batch, fault_of_ours)


def _turns(row: Row, timed: Mapping[str, Sequence[Rates]]) -> list[Result]:
    """The row by the clock, and by processor time."""

    def result(row: Row, what: str) -> Result:
        return Result(row, *([1 / getattr(rates, what) for rates in timed[side]] for side in (LARGE, SMALL)))

    return [result(row, "rate"), result(by_processor_time(row), "by_processor")]


@bench_command("scale", "Scale: Nightfeed itself, with many guides and listeners and with few")
@click.option("--guides", type=int, help=f"How many are many. [default: {GUIDES}]")
@click.option("--listeners", type=int, help=f"How many are many. [default: {LISTENERS}]")
def scale(rounds: int, quick: bool, guides: int | None = None, listeners: int | None = None) -> Figures:
    """The same turns, and cold starts, where the store holds a million listeners, and where it holds one."""
    guides = guides or (QUICK_GUIDES if quick else GUIDES)
    listeners = listeners or (QUICK_LISTENERS if quick else LISTENERS)
    sizes = {LARGE: (guides, listeners), SMALL: (FEW_GUIDES, ONE)}
    # One conversation: the one listener has no other.
    conversations = held_conversations()[:1]
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        unpacked = unpacked_bundle(folder)
        turns, houses = {}, {}
        for side, (of_guides, of_listeners) in sizes.items():
            project = make_project(folder / side, of_guides)
            own = variables(project / "data") | {"NIGHTFEED_PROJECT": str(project)}
            talkers = Listeners(conversations, of_listeners)
            slugs = tuple(guide.slug for guide in read_library(project / "audio" / "library.json").guides)
            make_listeners(project / "data", talkers.users(), own["NIGHTFEED_LISTENER_KEY"].encode(), slugs)
            houses[side] = lambda_start(unpacked, own, talkers)
            folders = [environments.PEERS, unpacked]
            inside = environment(project / "data", **own)
            process = stack.enter_context(timed_turns("nightfeed_skill", folders, inside))
            batch = Batch(talkers, IN_PROCESS)
            turns[side] = functools.partial(_round, process, batch)
            turns[side]()
        timed = in_turn(turns, rounds)
        many = f"{guides:,} guides, {listeners:,} listeners"
        turn = Row(f"a turn in process, {many}", FEW, "seconds", TURN_GOAL)
        start = Row(f"a cold start on Lambda, {many}", FEW, "seconds", START_GOAL)
        each = QUICK_STARTS if quick else STARTS
        started = starts(start, houses[LARGE], houses[SMALL], rounds, each)
    return Figures([*_turns(turn, timed), *started], {})
