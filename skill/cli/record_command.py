"""nightfeed record"""

from collections.abc import Sequence
from functools import cache, partial

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from skill.errors import NightfeedError
from skill.guides.markdown import read_guides
from skill.library import Guide
from skill.settings import Settings
from skill.show import read_show
from skill.studio.planning import read_plans
from skill.studio.recording import clear_away, draw_show_cover, existing_library, record, work_for
from skill.studio.sentence_cache import SentenceCache
from skill.studio.voice import VOICE_NAMES, Voice


@click.command("record")
@click.argument("guides", nargs=-1, metavar="[GUIDE]...")
@click.option("--voice", "voice_name", type=click.Choice(VOICE_NAMES), help="Instead of content/show.toml's.")
@click.pass_obj
def command(settings: Settings, guides: tuple[str, ...], voice_name: str | None) -> None:
    """Record the guides that have changed, or only those named (the file's name without .md).

    Only new sentences are spoken; stopped half-way, the next run carries on.
    """
    show = read_show(settings.content / "show.toml")
    every = read_guides(settings.content / "guides")
    library = existing_library(settings.audio)
    plans = read_plans(settings.content, _chosen(every, guides), voice_name or "")
    works = [work for plan in plans if (work := work_for(plan, library, settings.audio))]
    sentences = SentenceCache(settings.cache / "sentences")

    @cache
    def voice() -> Voice:
        return _load_voice(voice_name or show.voice.name, settings)

    with _progress(shown=bool(works)) as progress:
        for work in works:
            task = progress.add_task(work.plan.guide.slug, total=len(work.to_speak))
            record(work, settings.audio, voice, sentences, show.pauses, partial(progress.advance, task))
    draw_show_cover(show, settings.audio)
    clear_away(settings.audio, [guide.slug for guide in every])
    unchanged = len(plans) - len(works)
    click.echo(f"{len(works)} recorded, {unchanged} unchanged: {settings.library}")


def _chosen(every: Sequence[Guide], slugs: Sequence[str]) -> list[Guide]:
    known = {guide.slug: guide for guide in every}
    for slug in slugs:
        if slug not in known:
            raise NightfeedError(f"there is no guide {slug!r}; choose one of: {', '.join(known)}")
    return [known[slug] for slug in slugs or known]


def _load_voice(name: str, settings: Settings) -> Voice:
    if name == "gtts":
        from skill.studio.gtts_voice import GttsVoice

        return GttsVoice()
    from skill.studio.house_voice import HouseVoice

    return HouseVoice(settings.voices)


def _progress(shown: bool) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("sentences"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        disable=not shown,
    )
