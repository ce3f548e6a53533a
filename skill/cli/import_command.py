"""nightfeed import"""

from datetime import date
from pathlib import Path

import click

from skill.settings import Settings


@click.command("import")
@click.argument("page", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Folder, instead of content/guides."
)
@click.option("--force", is_flag=True, help="Write over a guide of the same name.")
@click.pass_obj
def command(settings: Settings, page: Path, out: Path | None, force: bool) -> None:
    """Turn a saved web page (HTML, or its plain text) into a guide's draft, kept to the word.

    What it writes is a start: put what only some will want under "### Tell me more", and all of it into words
    for the ear.
    """
    from skill.guides.importing import import_page
    from skill.guides.writing import write_guide

    guide = import_page(page, date.today())
    path = write_guide(guide, out or settings.content / "guides", force)
    passages = sum(1 for _ in guide.passages) - 1
    click.echo(
        f"{path}: {len(guide.sections)} sections, {passages} passages, {len(guide.related)} related reads"
    )
