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
    """Write skill-package/ below the folder: the manifest and the interaction model."""
    from skill.alexa.package import skill_package
    from skill.alexa.phrases import read_phrases
    from skill.files import write_whole
    from skill.library import read_library

    phrases = read_phrases(settings.content / "phrases" / "en.toml")
    files = skill_package(settings.project / "skill.json", phrases, read_library(settings.library).guides)
    for name, data in files.items():
        write_whole(out / name, data)
        click.echo(out / name)
