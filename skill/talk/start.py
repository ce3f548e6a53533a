"""Settings → a speaker to talk to, read once at start."""

from functools import partial

from skill.alexa.entry import answer
from skill.alexa.phrases import read_phrases
from skill.alexa.skill import House, build_skill
from skill.alexa.start import read_house
from skill.settings import Settings
from skill.talk.conversation import Speaker
from skill.talk.understanding import Understanding


def read_speaker(settings: Settings, audio_url: str, house: House | None = None) -> Speaker:
    """A speaker whose clips are found at the address. Raises NightfeedError for what cannot be read."""
    house = house or read_house(settings)
    phrases = read_phrases(settings.content / "phrases" / "en.toml")
    understanding = Understanding(phrases, house.library.guides)
    return Speaker(partial(answer, build_skill(house, audio_url)), understanding, house.library, house.clock)
