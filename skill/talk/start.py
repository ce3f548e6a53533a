"""Settings → a speaker to talk to, read once at start."""

from functools import partial

from skill.alexa.entry import answer
from skill.alexa.phrases import Phrases, read_phrases
from skill.alexa.skill import House, build_skill
from skill.settings import Settings
from skill.talk.conversation import Speaker
from skill.talk.understanding import Understanding


def read_speaker(settings: Settings, house: House, audio_url: str) -> Speaker:
    """A speaker in the house, with the project's phrases. Raises ContentError when these cannot be read."""
    return speaker_in(house, read_phrases(settings.content / "phrases" / "en.toml"), audio_url)


def speaker_in(house: House, phrases: Phrases, audio_url: str) -> Speaker:
    """A speaker in the house; clips are found below the address."""
    understanding = Understanding(phrases, house.library.guides)
    return Speaker(partial(answer, build_skill(house, audio_url)), understanding, house.library, house.clock)
