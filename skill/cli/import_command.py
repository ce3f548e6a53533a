"""nightfeed import"""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING

import click

from skill.settings import Settings

if TYPE_CHECKING:
    from skill.guides.drafting import Draft

LINE_WIDTH = 100


@click.command("import")
@click.argument("page", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Folder, instead of content/guides."
)
@click.option("--force", is_flag=True, help="Write over a guide of the same name.")
@click.pass_obj
def command(settings: Settings, page: Path, out: Path | None, force: bool) -> None:
    """Turn a saved article into a guide's draft, kept to the word, and list what was left out.

    The PAGE may be HTML (or .mhtml) as a browser, Word or Google Docs saves it, a .docx, Markdown, or text
    pasted from a browser. The draft is a start: give what only you can give, put what only some will want
    under "### Tell me more", and all of it into words for the ear. Then let "nightfeed check" read it.
    """
    from skill.guides.importing import import_page
    from skill.guides.writing import write_guide

    draft = import_page(page, date.today())
    path = write_guide(draft.guide, out or settings.content / "guides", force)
    click.echo(f"{path}: {_size(draft)}")
    for line in _told(draft):
        click.echo(line)


def _size(draft: "Draft") -> str:
    guide = draft.guide
    passages = sum(len(section.lead) for section in guide.sections)
    return f"{len(guide.sections)} sections, {passages} passages, {len(guide.related)} related reads"


def _told(draft: "Draft") -> Iterator[str]:
    """What is wanting, and what was left out, part by part."""
    if draft.wanting:
        yield from ("", "For you to fill in, or to look at:")
        yield from (f"  {wanting}" for wanting in draft.wanting)
    if draft.left_out:
        yield from ("", "Left out of what is heard:")
    for why, found in groupby(sorted(draft.left_out, key=lambda one: one.why), key=lambda one: one.why):
        yield f"  {why}"
        yield from (f"    {shorten(one.text, LINE_WIDTH, placeholder=' …')}" for one in found)
