"""Google's voice through gTTS, with its British accent. It needs the network."""

import io
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from skill.studio.voice import SAMPLE_RATE, Spoken, VoiceError

if TYPE_CHECKING:
    from skill.studio.voice import Samples

ACCENT = "co.uk"
SETTINGS = f"gtts: en, {ACCENT}, {SAMPLE_RATE} Hz"
TIMEOUT = 10.0
"""Seconds for one request."""
ATTEMPTS = 3
FIRST_WAIT = 1.0
"""Seconds before the second attempt; doubled before each further one."""
SILENCE = 0.005
"""What lies below this at the ends is not speech."""


class GttsVoice:
    """Speaks with Google's service."""

    settings = SETTINGS

    def __init__(self, timeout: float = TIMEOUT, sleep: Callable[[float], None] = time.sleep) -> None:
        self._timeout = timeout
        self._sleep = sleep

    def speak(self, sentence: str) -> Spoken:
        """Its sound alone. Raises VoiceError when Google gives none, after ATTEMPTS tries."""
        problem = ""
        for attempt in range(ATTEMPTS):
            if attempt:
                self._sleep(FIRST_WAIT * 2 ** (attempt - 1))
            try:
                return Spoken(self._spoken(sentence))
            except VoiceError as error:
                problem = str(error)
        raise VoiceError(f"{problem} (tried {ATTEMPTS} times); check the network, or use --voice house")

    def _spoken(self, sentence: str) -> "Samples":
        # Imported late: gTTS brings requests, which a run without changes need not load.
        import requests
        from gtts import gTTS, gTTSError

        reply = io.BytesIO()
        try:
            gTTS(sentence, lang="en", tld=ACCENT, lang_check=False, timeout=self._timeout).write_to_fp(reply)
        except (gTTSError, requests.RequestException, OSError, ValueError) as error:
            raise VoiceError(f"Google's voice did not answer: {' '.join(str(error).split())}") from None
        if not reply.getbuffer().nbytes:
            raise VoiceError("Google's voice answered with no sound")
        return _decoded(reply)


def _decoded(mp3: io.BytesIO) -> "Samples":
    import numpy as np
    import soundfile
    from scipy.signal import resample_poly

    mp3.seek(0)
    try:
        samples, rate = soundfile.read(mp3, dtype="float32", always_2d=True)
    except soundfile.LibsndfileError:
        raise VoiceError("Google's voice answered with something that is no sound") from None
    mono = samples.mean(axis=1)
    if rate != SAMPLE_RATE:
        mono = resample_poly(mono, SAMPLE_RATE, rate)
    (loud,) = np.nonzero(np.abs(mono) > SILENCE)
    if not loud.size:
        raise VoiceError("Google's voice answered with silence")
    return mono[loud[0] : loud[-1] + 1].astype("float32")  # type: ignore[no-any-return]
