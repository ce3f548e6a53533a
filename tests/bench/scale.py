"""scripts/bench scale: a turn and a cold start of a house with very many guides and listeners."""

import contextlib
import functools
import subprocess
import tempfile
from pathlib import Path

import click

from skill.library import read_library
from tests.bench import environments
from tests.bench.cold import QUICK_STARTS, STARTS, lambda_start, starts, unpacked_bundle
from tests.bench.conversations import Listeners, fault_of_ours, held_conversations
from tests.bench.large import make_listeners, make_project
from tests.bench.output import Figures, bench_command
from tests.bench.ratios import Result, Row, in_turn
from tests.bench.turns import IN_PROCESS, Batch, in_process, timed_turns
from tests.lambda_function import variables
from tests.server import environment

GUIDES, LISTENERS = 1_000, 1_000_000
QUICK_GUIDES, QUICK_LISTENERS = 100, 10_000
FEW_GUIDES, ONE = 2, 1
FEW = f"{FEW_GUIDES} guides, {ONE} listener"
TURN_GOAL, START_GOAL = 1.1, 1.5
LARGE, SMALL = "large", "small"


def _seconds(process: "subprocess.Popen[str]", batch: Batch) -> float:
    """Of a turn."""
    batch.renew()
    return 1 / in_process(process, batch, fault_of_ours).rate


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
            turns[side] = functools.partial(_seconds, process, batch)
            turns[side]()
        timed = in_turn(turns, rounds)
        started = starts(houses, rounds, QUICK_STARTS if quick else STARTS)
    many = f"{guides:,} guides, {listeners:,} listeners"
    rows = [
        (Row(f"a turn in process, {many}", FEW, "seconds", TURN_GOAL), timed),
        (Row(f"a cold start on Lambda, {many}", FEW, "seconds", START_GOAL), started),
    ]
    return Figures([Result(row, sides[LARGE], sides[SMALL]) for row, sides in rows], {})
