"""nightfeed publish"""

from pathlib import Path
from urllib.parse import urlsplit

import click

from skill.errors import NightfeedError
from skill.settings import Settings


@click.command("publish")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder of the site."
)
@click.option("--base-url", help="Where the public will find it; content/show.toml's, where it is not given.")
@click.pass_obj
def command(settings: Settings, out: Path, base_url: str | None) -> None:
    """Write the pages, the podcast feed and the recordings into a folder, for any web host.

    Run again, it writes only what has changed and removes what it had written before; other files in the
    folder are never touched.
    """
    written, removed = publish_site(settings, out, base_url or "")
    click.echo(f"{written} written, {removed} removed: {out}")


def publish_site(settings: Settings, out: Path, base_url: str) -> tuple[int, int]:
    """Bring the folder's site up to date: how many files were written, and how many removed.

    `base_url` is where the public will find it; empty for content/show.toml's. Raises NightfeedError.
    """
    # Imported late: --help need not load the pages.
    from skill.library import read_library
    from skill.listen.publishing import publish
    from skill.listen.site import site_files
    from skill.show import read_show

    show = read_show(settings.content / "show.toml")
    address = (base_url or show.base_url).rstrip("/")
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise NightfeedError(
            f"--base-url {address}: not a web address; give one like https://example.org/guides"
        )
    library = read_library(settings.library)
    return publish(site_files(library, show, address), library, settings.audio, out)
