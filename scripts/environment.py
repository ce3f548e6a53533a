"""The project's .venv: made on the first start of any script beside this file, and kept in step after that.

It loads on any Python from 3.6 on, to be able to say which one is needed: hence the quoted annotations.
"""

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, NoReturn

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON, NEWEST_PYTHON = (3, 11), (3, 13)

NOT_SET_UP = 2
"""Exit code where there is no environment to start in."""
INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it."""

CONSTRAINTS = "constraints.txt"
INPUTS = ("pyproject.toml", CONSTRAINTS)
STAMP, LOCK, LOG = "installed.json", "setup.lock", "setup.log"
"""Files inside .venv: what is installed, who is installing, and all that pip said."""
LOCK_POLL_SECONDS = 0.2
PROGRESS_WIDTH = 78
ERROR = "ERROR: "
"""How pip begins the lines that say what went wrong."""
NO_ANSWER = "connection broken by"
"""What pip says before that, as often as it tries again."""
PROGRESS_WORDS = ("Collecting", "Downloading", "Building", "Installing")


class SetupError(Exception):
    """Why there is no environment, in one line that says what to do."""


def ready(*extras: str) -> str:
    """The environment's Python, with the project and these extras installed; without it, the script ends."""
    script = Path(sys.argv[0]).name
    try:
        check_python(sys.version_info[:2])
        ensure(ROOT, frozenset(extras))
    except SetupError as error:
        sys.stderr.write(f"{script}: {error}\n")
        sys.exit(NOT_SET_UP)
    except OSError as error:
        where, why = error.filename or ROOT / ".venv", error.strerror or error
        sys.stderr.write(f"{script}: {where}: {why}; make room, or check the rights of this folder\n")
        sys.exit(NOT_SET_UP)
    except KeyboardInterrupt:
        sys.stderr.write(f"\n{script}: interrupted; the next start sets up anew\n")
        sys.exit(INTERRUPTED)
    return str(python_of(ROOT))


def hand_over(command: "list[str]", **variables: str) -> NoReturn:
    """End as the command ends, with these environment variables added to ours."""
    environment = dict(os.environ, **variables)
    if sys.platform != "win32":
        os.execve(command[0], command, environment)  # noqa: S606
    with subprocess.Popen(command, env=environment) as process:
        while True:
            # The console sends Ctrl-C to the command as well, and the command says what it means.
            with contextlib.suppress(KeyboardInterrupt):
                sys.exit(process.wait())


def check_python(version: "tuple[int, ...]") -> None:
    """Raise SetupError unless the project runs on this version of Python (see pyproject.toml)."""
    if not OLDEST_PYTHON <= version <= NEWEST_PYTHON:
        found = "this is Python {}.{}, and Nightfeed needs 3.11 to 3.13".format(*version)
        raise SetupError(f"{found}; start the script with one of those")


def ensure(root: Path, extras: "frozenset[str]") -> None:
    """Install the project at root with these extras into its .venv, unless that is so already.

    Raises SetupError where it cannot be done, and OSError where .venv cannot be written.
    """
    if is_ready(root, extras):
        return
    (root / ".venv").mkdir(exist_ok=True)
    with only_one(root) as lock:
        if not is_ready(root, extras):
            set_up(root, extras, lock)


def is_ready(root: Path, extras: "frozenset[str]") -> bool:
    """Whether nothing has changed since a set-up with at least these extras."""
    stamp = read_stamp(root)
    return (
        stamp.get("home") == home_of(root)
        and stamp.get("inputs") == inputs_of(root)
        and extras.issubset(stamp["extras"])
        and python_of(root).exists()
    )


def set_up(root: Path, extras: "frozenset[str]", lock: "IO[bytes]") -> None:
    """Install with pip, into a new .venv where the old one is no use; the stamp is written last."""
    old, inputs = read_stamp(root), inputs_of(root)
    usable = old.get("home") == home_of(root) and has_pip(root)
    say("Bringing .venv up to date …" if usable else "Setting up (first start only, about a minute) …")
    stamp = root / ".venv" / STAMP
    stamp.unlink(missing_ok=True)
    (root / ".venv" / LOG).write_bytes(b"")
    if not usable:
        make_venv(root, lock)
    try:
        install(root, extras, lock)
    except SetupError:
        # pip changes nothing when it fails, so what was installed still is.
        if usable:
            stamp.write_text(json.dumps(old), encoding="utf-8")
        raise
    kept = old["extras"] if usable and old["inputs"] == inputs else []
    made = {"home": home_of(root), "inputs": inputs, "extras": sorted(extras.union(kept))}
    stamp.write_text(json.dumps(made), encoding="utf-8")


def make_venv(root: Path, lock: "IO[bytes]") -> None:
    """An empty .venv, whatever was there before."""
    venv = root / ".venv"
    for child in venv.iterdir():
        if child.name in (LOCK, LOG):
            continue
        if child.is_dir() and not child.is_symlink():
            shutil.rmtree(child)
        else:
            child.unlink()
    # Not sys.executable: that may be the Python of the .venv just emptied.
    problem = run(root, [sys._base_executable, "-m", "venv", str(venv)], lock)  # type: ignore[attr-defined]
    if problem:
        raise SetupError(
            f"Python could not make a virtual environment ({problem}); "
            f"on Debian and Ubuntu, install python3-venv; all that was said is in {venv / LOG}"
        )


def install(root: Path, extras: "frozenset[str]", lock: "IO[bytes]") -> None:
    """The project with these extras, by the pinned pip: older ones miss extras that are spelt in two ways."""
    project = ["-c", CONSTRAINTS, "-e", ".[{}]".format(",".join(sorted(extras))) if extras else "."]
    pins = (root / CONSTRAINTS).read_text(encoding="utf-8").splitlines()
    for what in (*([pin] for pin in pins if pin.startswith("pip==")), project):
        command = [str(python_of(root)), "-m", "pip", "install", "--disable-pip-version-check", *what]
        problem = run(root, command, lock)
        if problem:
            raise SetupError(
                f"pip could not install the packages ({problem}); the first start needs the package index: "
                f"see to the network or pip's settings; all that pip said is in {root / '.venv' / LOG}"
            )


def run(root: Path, command: "list[str]", lock: "IO[bytes]") -> str:
    """Run a step of the set-up, its output going to the log; what went wrong, or "".

    The step holds the lock too: where it outlives this process, the next start waits for it.
    """
    step = subprocess.Popen(
        command,
        cwd=root,
        # A relative path, because pip splits it at spaces.
        env=dict(os.environ, PIP_BUILD_CONSTRAINT=CONSTRAINTS, PIP_USER="0"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        pass_fds=() if sys.platform == "win32" else (lock.fileno(),),
    )
    errors = []
    line, network = "no reason given", ""
    with step, (root / ".venv" / LOG).open("ab") as log:
        for said in step.stdout or ():
            log.write(said)
            line = said.decode("utf-8", "replace").strip() or line
            if line.startswith(PROGRESS_WORDS):
                show_progress(line)
            if line.startswith(ERROR):
                errors.append(line[len(ERROR) :].rstrip("."))
            if NO_ANSWER in line:
                network = "the package index did not answer; "
    show_progress("")
    return network + [*errors, line][0] if step.returncode else ""


@contextlib.contextmanager
def only_one(root: Path) -> "Iterator[IO[bytes]]":
    """Wait until no other process sets the project up; the system frees the lock of one that was killed."""
    with (root / ".venv" / LOCK).open("ab") as lock:
        if not try_lock(lock):
            say("Another start is setting up; waiting for it …")
            while not try_lock(lock):
                time.sleep(LOCK_POLL_SECONDS)
        yield lock


def try_lock(file: "IO[bytes]") -> bool:
    """Take the lock on an open file, which lasts until it is closed; False if another process has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def read_stamp(root: Path) -> "dict[str, Any]":
    """What set_up last finished; nothing if it was stopped half-way."""
    try:
        stamp: dict[str, Any] = json.loads((root / ".venv" / STAMP).read_bytes())
    except (OSError, ValueError):
        return {}
    return stamp


def home_of(root: Path) -> str:
    """What a virtual environment cannot outlive: a change of its path or of its Python."""
    return f"{root} {sys.base_prefix} {sys.version_info[0]}.{sys.version_info[1]}"


def inputs_of(root: Path) -> str:
    """A hash of all that says which packages are installed."""
    return hashlib.sha256(b"".join((root / name).read_bytes() for name in INPUTS)).hexdigest()


def python_of(root: Path) -> Path:
    """The Python inside .venv."""
    return root / ".venv" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def has_pip(root: Path) -> bool:
    """Whether .venv's Python starts and finds its pip."""
    try:
        asked = subprocess.run([python_of(root), "-m", "pip", "--version"], capture_output=True)
    except OSError:
        return False
    return asked.returncode == 0


def say(line: str) -> None:
    """Tell the person at the terminal what is going on."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def show_progress(text: str) -> None:
    """The step that pip is at, in a line that the next one overwrites; only for a person's eyes."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{text:<{PROGRESS_WIDTH}.{PROGRESS_WIDTH}}\r")
        sys.stderr.flush()
