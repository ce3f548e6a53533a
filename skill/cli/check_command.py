"""nightfeed check"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from skill.checking.finding import Finding, Severity
from skill.errors import ContentError, NightfeedError
from skill.settings import Settings

PROMPTS, PHRASES, MANIFEST = "content/prompts/en.toml", "content/phrases/en.toml", "skill.json"


@click.command("check")
@click.argument("guides", nargs=-1, metavar="[GUIDE]...")
@click.option("--json", "as_json", is_flag=True, help="For programs: a list of findings.")
@click.pass_obj
def command(settings: Settings, guides: tuple[str, ...], as_json: bool) -> int:
    """Read the guides as a listener would hear them, and say what could be better. Changes nothing.

    Without a GUIDE (its file's name without .md), all of them are read, and mistakes in prompts, phrases,
    manifest and recordings are looked for, too. The exit code is 1 where there is something to mend, and 0
    where there is nothing, or only advice.
    """
    from rich.console import Console

    from skill.cli.findings_screen import show

    found = list(findings(settings, guides))
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in found], indent=2))
    else:
        show(found, Console(highlight=False))
    return int(has_errors(found))


def findings(settings: Settings, slugs: Sequence[str] = ()) -> Iterator[Finding]:
    """What is to be said of the guides of those slugs; without any, of the whole project.

    Raises NightfeedError for a guide that there is not, and where nothing can be checked at all.
    """
    # Imported late: --help need not load the studio.
    from skill.checking.guides import findings as guide_findings
    from skill.checking.guides import recorded_seconds
    from skill.guides.markdown import read_source
    from skill.studio.lexicon import read_lexicon
    from skill.studio.recording import existing_library

    lexicon = read_lexicon(settings.content / "lexicon.toml")
    recorded = recorded_seconds(existing_library(settings.audio).guides)
    readable = True
    for path in _chosen(settings.content / "guides", slugs):
        file = path.relative_to(settings.project).as_posix()
        try:
            yield from guide_findings(read_source(path), file, lexicon, recorded)
        except ContentError as error:
            readable = False
            yield Finding(file, error.line, Severity.ERROR, error.problem, suggestion=error.remedy)
    if not slugs:
        yield from _of_the_house(settings, readable)


def has_errors(found: Iterable[Finding]) -> bool:
    """Whether there is something to mend, beyond advice."""
    return any(finding.severity is Severity.ERROR for finding in found)


def _chosen(folder: Path, slugs: Sequence[str]) -> list[Path]:
    known = {path.stem: path for path in sorted(folder.glob("*.md"))}
    if not known:
        raise NightfeedError(f"{folder}: there are no guides here; add a Markdown file")
    for slug in slugs:
        if slug not in known:
            raise NightfeedError(f"there is no guide {slug!r}; choose one of: {', '.join(known)}")
    return [known[slug] for slug in dict.fromkeys(slugs or known)]


def _of_the_house(settings: Settings, guides_are_readable: bool) -> Iterator[Finding]:
    """Of prompts, phrases, manifest and recordings; the last need guides that can be read."""
    from skill.alexa.package import locales, read_manifest
    from skill.alexa.phrases import read_phrases
    from skill.checking import manifest, phrases, prompts, recordings
    from skill.guides.markdown import read_guides
    from skill.prompts import read_prompts
    from skill.studio.planning import read_plans
    from skill.studio.recording import existing_library

    values = read_manifest(settings.project / MANIFEST)
    words = read_prompts(settings.project / PROMPTS)
    guides = read_guides(settings.content / "guides") if guides_are_readable else ()
    in_locales: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for locale in locales(values):
        said = read_phrases(settings.project / PHRASES, locale)
        for file, problems in (
            (PROMPTS, prompts.problems(words.of(locale).texts)),
            (PHRASES, phrases.problems(said, guides) if guides else ()),
            (MANIFEST, manifest.problems(values, locale, said.invocation)),
        ):
            for problem in problems:
                in_locales[file, problem].append(locale)
    for (file, problem), where in in_locales.items():
        yield _mend(file, problem if len(where) == len(locales(values)) else f"{', '.join(where)}: {problem}")
    for problem in manifest.misfits(values):
        yield _mend(MANIFEST, problem)
    for locale in words.local:
        if locale not in locales(values):
            yield _mend(
                PROMPTS, f"there are prompts for {locale}, but skill.json has no such locale; remove them"
            )
    if guides:
        plans = read_plans(settings.content, guides)
        for problem in recordings.problems(plans, existing_library(settings.audio), settings.audio):
            yield _mend("audio/library.json", problem)


def _mend(file: str, problem: str) -> Finding:
    what, _, remedy = problem.removeprefix(f"{file}: ").rpartition("; ")
    return Finding(file, 0, Severity.ERROR, what or remedy, suggestion=remedy if what else "")
