"""Content folder → plans for its guides."""

from collections.abc import Iterable
from pathlib import Path

from skill.library import Guide
from skill.prompts import read_prompts
from skill.show import read_show
from skill.studio.episode_frame import episode_frame
from skill.studio.lexicon import read_lexicon
from skill.studio.plan import GuidePlan, plan_guide
from skill.studio.voice_choice import voice_settings


def read_plans(content: Path, guides: Iterable[Guide], voice: str = "") -> list[GuidePlan]:
    """A plan for each guide, read by the voice of that name, or by the show's own.

    Raises ContentError for a malformed file, VoiceError for an unknown voice.
    """
    show = read_show(content / "show.toml")
    lexicon = read_lexicon(content / "lexicon.toml")
    prompts = read_prompts(content / "prompts" / "en.toml")
    name = voice or show.voice.name
    spoken_by = voice_settings(name)
    return [
        plan_guide(guide, lexicon, show.pauses, episode_frame(guide, show, prompts), name, spoken_by)
        for guide in guides
    ]
