"""Settings → a speaker to talk to, read once at start."""

from dataclasses import replace
from functools import partial

from skill.alexa.entry import answer
from skill.alexa.phrases import Phrases, read_phrases
from skill.alexa.skill import House, build_skill
from skill.settings import Settings
from skill.talk.conversation import Speaker
from skill.talk.reminders import Reminders
from skill.talk.understanding import Understanding


def read_speaker(settings: Settings, house: House, audio_url: str) -> Speaker:
    """A speaker in the house, with the project's phrases and the stand-in for Alexa's reminders.

    Raises ContentError when the phrases cannot be read.
    """
    reminders = Reminders()
    phrases = read_phrases(settings.content / "phrases" / "en.toml")
    speaker = speaker_in(replace(house, services=reminders.services), phrases, audio_url)
    return replace(speaker, reminders=reminders)


def speaker_in(house: House, phrases: Phrases, audio_url: str) -> Speaker:
    """A speaker in the house; clips are found below the address."""
    understanding = Understanding(phrases, house.library.guides)
    return Speaker(partial(answer, build_skill(house, audio_url)), understanding, house.library, house.clock)
