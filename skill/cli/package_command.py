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
    from skill.alexa.package import locales, read_manifest, skill_package
    from skill.alexa.phrases import read_phrases
    from skill.files import write_whole
    from skill.library import read_library

    manifest = read_manifest(settings.project / "skill.json")
    path = settings.content / "phrases" / "en.toml"
    phrases = {locale: read_phrases(path, locale) for locale in locales(manifest)}
    for name, data in skill_package(manifest, phrases, read_library(settings.library).guides).items():
        write_whole(out / name, data)
        click.echo(out / name)
