"""The scripts' set-up, with a real .venv and a real pip, in a small checkout that needs no package index."""

import ast
import importlib.util
import json
import os
import re
import runpy
import shutil
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
SCRIPTS = ("serve", "test", "lint", "deploy")
PATIENCE_SECONDS = 120

spec = importlib.util.spec_from_file_location("environment", ROOT / "scripts" / "environment.py")
environment = importlib.util.module_from_spec(spec)
spec.loader.exec_module(environment)

PYPROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "nightfeed"
version = "1"
"""
BACKEND = '''
"""Builds the small checkout as an editable wheel; waits as long as there is a file named hold."""
import pathlib, time, zipfile

HERE = pathlib.Path(__file__).parent
EXTRAS = "".join(f"Provides-Extra: {name}\\n" for name in ("studio", "test", "voice", "complete"))

def wheel(folder, name, version, file, content, more=""):
    label = f"{name}-{version}"
    with zipfile.ZipFile(pathlib.Path(folder, f"{label}-py3-none-any.whl"), "w") as made:
        made.writestr(file, content)
        about = f"Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n{more}"
        made.writestr(f"{label}.dist-info/METADATA", about)
        kind = "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"
        made.writestr(f"{label}.dist-info/WHEEL", kind)
        made.writestr(f"{label}.dist-info/RECORD", "")
    return f"{label}-py3-none-any.whl"

def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    while (HERE / "hold").exists():
        (HERE / "held").touch()
        time.sleep(0.02)
    more = EXTRAS + "Requires-Dist: lullaby; extra == 'studio'\\n"
    return wheel(wheel_directory, "nightfeed", "1", "nightfeed.pth", str(HERE), more)
'''
STAND_IN = """
import importlib.metadata, json, os, sys
name = os.path.basename(os.path.dirname(__file__))
lullaby = [each.version for each in importlib.metadata.distributions(name="lullaby")]
complete = os.environ.get("NIGHTFEED_COMPLETE", "")
print(json.dumps([name, *sys.argv[1:]]), complete, *lullaby, flush=True)
sys.exit(7 if name in os.environ.get("FAILING", "").split() else 0)
"""


class Checkout:
    """A copy of the scripts, with stand-ins for what they start: each says how it was started."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.log = root / ".venv" / environment.LOG

    def start(self, script: str, *arguments: str, **variables: str) -> subprocess.Popen[str]:
        ours = {
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_FIND_LINKS": "packages",
            "PIP_NO_INDEX": "1",
        }
        clean = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("PIP_") and name != "NIGHTFEED_COMPLETE"
        }
        return subprocess.Popen(
            [sys.executable, str(self.root / "scripts" / script), *arguments],
            env={**clean, **ours, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def run(self, script: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        started = self.start(script, *arguments, **variables)
        out, err = started.communicate(timeout=PATIENCE_SECONDS)
        return subprocess.CompletedProcess(started.args, started.returncode, out, err)

    def pin(self, text: str) -> None:
        """New constraints, so that the next start has something to install."""
        (self.root / "constraints.txt").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    root = tmp_path_factory.mktemp("a checkout")
    shutil.copytree(ROOT / "scripts", root / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    (root / "backend.py").write_text(BACKEND, encoding="utf-8")
    for module in ("skill", "pytest", "ruff", "mypy"):
        (root / module).mkdir()
        (root / module / "__main__.py").write_text(STAND_IN, encoding="utf-8")
    (root / "deploy").mkdir()
    (root / "deploy" / "bundle.py").write_text(STAND_IN, encoding="utf-8")
    (root / "packages").mkdir()
    for version in ("1.0", "2.0"):
        wheel = runpy.run_path(str(root / "backend.py"))["wheel"]
        wheel(root / "packages", "lullaby", version, "lullaby.py", "")
    made = Checkout(root)
    made.pin("lullaby==1.0\n")
    return made


@pytest.fixture
def complete(checkout: Checkout) -> Checkout:
    """The checkout, set up with all extras at version 1.0 of its one dependency."""
    checkout.pin("lullaby==1.0\n")
    assert checkout.run("test", "--all").returncode == 0
    checkout.log.write_text("untouched", encoding="utf-8")
    return checkout


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_each_script_installs_no_more_than_it_needs_and_says_what_it_does(checkout: Checkout) -> None:
    served = checkout.run("serve")
    assert served.stderr == "Setting up (first start only, about a minute) …\n"
    assert served.stdout == '["skill", "serve"] \n'
    tested = checkout.run("test")
    assert tested.stderr == "Bringing .venv up to date …\n"
    assert tested.stdout.endswith("1.0\n")


def test_a_second_start_installs_nothing_nor_does_one_with_fewer_extras(complete: Checkout) -> None:
    for script, *arguments in (["test", "--all"], ["test"], ["lint"], ["serve"]):
        again = complete.run(script, *arguments)
        assert (again.returncode, again.stderr) == (0, "")
    assert complete.log.read_text(encoding="utf-8") == "untouched"


def test_serve_passes_arguments_and_exit_code_on(complete: Checkout) -> None:
    served = complete.run("serve", "--port", "0", "--unsigned", "a b", FAILING="skill")
    assert served.stdout.startswith('["skill", "serve", "--port", "0", "--unsigned", "a b"]')
    assert served.returncode == 7


def test_deploy_passes_arguments_and_exit_code_on(complete: Checkout) -> None:
    deployed = complete.run("deploy", "--here", FAILING="deploy")
    assert deployed.stdout == '["deploy", "--here"]  1.0\n'
    assert deployed.returncode == 7


def test_test_leaves_heavy_tests_out_unless_all_are_wanted(complete: Checkout) -> None:
    together = '"-n", "auto", "--maxprocesses", "4", "--dist", "loadfile"'
    tested = complete.run("test", "-k", "x").stdout
    assert tested == f'["pytest", {together}, "-m", "not heavy", "-k", "x"]  1.0\n'
    voice, tests = complete.run("test", "-k", "x", "--all").stdout.splitlines()
    assert voice == '["skill", "voice", "install"]  1.0'
    assert tests == f'["pytest", {together}, "-k", "x"] 1 1.0'


def test_test_all_stops_where_the_voice_cannot_be_installed(complete: Checkout) -> None:
    tested = complete.run("test", "--all", FAILING="skill")
    assert (tested.returncode, len(tested.stdout.splitlines())) == (7, 1)


@pytest.mark.parametrize("failing", ["", "ruff", "mypy"])
def test_lint_runs_every_check_and_fails_if_one_does(complete: Checkout, failing: str) -> None:
    linted = complete.run("lint", FAILING=failing)
    checks = [json.loads(line.split("]")[0] + "]") for line in linted.stdout.splitlines()]
    assert checks == [["ruff", "check"], ["ruff", "format", "--check"], ["mypy", "--strict", "skill"]]
    assert linted.returncode == bool(failing)


def test_a_changed_pin_is_installed(complete: Checkout) -> None:
    complete.pin("lullaby==2.0\n")
    assert complete.run("test").stdout.endswith("2.0\n")


def test_of_two_starts_at_once_one_sets_up_and_the_other_waits(complete: Checkout) -> None:
    held, hold = complete.root / "held", complete.root / "hold"
    held.unlink(missing_ok=True)
    hold.touch()
    complete.pin("lullaby==1.0\n# twice\n")
    first = complete.start("serve")
    wait_until(held.exists)
    second = complete.start("serve")
    assert second.stderr.readline() == "Another start is setting up; waiting for it …\n"
    hold.unlink()
    assert first.wait(PATIENCE_SECONDS) == second.wait(PATIENCE_SECONDS) == 0
    assert second.communicate()[1] == ""


def test_a_start_killed_half_way_is_made_good_by_the_next(complete: Checkout) -> None:
    held, hold = complete.root / "held", complete.root / "hold"
    held.unlink(missing_ok=True)
    hold.touch()
    complete.pin("lullaby==1.0\n# killed\n")
    killed = complete.start("test")
    wait_until(held.exists)
    killed.kill()
    killed.communicate()
    (complete.root / ".venv" / "half-written").touch()
    hold.unlink()
    after = complete.run("test")
    assert "Setting up (first start only" in after.stderr
    assert after.returncode == 0
    assert not (complete.root / ".venv" / "half-written").exists()


def test_a_venv_whose_python_is_gone_is_made_anew(complete: Checkout) -> None:
    environment.python_of(complete.root).unlink()
    assert complete.run("serve").returncode == 0


def test_a_venv_whose_pip_is_gone_is_made_anew_when_pip_is_needed(complete: Checkout) -> None:
    python = environment.python_of(complete.root)
    subprocess.run([python, "-m", "pip", "uninstall", "-y", "-q", "pip"], check=True)
    assert complete.run("serve").stderr == ""
    complete.pin("lullaby==2.0\n")
    assert complete.run("test").stdout.endswith("2.0\n")


def test_a_checkout_in_a_new_place_is_set_up_anew(complete: Checkout, tmp_path: Path) -> None:
    copied = Checkout(tmp_path / "copy")
    shutil.copytree(complete.root, copied.root, symlinks=True)
    started = copied.run("serve")
    assert started.stderr.startswith("Setting up")
    assert started.returncode == 0
    config = (copied.root / ".venv" / "pyvenv.cfg").read_text(encoding="utf-8")
    assert str(complete.root) not in config


def test_a_failing_pip_is_one_line_and_leaves_what_was_installed(complete: Checkout) -> None:
    complete.pin("lullaby==1.0\npip==99.0\n")
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        index = f"http://127.0.0.1:{closed.getsockname()[1]}/simple"
        nowhere = {"PIP_NO_INDEX": "0", "PIP_INDEX_URL": index, "PIP_FIND_LINKS": "", "PIP_RETRIES": "1"}
        failed = complete.run("test", **nowhere)
    assert failed.returncode == environment.NOT_SET_UP
    _, line = failed.stderr.splitlines()
    assert line.startswith("test: pip could not install the packages (the package index did not answer; ")
    assert "Could not find a version that satisfies the requirement pip==99.0" in line
    assert str(complete.log) in line
    assert "No matching distribution" in complete.log.read_text(encoding="utf-8")
    complete.pin("lullaby==1.0\n")
    assert complete.run("serve").stderr == ""


@pytest.mark.parametrize("version", [(3, 6), (3, 10), (3, 14), (4, 0)])
def test_a_python_that_the_project_does_not_run_on_is_named(version: tuple[int, int]) -> None:
    named = f"Python {version[0]}.{version[1]}, and Nightfeed needs 3.11 to 3.13"
    with pytest.raises(environment.SetupError, match=re.escape(named)):
        environment.check_python(version)


def test_the_pythons_are_those_of_pyproject() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = Requirement(f"x{project['requires-python']}").specifier
    for minor in range(30):
        try:
            environment.check_python((3, minor))
        except environment.SetupError:
            assert f"3.{minor}" not in wanted
        else:
            assert f"3.{minor}" in wanted


@pytest.mark.parametrize("script", [*SCRIPTS, "environment.py"])
def test_an_old_python_can_read_the_scripts_to_say_that_it_is_too_old(script: str) -> None:
    ast.parse((ROOT / "scripts" / script).read_text(encoding="utf-8"), feature_version=(3, 6))


def test_constraints_pin_every_package_that_pyproject_names() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins: dict[str, list[str]] = {}
    for line in lines:
        if line and not line.startswith("#"):
            (pin,) = Requirement(line).specifier
            assert pin.operator == "=="
            pins.setdefault(canonicalize_name(Requirement(line).name), []).append(pin.version)
    needed = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    for extra in project["project"]["optional-dependencies"].values():
        needed.extend(extra)
    for need in map(Requirement, needed):
        if need.name == project["project"]["name"]:
            continue  # one extra names another
        versions = pins.get(canonicalize_name(need.name), [])
        assert versions, f"{need.name} is not pinned"
        assert all(need.specifier.contains(version) for version in versions), f"{need} is pinned otherwise"
