"""Build dist/nightfeed-lambda.zip: what AWS Lambda needs to answer a listener, and no more.

Nothing of AWS is called. The same checkout, built by the same Python, gives the same bytes.
"""

import argparse
import ast
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from deploy.next_steps import next_steps

ROOT = Path(__file__).resolve().parent.parent
BUNDLE = Path("dist", "nightfeed-lambda.zip")
"""Where deploy/template.yaml looks for it, in the project's folder."""

ENTRY = Path("deploy", "lambda_function.py")
"""What Lambda loads. All that it imports, and all that those import, goes into the bundle."""
FILES = (
    "LICENSE",
    "audio/library.json",
    "content/prompts/en.toml",
    "content/show.toml",
    "content/synonyms.toml",
)
"""What the skill reads when it starts."""
BY_NAME = ("tzdata",)
"""Packages that Python loads where the system lacks what they hold: Lambda's Linux has no time zones."""
PROVIDED = frozenset({"boto3", "botocore", "certifi", "jmespath", "s3transfer", "urllib3"})
"""Packages that Lambda's Python brings along; and certifi, which botocore would use, but does without."""
LAMBDA_PLATFORM = "manylinux2014_aarch64"
"""arm64, and a C library not newer than that of Lambda's oldest Linux."""

LOAD = """
import importlib, json, sys
before = set(sys.modules)
modules, provided = json.load(sys.stdin)
for name in modules:
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as missing:
        if missing.name.split(".")[0] not in provided:
            raise
print(json.dumps(sorted({name.split(".")[0] for name in set(sys.modules) - before})))
"""
"""Tells what is loaded with some modules, be the provided packages there or not."""

LICENCES = ("LICENSE", "LICENCE", "COPYING", "NOTICE", "AUTHORS", "METADATA")
"""Beginnings of the names of files in a .dist-info that stay."""
IN_LAMBDA = "/var/task"
"""Where Lambda unpacks the bundle: so that its bytecode names its sources."""
TIMESTAMP = (1980, 1, 1, 0, 0, 0)
"""Of every file in the bundle: the earliest that a zip file can hold."""
READABLE, RUNNABLE = 0o100644, 0o100755
UNIX = 3
"""The system whose permissions a zip file holds."""
MEGABYTE = 1_000_000
FAILED = 2
INTERRUPTED = 130


class BundleError(Exception):
    """Why there is no bundle, in one line that says what to do."""


class Sizes(NamedTuple):
    """In bytes."""

    zipped: int
    unzipped: int


def main(arguments: list[str]) -> int:
    """Build the bundle and say what to type next; the exit code."""
    parser = argparse.ArgumentParser(
        prog="scripts/deploy",
        description="Build what goes to AWS Lambda, and say what to type next. Nothing of "
        "AWS is called. The bundle is for the version of Python that this is started with.",
    )
    parser.add_argument(
        "--here", action="store_true", help="build for this machine instead of arm64 Linux, to try it out"
    )
    parser.add_argument(
        "--out",
        default=BUNDLE,
        type=Path,
        metavar="FILE",
        help="instead of %(default)s (relative to the project's folder)",
    )
    options = parser.parse_args(arguments)
    try:
        sizes = build(options.out, "" if options.here else LAMBDA_PLATFORM)
    except (BundleError, OSError) as error:
        sys.stderr.write(f"deploy: {error}\n")
        return FAILED
    except KeyboardInterrupt:
        sys.stderr.write("\ndeploy: interrupted; nothing has changed\n")
        return INTERRUPTED
    sys.stdout.write(
        f"{options.out}: {sizes.zipped / MEGABYTE:.1f} MB, unzipped {sizes.unzipped / MEGABYTE:.1f} MB, "
        f"for Python {python_version()} on {'this machine' if options.here else 'arm64'}\n"
    )
    if not options.here:
        sys.stdout.write(next_steps(python_version()))
    return 0


def build(bundle: Path, platform: str) -> Sizes:
    """Write the bundle for that platform, as pip names it; empty: for this machine.

    Raises BundleError, and OSError where nothing can be written. The old bundle stays until the new is whole.
    """
    modules = closure(ROOT / ENTRY)
    bundle.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=bundle.parent, prefix=".bundle-") as folder:
        stage, draft = Path(folder, "stage"), Path(folder, bundle.name)
        copy_ours(modules, stage)
        install(distributions(modules), stage, platform)
        trim(stage)
        compile_all(stage)
        unzipped = write_zip(stage, draft)
        zipped = draft.stat().st_size
        draft.replace(bundle)
    return Sizes(zipped, unzipped)


def closure(entry: Path) -> dict[str, Path]:
    """Modules of ours → files: all that the entry leads to, those imported late among them."""
    found: dict[str, Path] = {}
    waiting = list(imports(entry))
    while waiting:
        name = waiting.pop()
        path = source_of(name)
        if path is None or name in found:
            continue
        found[name] = path
        # A module's package is imported before it.
        waiting += [*imports(path), name.rpartition(".")[0]]
    return found


def imports(path: Path) -> Iterator[str]:
    """The names that the file imports, wherever in it: modules, and what may be modules."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def source_of(name: str) -> "Path | None":
    """The file of a module of ours; None where it is none."""
    path = ROOT.joinpath(*name.split("."))
    if name.split(".")[0] != "skill":
        return None
    candidates = (path.with_suffix(".py"), path / "__init__.py")
    return next((file for file in candidates if file.is_file()), None)


def distributions(modules: "dict[str, Path]") -> list[str]:
    """The names of the packages that are loaded with those modules; constraints.txt tells their versions."""
    named = {name for path in modules.values() for name in imports(path)}
    foreign = {name.split(".")[0] for name in named} - {"skill"} - sys.stdlib_module_names
    asked = json.dumps([[*modules, *sorted(foreign - PROVIDED)], sorted(PROVIDED)])
    loaded = run([sys.executable, "-c", LOAD], "the skill cannot be loaded", asked)
    owners = packages_distributions()
    wanted = {
        owner.lower() for name in json.loads(loaded) if name != "skill" for owner in owners.get(name, [])
    }
    return sorted(wanted.union(BY_NAME) - PROVIDED)


def copy_ours(modules: "dict[str, Path]", stage: Path) -> None:
    """The modules, the data files beside them, and what the skill reads."""
    folders = {path.parent for path in modules.values()}
    data = [
        file
        for folder in folders
        for file in folder.iterdir()
        if file.is_file() and file.suffix != ".py" and file.name[0] != "."
    ]
    for path in (*modules.values(), *data, *(ROOT / name for name in FILES)):
        if not path.is_file():
            raise BundleError(f"{path.relative_to(ROOT)}: is missing; bring the checkout up to date")
        target = stage / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    shutil.copyfile(ROOT / ENTRY, stage / ENTRY.name)


def install(packages: list[str], stage: Path, platform: str) -> None:
    """Those packages, and no others, in ready-made wheels."""
    for_it = ["--platform", platform] if platform else []
    run(
        [
            *(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
            *("--no-deps", "--no-compile", "--only-binary=:all:", *for_it),
            *("--python-version", python_version(), "--target", str(stage)),
            *("--constraint", str(ROOT / "constraints.txt"), *packages),
        ],
        "pip could not install the packages; see to the network or pip's settings",
        PIP_USER="0",
    )


def trim(stage: Path) -> None:
    """Away with tests, commands, and what only pip reads; licences stay."""
    for folder in [*stage.glob("*/tests"), *stage.glob("*/test"), stage / "bin"]:
        shutil.rmtree(folder, ignore_errors=True)
    for info in stage.glob("*.dist-info"):
        for file in [file for file in info.rglob("*") if file.is_file()]:
            in_licences = "licenses" in file.relative_to(info).parts
            if not in_licences and not file.name.upper().startswith(LICENCES):
                file.unlink()


def compile_all(stage: Path) -> None:
    """Bytecode beside the sources: Lambda's folder cannot be written, so Python could keep none there.

    It is not checked against the sources, whose times do not survive. With a fixed hash seed, sets are
    written in one order.
    """
    run(
        [
            *(sys.executable, "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash"),
            *("-s", str(stage), "-p", IN_LAMBDA, str(stage)),
        ],
        "what is in the bundle cannot be compiled",
        PYTHONHASHSEED="0",
    )


def write_zip(stage: Path, target: Path) -> int:
    """Everything in the folder, in order and without its times; how many bytes that is."""
    unzipped = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as bundle:
        for path in sorted(path for path in stage.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(PurePosixPath(path.relative_to(stage)).as_posix(), TIMESTAMP)
            entry.create_system = UNIX
            entry.external_attr = (RUNNABLE if path.suffix == ".so" else READABLE) << 16
            data = path.read_bytes()
            unzipped += len(data)
            bundle.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return unzipped


def run(command: list[str], problem: str, typed: str = "", **variables: str) -> str:
    """What the command prints. Raises BundleError with the problem, and the last line that it said."""
    ran = subprocess.run(
        command,
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env=os.environ | variables,
    )
    if ran.returncode:
        said = (ran.stderr or ran.stdout).strip().splitlines() or ["no reason given"]
        # pip says the first cause first; Python, and a fault inside pip, last.
        causes = (line for line in said if line.startswith("ERROR: ") and not line.endswith("Exception:"))
        first = next(causes, said[-1])
        raise BundleError(f"{problem} ({first.removeprefix('ERROR: ').strip()})")
    return ran.stdout


def python_version() -> str:
    """Such as 3.13."""
    return "{}.{}".format(*sys.version_info[:2])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
