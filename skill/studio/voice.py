"""The voices' one interface."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from skill.errors import NightfeedError

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

    Samples = NDArray[float32]
    """Mono sound at SAMPLE_RATE, each sample between -1 and 1."""

SAMPLE_RATE = 24_000
"""Hz, of every voice and every recording."""

VOICE_NAMES = ("house", "gtts")
"""Of those that record for the public."""
DRAFT = "draft"
"""Name of the quick one, for trying out alone."""


class VoiceError(NightfeedError):
    """A voice that is not installed, or did not speak."""


@dataclass(frozen=True)
class Spoken:
    """A sentence as a voice said it."""

    samples: "Samples"
    """Without silence at its ends."""
    words: tuple[float, ...] = ()
    """Seconds at which its words begin, one for each that white space sets apart; empty where not known."""


class Voice(Protocol):
    """An engine that speaks."""

    @property
    def settings(self) -> str:
        """Everything that shapes its sound, as one line: a change of it means recording anew."""
        ...

    def speak(self, sentence: str) -> Spoken:
        """The sentence, spoken. Raises VoiceError."""
        ...


def voice_settings(name: str) -> str:
    """The settings line of the voice, known without loading it. Raises VoiceError for an unknown name."""
    if name == "house":
        from skill.studio import house_voice

        return house_voice.SETTINGS
    if name == "gtts":
        from skill.studio import gtts_voice

        return gtts_voice.SETTINGS
    raise VoiceError(f"there is no voice {name!r}; choose one of: {', '.join(VOICE_NAMES)}")


def load_voice(name: str, folder: Path) -> Voice:
    """The voice of that name, the draft voice too; the house voice is in the folder. Raises VoiceError."""
    if name == DRAFT:
        from skill.studio.draft_voice import DraftVoice

        return DraftVoice()
    if name == "gtts":
        from skill.studio.gtts_voice import GttsVoice

        return GttsVoice()
    from skill.studio.house_voice import HouseVoice

    return HouseVoice(folder)
