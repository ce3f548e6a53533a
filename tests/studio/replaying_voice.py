"""The house voice without its model: it says again what it says in the committed recordings.

`python -m tests.studio.replaying_voice record …` is `nightfeed record …` with this voice for the house voice.
"""

import numpy as np
from numpy.typing import NDArray

from skill import cli
from skill.cli import record_command
from skill.guides.markdown import read_guides
from skill.library import read_library
from skill.studio.mp3 import decoded
from skill.studio.planning import read_plans
from skill.studio.voice import Spoken
from skill.studio.voice_choice import voice_settings
from tests.conversing import CONTENT

AUDIO = CONTENT.parent / "audio"
WRITTEN, SAID = "firmly", "calmly"
"""A guide with the one word is read with the other."""


class ReplayingVoice:
    """Says the sentences of the committed guides, and no other."""

    settings = voice_settings("house")

    def __init__(self) -> None:
        self._sounds: dict[str, NDArray[np.float32]] = {}
        library = read_library(AUDIO / "library.json")
        for plan in read_plans(CONTENT, read_guides(CONTENT / "guides")):
            episode = library.guide(plan.guide.slug).episode
            sound, rate = decoded((AUDIO / episode.file).read_bytes())
            told = [
                sentence
                for chapter in episode.chapters
                for paragraph in chapter.paragraphs
                for sentence in paragraph
            ]
            for sentence, planned in zip(told, plan.episode_sentences, strict=True):
                cut = sound[round(sentence.start * rate) : round(sentence.end * rate)]
                self._sounds[planned.spoken] = cut.astype("float32")

    def speak(self, sentence: str) -> Spoken:
        return Spoken(self._sounds[sentence.replace(WRITTEN, SAID)])


def main() -> None:
    record_command.load_voice = lambda name, folder: ReplayingVoice()
    cli.main()


if __name__ == "__main__":
    main()
