"""How English words sound: eSpeak's phonemes, which the house voice reads by, too."""

from collections.abc import Callable
from functools import cache

from skill.errors import NightfeedError, installing

LANGUAGE = "en-gb"
NOT_COMPARED = str.maketrans("ɜ", "ə", "ˈˌː ")
"""Stress, length and gaps: people and recognisers differ in them."""


def phonemes() -> Callable[[str], str]:
    """A function from a word to its phonemes, a sign each. Raises NightfeedError where eSpeak is missing."""
    try:
        import espeakng_loader
        from phonemizer.backend import EspeakBackend
        from phonemizer.backend.espeak.wrapper import EspeakWrapper
    except ImportError:
        raise NightfeedError(
            f"eSpeak, which tells how words sound, is missing; {installing('verify')}"
        ) from None
    EspeakWrapper.set_library(espeakng_loader.get_library_path())
    EspeakWrapper.set_data_path(espeakng_loader.get_data_path())
    espeak = EspeakBackend(LANGUAGE, language_switch="remove-flags")

    @cache
    def sound(word: str) -> str:
        (said,) = espeak.phonemize([word], strip=True)
        return str(said).translate(NOT_COMPARED)

    return sound
