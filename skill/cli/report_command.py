"""nightfeed report"""

import json
from dataclasses import asdict

import click
from rich.console import Console
from rich.table import Table

from skill.alexa.start import open_store
from skill.settings import Settings


@click.command("report")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def command(settings: Settings, as_json: bool) -> None:
    """Say how many listeners started and finished each guide, and how many it helped (yes) or not (no)."""
    lines = open_store(settings).report().guides
    if as_json:
        click.echo(json.dumps([asdict(line) for line in lines], indent=2))
        return
    if not lines:
        click.echo("Nobody has heard a guide yet.")
        return
    table = Table("guide", "starts", "finishes", "yes", "no")
    for line in lines:
        table.add_row(line.guide, *map(str, (line.starts, line.finishes, line.yes, line.no)))
    Console().print(table)
