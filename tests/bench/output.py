"""What every comparison has in common: its options, its table on the terminal, and its files."""

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from tests.bench import chart
from tests.bench.ratios import Result, table
from tests.server import PROJECT

ROUNDS, QUICK_ROUNDS = 5, 2
FOLDER = PROJECT / "docs" / "bench"


@dataclass(frozen=True)
class Figures:
    """What a comparison came to."""

    results: Sequence[Result]
    versions: Mapping[str, str]
    """Of what is compared."""
    notes: Sequence[str] = ()


def bench_command(name: str, title: str) -> Callable[[Callable[..., Figures]], click.Command]:
    """A command that compares: its figures come on the terminal, and into files of that name."""

    def made(measure: Callable[..., Figures]) -> click.Command:
        @click.command(name, help=measure.__doc__)
        @click.option("--rounds", type=click.IntRange(1), help=f"How many. [default: {ROUNDS}]")
        @click.option("--quick", is_flag=True, help="A trial: short rounds, two where not told.")
        @click.option(
            "--out", type=click.Path(path_type=Path), default=FOLDER, help="Instead of docs/bench/."
        )
        @functools.wraps(measure)
        def command(rounds: int | None, quick: bool, out: Path, **options: Any) -> None:
            figures = measure(rounds or (QUICK_ROUNDS if quick else ROUNDS), quick, **options)
            console = Console(width=max(Console().width, 140))
            console.print(f"\n[bold]{title}[/]", highlight=False)
            console.print(table(figures.results), highlight=False)
            for note in figures.notes:
                console.print(note, highlight=False)
            if figures.versions:
                told = ", ".join(f"{package} {version}" for package, version in figures.versions.items())
                console.print(told, style="dim", highlight=False)
            chart.write(name, title, figures.results, figures.versions, out)

        return command

    return made
