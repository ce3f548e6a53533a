"""scripts/bench faults: many envelopes with faults in them, and what is wrong with the answers."""

import logging
import sys
import tempfile
from pathlib import Path

import click

from tests.faults import run

SHOWN = 10


@click.command()
@click.option("--count", default=200_000, show_default=True, help="How many envelopes.")
@click.option("--seed", default=0, show_default=True, help="Another seed makes others.")
def faults(count: int, seed: int) -> None:
    """Send envelopes with faults to the skill; each needs a valid answer. Exit code 1 where one has none."""
    # What the skill says of each would fill the screen; Stumbles hears it all the same.
    logging.getLogger("skill").propagate = False
    with (
        tempfile.TemporaryDirectory() as folder,
        click.progressbar(run(Path(folder), count, seed), length=count, label="Envelopes") as tallies,
    ):
        *_, tally = tallies
    for kind, number in sorted(tally.answers.items()):
        click.echo(f"{number:>9,}  {kind}")
    click.echo(f"{len(tally.failures):>9,}  answers that are wrong, of {count:,} (seed {seed})")
    for failure in tally.failures[:SHOWN]:
        click.echo(failure)
    sys.exit(bool(tally.failures))
