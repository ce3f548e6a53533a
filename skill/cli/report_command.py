"""nightfeed report"""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from skill.alexa.start import open_store
from skill.errors import NightfeedError
from skill.files import write_whole
from skill.library import read_library
from skill.reporting.page import report_page
from skill.settings import Settings
from skill.show import read_show


@click.command("report")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option(
    "--html", "page", type=click.Path(path_type=Path), metavar="OUT", help="Write a page with charts to OUT."
)
@click.pass_obj
def command(settings: Settings, as_json: bool, page: Path | None) -> None:
    """Say how many listeners started and finished each guide, and how many it helped (yes) or not (no).

    The page also shows weeks, where people stop, questions without an answer, and reminders. It is one file,
    for any browser, a printer or an e-mail.
    """
    if page:
        _write_page(settings, page)
        return
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


def _write_page(settings: Settings, page: Path) -> None:
    if page.is_dir():
        raise NightfeedError(f"{page}: is a folder; name a file in it, as in {page / 'report.html'}")
    if not page.parent.is_dir():
        raise NightfeedError(f"{page}: there is no folder {page.parent}; make it, or name another")
    library, show = read_library(settings.library), read_show(settings.content / "show.toml")
    report = open_store(settings).report()
    write_whole(page, report_page(report, library, show, datetime.now(UTC)).encode())
    click.echo(f"Written: {page}")
