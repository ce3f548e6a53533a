"""nightfeed package"""

from pathlib import Path

import click

from skill.settings import Settings


@click.command("package")
@click.option(
    "--out", default=Path("build"), type=click.Path(path_type=Path, file_okay=False), show_default=True
)
@click.pass_obj
def command(settings: Settings, out: Path) -> None:
    """Write the skill package below the folder, for `ask deploy`: manifest, interaction models, icons."""
    written, unchanged = write_package(settings, out)
    click.echo(f"{written} written, {unchanged} unchanged: {out}")


def write_package(settings: Settings, out: Path) -> tuple[int, int]:
    """Bring the folder's skill package up to date: how many files were written, how many had not changed.

    Raises NightfeedError where a file cannot be written, and for mistakes in manifest, phrases or library.
    """
    from skill.alexa.package import locales, read_manifest, skill_package
    from skill.alexa.phrases import read_phrases
    from skill.files import write_whole
    from skill.library import read_library

    manifest = read_manifest(settings.project / "skill.json")
    path = settings.content / "phrases" / "en.toml"
    phrases = {locale: read_phrases(path, locale) for locale in locales(manifest)}
    files = skill_package(manifest, phrases, read_library(settings.library).guides)
    changed = {name: data for name, data in files.items() if not _holds(out / name, data)}
    for name, data in changed.items():
        write_whole(out / name, data)
    return len(changed), len(files) - len(changed)


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data
