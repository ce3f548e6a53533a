"""Do the recordings hold what the guides say?"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from skill.library import Guide, Library
from skill.studio.plan import GuidePlan, is_stale
from skill.studio.recording import damaged_clips, is_damaged

REMEDY = "run: nightfeed record"


def problems(plans: Sequence[GuidePlan], library: Library, audio: Path) -> Iterator[str]:
    """A line for each guide that is to be recorded anew."""
    recorded = {entry.guide.slug: entry for entry in library.recorded}
    for plan in plans:
        slug = plan.guide.slug
        if slug not in recorded:
            yield f"guide {slug} is not recorded yet; {REMEDY}"
        elif is_stale(plan, recorded.get(slug)):
            yield f"guide {slug} has changed since it was recorded; {REMEDY}"
        elif _is_damaged(recorded[slug].guide, audio):
            yield f"guide {slug} has recordings that are missing or damaged; {REMEDY}"
    for slug in sorted(recorded.keys() - {plan.guide.slug for plan in plans}):
        yield f"guide {slug} is recorded but has no text any more; {REMEDY}"


def _is_damaged(guide: Guide, audio: Path) -> bool:
    clips = (clip for passage in guide.passages for clip in damaged_clips(passage, audio))
    return guide.episode is None or is_damaged(guide.episode, audio) or any(clips)
