"""The peers' own environments: installed once into the user's cache, with pip and npm, and used again."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

import click
import platformdirs

from tests.server import PROJECT

PEERS = Path(__file__).parent / "peers"
CONSTRAINTS = PROJECT / "constraints.txt"
PIP = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check")
NPM = ("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--silent")
PYTHON = sys._base_executable  # type: ignore[attr-defined]
"""What every process is started with, ours and theirs: it belongs to no environment."""
CACHE = platformdirs.user_cache_path("nightfeed", appauthor=False) / "bench"
OURS = Path(sysconfig.get_path("purelib"))
"""The project's own packages."""
TOLD = ("ask-sdk-core", "ask-sdk-model", "flask-ask-sdk", "ask-sdk-dynamodb-persistence-adapter", "boto3",
        "cryptography", "flask", "gunicorn")  # fmt: skip
TOLD_OF_NODE = ("ask-sdk-core", "ask-sdk-express-adapter", "express")


def stock_packages() -> Path:
    """The folder of the stock packages, in an environment for this version of Python."""
    names = PEERS / "requirements.txt"

    def install(folder: Path) -> None:
        _run(PYTHON, "-m", "venv", str(folder))
        python = str(folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
        _run(python, *PIP, "-c", str(CONSTRAINTS), "-r", str(names))

    venv = _installed("stock", [names.read_bytes(), CONSTRAINTS.read_bytes(), sys.version.encode()], install)
    return next(venv.glob("[Ll]ib/**/site-packages"))


def node_modules() -> Path | None:
    """The folder of Node's packages; None where there is no Node."""
    if not (shutil.which("node") and shutil.which("npm")):
        return None
    package = PEERS / "package.json"

    def install(folder: Path) -> None:
        folder.mkdir()
        shutil.copy(package, folder)
        _run(*NPM, "--prefix", str(folder))

    return _installed("node", [package.read_bytes()], install) / "node_modules"


def versions(stock: Path | None, node: Path | None) -> dict[str, str]:
    """What is compared with what: names and versions, those of Node's with its name before them."""
    told = {}
    if stock:
        listed = _run(PYTHON, "-m", "pip", "list", "--path", str(stock), "--format", "json")
        every = {entry["name"].lower(): entry["version"] for entry in json.loads(listed)}
        told |= {name: every[name] for name in TOLD}
    if node:
        told["node"] = _run("node", "--version").strip().removeprefix("v")
        for name in TOLD_OF_NODE:
            told[f"node {name}"] = json.loads((node / name / "package.json").read_bytes())["version"]
    return told


def _installed(name: str, inputs: list[bytes], install: Callable[[Path], None]) -> Path:
    """The folder that the installation made; it is there whole or not at all."""
    key = hashlib.sha256(b"".join(inputs)).hexdigest()[:16]
    folder = CACHE / f"{name}-{key}"
    if not folder.exists():
        click.echo(f"Setting up {name} in {folder.parent} (first time only) …", err=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = folder.with_name(f"draft-{os.getpid()}")
        try:
            install(draft)
            draft.rename(folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return folder


def _run(*command: str) -> str:
    ran = subprocess.run(command, capture_output=True, text=True)
    if ran.returncode:
        raise click.ClickException(f"{' '.join(command[:4])} …: {ran.stderr.strip()}")
    return ran.stdout
