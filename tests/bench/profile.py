"""scripts/bench profile: what takes which share of a turn, and of the start, drawn as pictures."""

import cProfile
import os
import pstats
import re
import subprocess
import tempfile
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click

from skill.alexa.entry import answer
from skill.alexa.skill import build_skill
from skill.alexa.start import read_house
from skill.files import write_whole
from skill.settings import read_settings
from tests.bench import environments
from tests.bench.chart import LEFT, RIGHT, bar, svg, text
from tests.bench.conversations import Listeners, held_conversations
from tests.bench.output import FOLDER
from tests.lambda_function import variables
from tests.server import PROJECT, environment

LISTENERS, TURNS = 100, 3000
BUILT_IN = "~"
"""In place of a file's name."""
WAITING = ("<method 'acquire' of '_thread.lock' objects>", "<method 'get' of '_queue.SimpleQueue' objects>")
HANDING_OVER = "to the store's thread and back"
SHOWN = 24
"""Rows of a turn's picture."""
ROW, DEEPEST, NARROWEST = 22.0, 12, 1.0
"""Of the start's picture: pixels of a row, rows, and pixels that a module must have to be drawn."""
LETTER = 7.0
"""Pixels, about."""
IMPORT = re.compile(r"import time: +(\d+) \| +(\d+) \| ( *)(\S+)")
"""A line of `python -X importtime`: microseconds without and with what it imported, depth, name."""


@dataclass
class Module:
    """One that was imported, and those that it was the first to import."""

    name: str
    microseconds: int
    """With those."""
    imported: list["Module"] = field(default_factory=list)


def imports_in(told: str) -> list[Module]:
    """The tree that `python -X importtime` tells, where those that were imported stand before who imports."""
    waiting: dict[int, list[Module]] = {}
    for _, total, indent, name in IMPORT.findall(told):
        depth = len(indent) // 2
        module = Module(name, int(total), waiting.pop(depth + 1, []))
        waiting.setdefault(depth, []).append(module)
    return waiting.get(0, [])


def imports_svg(title: str, modules: Sequence[Module]) -> str:
    """Modules as wide as they took; below each, those that it imported."""
    whole = sum(module.microseconds for module in modules)
    marks: list[str] = []
    deepest = 0

    def draw(modules: Sequence[Module], left: float, depth: int) -> None:
        nonlocal deepest
        for module in sorted(modules, key=lambda each: -each.microseconds):
            width = module.microseconds / whole * (RIGHT - LEFT)
            if width < NARROWEST or depth >= DEEPEST:
                continue
            deepest = max(deepest, depth)
            told = f"{module.name}: {module.microseconds / whole:.1%}"
            colour = "met" if module.name.split(".")[0] in ("skill", "lambda_function") else "rule"
            y = 44 + depth * ROW
            marks.append(bar(left, y, width - 0.5, ROW - 2, colour, told))
            room = int(width / LETTER)
            name = module.name if len(module.name) <= room else module.name.rpartition(".")[2]
            if len(name) <= room:
                shown = told if len(told) <= room else name
                marks.append(text(left + 3, y + ROW - 7, shown, "page" if colour == "met" else "ink"))
            draw(module.imported, left, depth + 1)
            left += width

    draw(modules, LEFT, 0)
    foot = 44 + (deepest + 1) * ROW + 18
    marks.append(text(LEFT, foot, "below a module: what it was the first to import; green: ours", "faint"))
    return svg(foot + 12, [text(LEFT, 28, title, "ink bold"), *marks])


def shares_svg(title: str, shares: Sequence[tuple[str, float]]) -> str:
    """A bar for each part of the whole."""
    marks = [text(LEFT, 28, title, "ink bold")]
    y = 44.0
    widest = max(share for _, share in shares)
    for name, share in shares:
        left = LEFT + 320
        colour = "met" if name.startswith("skill") else "plain"
        width = share / widest * (RIGHT - left - 60)
        marks += [
            text(LEFT, y + 14, name, "ink"),
            bar(left, y + 3, width, ROW - 8, colour),
            text(left + width + 6, y + 14, f"{share:.1%}", "faint"),
        ]
        y += ROW
    marks.append(
        text(LEFT, y + 18, "each module's own time, with what Python does for it; green: ours", "faint")
    )
    return svg(y + 30, marks)


def shares_in(turns: cProfile.Profile, store: Sequence[cProfile.Profile]) -> list[tuple[str, float]]:
    """Modules → their part of the time; what is built in counts for who calls it. The largest first.

    What the turns wait for is what the store's threads do meanwhile, and beyond that the way there and back.
    """
    own, waited = own_times(turns)
    theirs = [own_times(profile)[0] for profile in store]
    own.update({HANDING_OVER: max(waited - sum(map(Counter.total, theirs)), 0.0)})
    for each in theirs:
        own.update(each)
    return [(name, seconds / own.total()) for name, seconds in own.most_common()]


def own_times(profile: cProfile.Profile) -> tuple[Counter[str], float]:
    """Seconds by module, and those that the thread only waited."""
    own: Counter[str] = Counter()
    waited = 0.0
    for function, (_, _, seconds, _, callers) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        if function[2] in WAITING:
            waited += seconds
        elif function[0] != BUILT_IN:
            own[module_of(function[0])] += seconds
        else:
            for caller, (_, _, for_it, _) in callers.items():
                own[module_of(caller[0])] += for_it
    return own, waited


def module_of(file: str) -> str:
    """A file's module: ours whole, another's package and module, else Python's."""
    parts = Path(file).with_suffix("").parts
    if "site-packages" in parts:
        return ".".join(parts[parts.index("site-packages") + 1 :][:2])
    if "skill" in parts:
        return ".".join(parts[parts.index("skill") :])
    library = Path(os.__file__).parent.parts
    return "Python: " + ".".join(parts[len(library) :] if parts[: len(library)] == library else parts[-1:])


def profiled_turns() -> list[tuple[str, float]]:
    """The shares of turns in process."""
    listeners = Listeners(held_conversations(), LISTENERS)
    store: list[cProfile.Profile] = []

    def begin(*_: object) -> None:
        store.append(cProfile.Profile())
        store[-1].enable()

    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings(environment(Path(folder), **variables(Path(folder))), PROJECT)
        skill = build_skill(read_house(settings), settings.audio_url)
        threading.setprofile(begin)
        turns = cProfile.Profile()
        for asked in listeners.ask(TURNS):
            turns.enable()
            answer(skill, asked.body)
            turns.disable()
        threading.setprofile(None)  # type: ignore[arg-type]
    return shares_in(turns, store)


def profiled_imports() -> list[Module]:
    """What is loaded when Lambda's init phase imports the handler, once it is compiled."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [str(PROJECT / "deploy"), str(PROJECT), str(environments.OURS)]
        script = f"import sys; sys.path[:0] = {paths!r}; import lambda_function"
        own = {"NIGHTFEED_PROJECT": str(PROJECT), **variables(Path(folder))}
        command = [environments.PYTHON, "-I", "-S", "-X", "importtime", "-c", script]
        for _ in range(2):
            ran = subprocess.run(command, env=own, capture_output=True, text=True, check=True)
    # Before the handler stands what Python itself loads.
    return [module for module in imports_in(ran.stderr) if module.name == "lambda_function"]


@click.command()
@click.option("--out", type=click.Path(path_type=Path), default=FOLDER, help="Not docs/bench/.")
def profile(out: Path) -> None:
    """Draw which modules take which share of a turn, and of the imports of a start."""
    turn = profiled_turns()
    rest = ("all others", sum(share for _, share in turn[SHOWN:]))
    write_whole(out / "profile-turn.svg", shares_svg("A turn in process", [*turn[:SHOWN], rest]).encode())
    start = imports_svg("The imports of a start on Lambda", profiled_imports())
    write_whole(out / "profile-start.svg", start.encode())
    for name, share in turn[:SHOWN]:
        click.echo(f"{share:6.1%}  {name}")
    click.echo(f"{out / 'profile-turn.svg'}, {out / 'profile-start.svg'}")
