"""What goes to Lambda: all that a listener needs, nothing of the editor's side, the same bytes each time."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from contextlib import AbstractContextManager
from importlib.metadata import distribution, files
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from deploy import bundle
from tests.lambda_function import LambdaFunction, hold_a_conversation, running, variables
from tests.server import PROJECT

EDITORS_SIDE = ("guides", "studio", "listen", "checking", "reporting", "cli", "talk")
PACKAGES = {
    "ask-sdk-core",
    "ask-sdk-model",
    "ask-sdk-runtime",
    "msgspec",
    "platformdirs",
    "python-dateutil",
    "six",
    "typing-extensions",
    "tzdata",
}
"""All that the handler needs."""
CLIENT = ("awslambdaric", "simplejson", "snapshot-restore-py")
"""What is there in Lambda's own Python."""
UNCHECKED_HASH = 1
"""Of the flags in the second four bytes of a .pyc file (PEP 552)."""
ARM64 = 183
"""In the header of an ELF file, at byte 18."""


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """scripts/deploy, in the environment that the tests run in."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    return subprocess.run(
        [sys.executable, "-m", "deploy.bundle", *arguments],
        capture_output=True,
        text=True,
        cwd=PROJECT,
        env=environment | variables,
    )


def test_the_modules_are_those_that_the_handler_leads_to() -> None:
    modules = bundle.closure(PROJECT / bundle.ENTRY)
    assert {
        "skill.alexa.lambda_handler",
        "skill",
        "skill.alexa",
        "skill.store.sqlite",
        "skill.dialogue.routes",
    } <= set(modules)
    assert not [name for name in modules if name.split(".")[1:2] in ([part] for part in EDITORS_SIDE)]
    script = "import sys, skill.alexa.lambda_handler; print(*sys.modules)"
    loaded = subprocess.check_output([sys.executable, "-c", script], text=True, cwd=PROJECT).split()
    assert {name for name in loaded if name.split(".")[0] == "skill"} <= set(modules)


def test_what_is_imported_late_is_one_of_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "skill" / "inner"
    package.mkdir(parents=True)
    sources = {
        "../entry": "from skill.inner.early import f",
        "__init__": "",
        "inner/__init__": "",
        "inner/early": "def f():\n    from skill.inner import late\n    import skill.later",
        "inner/late": "import json",
        "inner/unneeded": "",
        "later": "from skill.inner.early import f",
    }
    for name, source in sources.items():
        (tmp_path / "skill" / f"{name}.py").write_text(source)
    monkeypatch.setattr(bundle, "ROOT", tmp_path)
    modules = {"skill", "skill.inner", "skill.inner.early", "skill.inner.late", "skill.later"}
    assert set(bundle.closure(tmp_path / "entry.py")) == modules


def test_the_packages_are_those_that_the_modules_load_and_each_is_pinned() -> None:
    names = {canonicalize_name(name) for name in bundle.distributions(bundle.closure(PROJECT / bundle.ENTRY))}
    assert names == PACKAGES
    lines = (PROJECT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert names <= {canonicalize_name(line.split("==")[0]) for line in lines}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "deploy: pip could not install the packages; see to the network or pip's settings ("),
        (("--out", "/dev/null/nightfeed.zip"), "deploy: [Errno"),
    ],
)
def test_what_goes_wrong_is_told_in_one_line_and_the_old_bundle_stays(
    tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    old = tmp_path / "old.zip"
    old.write_text("old")
    ran = run("--out", str(old), *arguments, PIP_NO_INDEX="1", PIP_CONFIG_FILE=os.devnull)
    assert (ran.returncode, ran.stdout) == (bundle.FAILED, "")
    assert ran.stderr.startswith(said)
    assert ran.stderr.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["old.zip"]
    assert old.read_text() == "old"


@pytest.fixture(scope="module")
def built_here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle for this machine."""
    made = tmp_path_factory.mktemp("bundle") / "made" / "here.zip"
    bundle.build(made, "")
    return made


@pytest.mark.heavy
def test_a_second_build_gives_the_same_bytes(built_here: Path, tmp_path: Path) -> None:
    ran = run("--here", "--out", str(tmp_path / "again.zip"))
    assert not ran.returncode, ran.stderr
    assert (tmp_path / "again.zip").read_bytes() == built_here.read_bytes()
    assert [path.name for path in built_here.parent.iterdir()] == ["here.zip"]


@pytest.mark.heavy
def test_it_holds_licences_and_bytecode_and_neither_tests_nor_recordings(built_here: Path) -> None:
    with zipfile.ZipFile(built_here) as opened:
        names = set(opened.namelist())
        sources = {name for name in names if name.endswith(".py")}
        compiled = {name: opened.read(name) for name in names if name.endswith(".pyc")}
    assert len(compiled) == len(sources)
    assert {data[4] for data in compiled.values()} == {UNCHECKED_HASH}
    assert not [data for data in compiled.values() if str(PROJECT).encode() in data]
    assert {"LICENSE", "lambda_function.py", "audio/library.json", "content/show.toml"} <= names
    assert "skill/alexa/apl_document.json" in names
    told = {name.split("-")[0].replace("_", "-") for name in names if ".dist-info/" in name}
    assert told == PACKAGES
    assert not [name for name in names if name.endswith((".mp3", "RECORD")) or "/tests/" in name]


@pytest.mark.heavy
def test_a_conversation_is_held_from_the_bundle_alone(built_here: Path, tmp_path: Path) -> None:
    unpacked, client, data = (tmp_path / name for name in ("task", "client", "data"))
    with zipfile.ZipFile(built_here) as opened:
        opened.extractall(unpacked)
    client.mkdir()
    for path in {
        Path(distribution(name).locate_file(file.parts[0])) for name in CLIENT for file in files(name) or ()
    }:
        if path.name != "..":
            (client / path.name).symlink_to(path)
    with unpacked_function(unpacked, client, tmp_path, variables(data)) as function:
        hold_a_conversation(function, data)


def unpacked_function(
    unpacked: Path, client: Path, folder: Path, settings: Mapping[str, str]
) -> AbstractContextManager[LambdaFunction]:
    """The function under AWS's client: nothing but those two folders, and no time zones of the system's."""
    script = (
        "import sys, zoneinfo; zoneinfo.reset_tzpath([]);"
        f"sys.path[:0] = {[str(unpacked), str(client)]!r};"
        "from awslambdaric.__main__ import main; main(['', 'lambda_function.handler'])"
    )
    return running([sys.executable, "-I", "-S", "-c", script], folder, settings, folder / "log")


@pytest.mark.heavy
def test_for_lambda_it_is_built_for_arm64_and_says_what_to_type_next(tmp_path: Path) -> None:
    made = tmp_path / "arm64.zip"
    ran = run("--out", str(made))
    assert not ran.returncode, ran.stderr
    with zipfile.ZipFile(made) as opened:
        libraries = [opened.read(name) for name in opened.namelist() if name.endswith(".so")]
    assert libraries
    assert {int.from_bytes(library[18:20], "little") for library in libraries} == {ARM64}
    python = "python{}.{}".format(*sys.version_info[:2])
    assert ran.stdout.startswith(f"{made}: ")
    assert "aws s3 sync" in ran.stdout
    assert f"Runtime={python}" in ran.stdout
