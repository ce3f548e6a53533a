"""The voices' one interface."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from skill.errors import NightfeedError

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

    Samples = NDArray[float32]
    """Mono sound at SAMPLE_RATE, each sample between -1 and 1."""

SAMPLE_RATE = 24_000
"""Hz, of every voice and every recording."""


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
