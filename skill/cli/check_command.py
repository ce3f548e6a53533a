"""nightfeed check"""

from collections import defaultdict
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
    from skill.alexa.package import locales, read_manifest
    from skill.alexa.phrases import read_phrases
    from skill.checking import manifest, phrases, prompts, recordings
    from skill.guides.markdown import read_guides
    from skill.prompts import read_prompts
    from skill.studio.planning import read_plans
    from skill.studio.recording import existing_library

    values = read_manifest(settings.project / "skill.json")
    words = read_prompts(settings.content / "prompts" / "en.toml")
    guides = read_guides(settings.content / "guides")
    in_locales: defaultdict[str, list[str]] = defaultdict(list)
    for locale in locales(values):
        said = read_phrases(settings.content / "phrases" / "en.toml", locale)
        for problem in (
            *prompts.problems(words.of(locale).texts),
            *phrases.problems(said, guides),
            *manifest.problems(values, locale, said.invocation),
        ):
            in_locales[problem].append(locale)
    for problem, where in in_locales.items():
        yield problem if len(where) == len(locales(values)) else f"{', '.join(where)}: {problem}"
    yield from manifest.misfits(values)
    yield from (f"there are prompts for {locale}, but skill.json has no such locale; remove them"
                for locale in words.local if locale not in locales(values))  # fmt: skip
    yield from recordings.problems(
        read_plans(settings.content, guides), existing_library(settings.audio), settings.audio
    )
