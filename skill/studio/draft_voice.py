"""A quick voice for trying out: espeak-ng, robotic, at once, and never for recordings that the public hears.

Its library and data come with the house voice (the package espeakng_loader, which kokoro-onnx brings).
The numbers are those of its header, speak_lib.h.
"""

import bisect
import ctypes
import re
from typing import TYPE_CHECKING, Any

from skill.studio.house_voice import REMEDY
from skill.studio.voice import SAMPLE_RATE, Spoken, VoiceError

if TYPE_CHECKING:
    from skill.studio.voice import Samples

LANGUAGE_FILE = b"gmw/en"
"""British English, by its file below lang/ in espeak-ng's data."""
PACE = 160
"""Words a minute."""
TO_A_CALLBACK = 2  # AUDIO_OUTPUT_SYNCHRONOUS: no sound device is opened
NEVER_EXIT = 0x8000  # espeakINITIALIZE_DONT_EXIT
UTF8 = 1  # espeakCHARS_UTF8
IN_CHARACTERS = 1  # POS_CHARACTER
RATE = 1  # espeakRATE
LAST, WORD = 0, 1  # espeakEVENT_LIST_TERMINATED, espeakEVENT_WORD
FULL_SCALE = 32768
SILENCE = 0.005
"""What lies below this at the ends is not speech."""


class _Id(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("message", ctypes.c_uint),
        ("position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("milliseconds", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    )


_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


class DraftVoice:
    """Speaks with espeak-ng, a hundred times as fast as the house voice or more."""

    def __init__(self) -> None:
        """Load espeak-ng. Raises VoiceError where it is not installed."""
        self._espeak, self._rate = _engine()
        version = self._espeak.espeak_Info(None).decode()
        self.settings = f"draft: espeak-ng {version}, {LANGUAGE_FILE.decode()}, pace {PACE}, {SAMPLE_RATE} Hz"

    def speak(self, sentence: str) -> Spoken:
        """The sentence, spoken. Raises VoiceError when espeak-ng can make nothing of it."""
        import numpy as np
        from scipy.signal import resample_poly

        pieces: list[bytes] = []
        words: list[tuple[int, int]] = []

        def hear(sound: Any, count: int, events: Any) -> int:
            if sound:
                pieces.append(ctypes.string_at(sound, count * ctypes.sizeof(ctypes.c_short)))
            number = 0
            while events[number].type != LAST:
                if events[number].type == WORD:
                    # It counts characters from 1.
                    words.append((events[number].position - 1, events[number].sample))
                number += 1
            return 0

        callback = _Callback(hear)
        self._espeak.espeak_SetSynthCallback(callback)
        text = sentence.encode()
        self._espeak.espeak_Synth(text, len(text) + 1, 0, IN_CHARACTERS, 0, UTF8, None, None)
        sound = np.frombuffer(b"".join(pieces), dtype="<i2").astype("float32") / FULL_SCALE
        (loud,) = np.nonzero(np.abs(sound) > SILENCE)
        if not loud.size:
            raise VoiceError(f"the draft voice cannot say {sentence!r}; write the sentence otherwise")
        first = int(loud[0])
        samples: Samples = resample_poly(sound[first : loud[-1] + 1], SAMPLE_RATE, self._rate)
        starts = _word_starts(sentence, [(at, sample - first) for at, sample in words], self._rate)
        return Spoken(np.clip(samples, -1, 1).astype("float32"), starts)


def _word_starts(sentence: str, told: list[tuple[int, int]], rate: int) -> tuple[float, ...]:
    """Seconds at which its words begin, of places in the text with their samples; empty where one lacks."""
    places = [found.start() for found in re.finditer(r"\S+", sentence)]
    starts: dict[int, float] = {}
    for place, sample in told:
        starts.setdefault(bisect.bisect(places, place) - 1, round(max(0, sample) / rate, 3))
    return tuple(starts[number] for number in range(len(places))) if len(starts) == len(places) else ()


def _engine() -> tuple[Any, int]:
    """The library, ready to speak, and the rate of its sound in Hz."""
    try:
        import espeakng_loader

        espeak = ctypes.CDLL(espeakng_loader.get_library_path())
        data = espeakng_loader.get_data_path()
    except (ImportError, OSError, RuntimeError):
        raise VoiceError(f"espeak-ng, which the draft voice needs, is missing; {REMEDY}") from None
    espeak.espeak_Info.restype = ctypes.c_char_p
    rate = espeak.espeak_Initialize(TO_A_CALLBACK, 0, str(data).encode(), NEVER_EXIT)
    if rate <= 0 or espeak.espeak_SetVoiceByName(LANGUAGE_FILE):
        raise VoiceError(f"{data}: espeak-ng cannot use its data; {REMEDY}")
    espeak.espeak_SetParameter(RATE, PACE, 0)
    return espeak, rate
