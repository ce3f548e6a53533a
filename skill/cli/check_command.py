"""nightfeed check"""

from collections.abc import Iterator

import click

from skill.errors import NightfeedError
from skill.settings import Settings


@click.command("check")
@click.pass_obj
def command(settings: Settings) -> None:
    """Look for mistakes in guides, prompts, phrases, manifest and recordings. Changes nothing."""
    found = list(_problems(settings))
    for problem in found:
        click.echo(problem, err=True)
    if found:
        raise NightfeedError(f"{len(found)} to mend")
    click.echo("All is well.")


def _problems(settings: Settings) -> Iterator[str]:
    # Imported late: --help need not load the skill.
    from skill.alexa.package import read_manifest
    from skill.alexa.phrases import read_phrases
    from skill.checking import manifest, phrases, prompts, recordings
    from skill.guides.markdown import read_guides
    from skill.prompts import read_prompts
    from skill.studio.planning import read_plans
    from skill.studio.recording import existing_library

    said = read_phrases(settings.content / "phrases" / "en.toml")
    guides = read_guides(settings.content / "guides")
    yield from prompts.problems(read_prompts(settings.content / "prompts" / "en.toml").texts)
    yield from phrases.problems(said, guides)
    yield from manifest.problems(read_manifest(settings.project / "skill.json"), said.invocation)
    yield from recordings.problems(
        read_plans(settings.content, guides), existing_library(settings.audio), settings.audio
    )
