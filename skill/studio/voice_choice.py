"""Which voice: by the name that show.toml or the command line gives."""

from pathlib import Path

from skill.studio.voice import Voice, VoiceError

VOICE_NAMES = ("house", "gtts")
"""Of those that record for the public."""
DRAFT = "draft"
"""Name of the quick one, for trying out alone."""


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
