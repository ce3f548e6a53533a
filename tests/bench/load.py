"""scripts/bench load: what one worker can take, and how it fares at half of that for a long time."""

import sys
import tempfile
import time
from pathlib import Path

import click

from tests.load import Load, Measured, memory_of, pin
from tests.public import public_server

WARMING_SECONDS = 20.0
CAPACITY_SECONDS = 20.0
CLIENTS = 8


@click.command()
@click.option("--minutes", default=10.0, show_default=True, help="How long at half of the capacity.")
@click.option("--listeners", default=2_000, show_default=True, help="How many talk.")
def load(minutes: float, listeners: int) -> None:
    """Signed turns of many listeners against one worker. Exit code 1 where any was not answered well."""
    with tempfile.TemporaryDirectory() as folder, public_server(Path(folder), 1) as server:
        talk = Load(server, listeners, CLIENTS)
        pin(server)
        talk.run(WARMING_SECONDS)
        capacity = talk.run(CAPACITY_SECONDS)
        click.echo(f"capacity: {capacity.rate:.0f} turns a second, {sum(capacity.faults.values())} errors")
        # Every listener has spoken by now, so what is kept of them is there.
        before, begun = memory_of(server), time.perf_counter()
        measured = talk.run(minutes * 60, capacity.rate / 2)
        after = memory_of(server)
    tell(measured, time.perf_counter() - begun)
    click.echo(
        f"memory: {before / 2**20:.1f} MB before, {after / 2**20:.1f} MB after ({after / before:.3f} ×)"
    )
    sys.exit(bool(measured.faults))


def tell(measured: Measured, seconds: float) -> None:
    """The figures; ratios are what lasts."""
    p50, p99 = measured.percentile(0.5), measured.percentile(0.99)
    click.echo(
        f"{len(measured.latencies):,} turns in {seconds / 60:.1f} minutes, {measured.rate:.0f} a second"
    )
    click.echo(f"errors: {sum(measured.faults.values())} {dict(measured.faults) or ''}")
    click.echo(f"p99 is {p99 / p50:.1f} × p50 ({p99 * 1000:.1f} ms, {p50 * 1000:.1f} ms)")
