"""Playing a sound with what the system has."""

import shutil
import subprocess
import sys
from pathlib import Path

PLAYERS = (
    ("afplay",),
    ("pw-play",),
    ("paplay",),
    ("aplay", "-q"),
    ("ffplay", "-nodisp", "-autoexit", "-loglevel", "quiet"),
)
"""Programs with their options, of macOS and of Linux; the first that plays is taken."""


def play(wav: Path) -> bool:
    """Play the file to its end; whether there was anything to play it with."""
    if sys.platform == "win32":
        import winsound

        try:
            winsound.PlaySound(str(wav), winsound.SND_FILENAME)
        except RuntimeError:
            return False
        return True
    return any(_plays(program, options, wav) for program, *options in PLAYERS)


def _plays(program: str, options: list[str], wav: Path) -> bool:
    """One that is there may still have no sound device."""
    found = shutil.which(program)
    if not found:
        return False
    return subprocess.run([found, *options, str(wav)], capture_output=True, check=False).returncode == 0
