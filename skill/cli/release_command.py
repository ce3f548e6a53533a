"""nightfeed release"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path

import click
from rich.console import Console

from skill.cli.announce_command import NOT_SENT, announce, announcement, event_shown
from skill.cli.check_command import MANIFEST, PHRASES, PROMPTS, findings, has_errors
from skill.cli.findings_screen import show as show_findings
from skill.cli.findings_screen import summary
from skill.cli.package_command import write_package
from skill.cli.progress_bar import Begin
from skill.cli.publish_command import publish_site
from skill.cli.record_command import DOUBTFUL, doubts_shown, record_guides, verify_guides
from skill.cli.release_screen import State, release_screen
from skill.errors import NightfeedError
from skill.settings import Settings

PACKAGE, SITE = "package", "site"
"""Folders below --out."""
TO_MEND = 1
"""Exit code where the check finds mistakes."""
LISTENED = "Where you have listened, and all is well: go on with --listened."


@dataclass(frozen=True)
class Release:
    """What is asked for."""

    settings: Settings
    guide: str
    """Slug."""
    out: Path
    base_url: str
    """Empty for content/show.toml's."""
    send: bool
    live: bool
    listened: bool
    """Whether the doubtful sentences were listened to, and are well."""


@dataclass(frozen=True)
class Outcome:
    """What came of a step."""

    state: State
    note: str = ""
    tell: Callable[[], None] = lambda: None
    """Shows what an editor is to read below the list."""
    exit_code: int = 0


Note = Callable[[str], None]
"""Shows how far a step is."""


@click.command("release")
@click.argument("guide")
@click.option(
    "--out", default=Path("build"), type=click.Path(path_type=Path, file_okay=False), show_default=True,
    help="Folder of the site and the skill package.",
)  # fmt: skip
@click.option("--base-url", default="", help="Where the public will find the site; else content/show.toml's.")
@click.option("--send", is_flag=True, help="Send the announcement; else it is only shown.")
@click.option("--live", is_flag=True, help="To all listeners, not only to those who test the skill.")
@click.option("--listened", is_flag=True, help="Go on over doubtful sentences: you found them well.")
@click.pass_context
def command(
    context: click.Context, guide: str, out: Path, base_url: str, send: bool, live: bool, listened: bool
) -> None:
    """Bring the guide (its file's name without .md) to its listeners, step by step.

    Check, record, verify, package, publish, announce: as the commands of these names do it. It stops at the
    first step that fails; mend what is told and run it again: it does only what is left to do.
    """
    release = Release(context.obj, guide, out, base_url, send, live, listened)
    console = Console(highlight=False)
    with release_screen(list(STEPS), console) as show:
        for name, step in STEPS.items():
            show(name, State.DOING, "")
            try:
                outcome = step(release, partial(show, name, State.DOING))
            except NightfeedError:
                show(name, State.FAILED, "")
                raise
            show(name, outcome.state, outcome.note)
            if outcome.state == State.FAILED:
                break
    outcome.tell()
    context.exit(outcome.exit_code)


def check_step(release: Release, note: Note) -> Outcome:
    """The guide, and the words and the manifest that it goes out with; recording comes later."""
    settings = release.settings
    house = (each for each in findings(settings) if each.file in (PROMPTS, PHRASES, MANIFEST))
    found = [*findings(settings, [release.guide]), *house]
    if has_errors(found):
        tell = partial(show_findings, found, Console(highlight=False))
        return Outcome(State.FAILED, tell=tell, exit_code=TO_MEND)
    return Outcome(State.DONE, summary(found).rstrip(".") if found else "")


def record_step(release: Release, note: Note) -> Outcome:
    """What has changed of the guide."""
    recorded, _ = record_guides(release.settings, [release.guide], "", _counted("sentences", note))
    return Outcome(State.DONE if recorded else State.NOTHING_TO_DO)


def verify_step(release: Release, note: Note) -> Outcome:
    """All of the guide's clips; those heard before need not be heard again."""
    verified = verify_guides(release.settings, [release.guide], "", _counted("clips", note))
    if verified.doubts and not release.listened:
        tell = partial(click.echo, f"{doubts_shown(verified.doubts)}\n{LISTENED}")
        return Outcome(State.FAILED, f"{len(verified.doubts)} doubtful", tell, DOUBTFUL)
    listened = f"{len(verified.doubts)} doubtful, listened to" if verified.doubts else ""
    return Outcome(State.DONE if verified.new else State.NOTHING_TO_DO, listened)


def package_step(release: Release, note: Note) -> Outcome:
    """The whole skill's, whose words name the guide."""
    folder = release.out / PACKAGE
    written, _ = write_package(release.settings, folder)
    return _written(written, folder)


def publish_step(release: Release, note: Note) -> Outcome:
    """The whole site."""
    folder = release.out / SITE
    return _written(sum(publish_site(release.settings, folder, release.base_url)), folder)


def announce_step(release: Release, note: Note) -> Outcome:
    """Once in every region."""
    event = announcement(release.settings, release.guide)
    if not release.send:
        return Outcome(State.DONE, "only shown", partial(click.echo, f"{event_shown(event)}\n{NOT_SENT}"))
    announced = list(announce(release.settings, release.guide, event, release.live))
    if not any(region.new for region in announced):
        return Outcome(State.NOTHING_TO_DO, "announced before")
    return Outcome(State.DONE, tell=partial(click.echo, "\n".join(region.line for region in announced)))


STEPS: dict[str, Callable[[Release, Note], Outcome]] = {
    "check": check_step,
    "record": record_step,
    "verify": verify_step,
    "package": package_step,
    "publish": publish_step,
    "announce": announce_step,
}
"""In this order: each builds on those before it."""


def _written(files: int, folder: Path) -> Outcome:
    return Outcome(State.DONE if files else State.NOTHING_TO_DO, str(folder))


def _counted(unit: str, note: Note) -> Begin:
    def begin(name: str, steps: int) -> Callable[[], None]:
        done = count(1)
        return lambda: note(f"{next(done)} of {steps} {unit}")

    return begin
