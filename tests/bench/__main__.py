"""scripts/bench: one subcommand for each thing that is tried at length, each in a module of its name."""

import click

from tests.bench.faults import faults
from tests.bench.load import load


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def bench() -> None:
    """Measure the skill, or try to break it."""


bench.add_command(faults)
bench.add_command(load)

if __name__ == "__main__":
    bench(prog_name="scripts/bench")
