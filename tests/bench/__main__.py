"""scripts/bench: one subcommand for each thing that is tried at length, each in a module of its name."""

from typing import Any

import click

from tests.bench.cold import cold
from tests.bench.faults import faults
from tests.bench.load import load
from tests.bench.profile import profile
from tests.bench.record import record
from tests.bench.scale import scale
from tests.bench.turns import turns


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def bench() -> None:
    """Measure the skill, or try to break it."""


bench.add_command(cold)
bench.add_command(faults)
bench.add_command(load)
bench.add_command(profile)
bench.add_command(record)
bench.add_command(scale)
bench.add_command(turns)


@bench.command("all", params=[each for each in turns.params if each.name != "only"])
@click.pass_context
def every(context: click.Context, **options: Any) -> None:
    """turns, cold, scale and record, one after the other."""
    for command in (turns, cold, scale, record):
        context.invoke(command, **options)


if __name__ == "__main__":
    bench(prog_name="scripts/bench")
