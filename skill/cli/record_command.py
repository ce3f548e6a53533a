"""nightfeed record"""

from collections.abc import Container, Sequence
from functools import cache

import click

from skill.cli.progress_bar import Begin, progress_bar
from skill.errors import NightfeedError
from skill.guides.markdown import read_guides
from skill.library import Guide
from skill.settings import Settings
from skill.show import read_show
from skill.studio.hearing import Hears, Recogniser, TranscriptCache
from skill.studio.lexicon import read_lexicon
from skill.studio.phonemes import phonemes
from skill.studio.planning import read_plans
from skill.studio.recording import clear_away, draw_show_cover, existing_library, record, work_for
from skill.studio.sentence_cache import SentenceCache
from skill.studio.verifying import Doubt, Verified, said_in_clips, verify
from skill.studio.voice import Voice
from skill.studio.voice_choice import VOICE_NAMES, load_voice

DOUBTFUL = 1
"""Exit code where a sentence is heard otherwise than it is written."""
REMEDY = (
    "Listen with nightfeed say: what is said wrongly needs a respelling in content/lexicon.toml, or another "
    "wording. The recordings stay."
)


@click.command("record")
@click.argument("guides", nargs=-1, metavar="[GUIDE]...")
@click.option("--voice", "voice_name", type=click.Choice(VOICE_NAMES), help="Instead of content/show.toml's.")
@click.option("--verify", "verified", is_flag=True, help="Compare what is new, or else all, with its text.")
@click.pass_context
def command(context: click.Context, guides: tuple[str, ...], voice_name: str | None, verified: bool) -> None:
    """Record the guides that have changed, or only those named (the file's name without .md).

    Only new sentences are spoken; stopped half-way, the next run carries on. With --verify, speech
    recognition listens, and what it hears otherwise than it is written is listed; the exit code is then 1.
    """
    settings: Settings = context.obj
    guides_before = existing_library(settings.audio).guides
    before = {clip.sha256 for guide in guides_before for passage in guide.passages for clip in passage.clips}
    with progress_bar("sentences") as begin:
        recorded, unchanged = record_guides(settings, guides, voice_name or "", begin)
    click.echo(f"{recorded} recorded, {unchanged} unchanged: {settings.library}")
    if not verified:
        return
    with progress_bar("clips") as begin:
        result = verify_guides(settings, guides, voice_name or "", begin, before)
    if result.doubts:
        click.echo(doubts_shown(result.doubts))
        context.exit(DOUBTFUL)
    click.echo(f"{result.clips} clips say what is written.")


def record_guides(settings: Settings, slugs: Sequence[str], voice_name: str, begin: Begin) -> tuple[int, int]:
    """Record what has changed of the guides of those slugs, or of all where there are none.

    With the voice of that name, or else the show's own. Returns how many guides were recorded, and how many
    had not changed. Raises NightfeedError.
    """
    show = read_show(settings.content / "show.toml")
    every = read_guides(settings.content / "guides")
    library = existing_library(settings.audio)
    plans = read_plans(settings.content, _chosen(every, slugs), voice_name)
    works = [work for plan in plans if (work := work_for(plan, library, settings.audio))]
    sentences = SentenceCache(settings.cache / "sentences")

    @cache
    def voice() -> Voice:
        return load_voice(voice_name or show.voice.name, settings.voices)

    for work in works:
        advance = begin(work.plan.guide.slug, len(work.to_speak))
        record(work, settings.audio, voice, sentences, show.pauses, advance)
    draw_show_cover(show, settings.audio)
    clear_away(settings.audio, [guide.slug for guide in every])
    return len(works), len(plans) - len(works)


def verify_guides(
    settings: Settings, slugs: Sequence[str], voice_name: str, begin: Begin, before: Container[str] = ()
) -> Verified:
    """Compare the recorded clips of the guides of those slugs, or of all, with what was to be said.

    Clips whose hashes are among those `before` are passed over, unless there are no others. Raises
    NightfeedError where speech recognition is not installed.
    """
    library = existing_library(settings.audio)
    plans = read_plans(settings.content, _chosen(read_guides(settings.content / "guides"), slugs), voice_name)
    every = [
        said
        for plan in plans
        if (guide := library.guide(plan.guide.slug))
        for said in said_in_clips(plan, guide)
    ]
    chosen = [said for said in every if said.clip.sha256 not in before] or every
    transcripts = TranscriptCache(settings.cache / "transcripts", settings.audio, cache(_load_recogniser))
    lexicon = read_lexicon(settings.content / "lexicon.toml")
    return verify(chosen, transcripts, lexicon, phonemes(), begin)


def doubts_shown(doubts: Sequence[Doubt]) -> str:
    """The doubtful sentences as an editor reads them, with what to do."""
    lines = [
        f"content/guides/{doubt.guide}.md: {doubt.sentence}\n    heard: {doubt.heard or 'nothing'}"
        for doubt in doubts
    ]
    return "\n".join([*lines, f"{len(doubts)} doubtful. {REMEDY}"])


def _chosen(every: Sequence[Guide], slugs: Sequence[str]) -> list[Guide]:
    known = {guide.slug: guide for guide in every}
    for slug in slugs:
        if slug not in known:
            raise NightfeedError(f"there is no guide {slug!r}; choose one of: {', '.join(known)}")
    return [known[slug] for slug in slugs or known]


def _load_recogniser() -> Hears:
    return Recogniser()
