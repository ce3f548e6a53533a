"""The direction of imports: what runs for a listener knows nothing of what runs for an editor."""

import ast
import subprocess
import sys
from collections.abc import Collection
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SKILL = ROOT / "skill"

MAY_IMPORT = {
    "bookmark": set(),
    "errors": set(),
    "limits": set(),
    "log_lines": set(),
    "sentences": set(),
    "content_file": {"errors"},
    "files": {"errors"},
    "library": {"errors"},
    "settings": {"errors"},
    "prompts": {"content_file", "errors"},
    "show": {"content_file"},
    "guides": {"errors", "files", "library", "sentences"},
    "studio": {"content_file", "errors", "files", "library", "limits", "prompts", "sentences", "show"},
    "finding": {"content_file", "library"},
    "store": {"bookmark", "errors", "limits"},
    "dialogue": {
        "bookmark",
        "finding",
        "library",
        "limits",
        "prompts",
        "show",
        "store.calls",
        "store.contract",
    },
    "alexa": {
        *("bookmark", "content_file", "dialogue", "errors", "finding", "library", "limits", "prompts"),
        *("settings", "show", "store"),
    },
    "talk": {"alexa", "dialogue.services", "library", "prompts", "settings"},
    "listen": {"alexa", "errors", "files", "library", "limits", "show", "store", "talk"},
    "preview": {"errors", "guides", "library", "limits", "listen", "show", "studio"},
    "reporting": {"library", "show", "store.contract", "store.counting"},
    "checking": {"alexa", "dialogue", "finding", "guides", "library", "prompts", "sentences", "studio"},
}
"""Part → the parts that it may know. The command line may know all."""


def imported(path: Path) -> set[str]:
    """Dotted names below skill that the module imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "skill":
            inner = node.module.removeprefix("skill").lstrip(".")
            names |= {inner} if inner else {alias.name for alias in node.names}
            if inner and (SKILL / inner.replace(".", "/")).is_dir():
                names.discard(inner)
                names |= {f"{inner}.{alias.name}" for alias in node.names}
    return names - {"__version__"}


@pytest.mark.parametrize("part", sorted(MAY_IMPORT))
def test_a_part_imports_only_what_it_may_know(part: str) -> None:
    paths = sorted((SKILL / part).rglob("*.py")) or [SKILL / f"{part}.py"]
    for path in paths:
        for name in imported(path):
            allowed = {part, *MAY_IMPORT[part]}
            assert any(name == other or name.startswith(f"{other}.") for other in allowed), f"{path}: {name}"


def test_every_part_has_its_line_here() -> None:
    parts = {path.stem for path in SKILL.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert parts - {"__init__", "__main__", "cli"} == set(MAY_IMPORT)


def test_no_two_parts_know_each_other() -> None:
    known = {part: {name.partition(".")[0] for name in names} for part, names in MAY_IMPORT.items()}
    TopologicalSorter(known).prepare()


def test_no_two_files_import_each_other() -> None:
    modules = {".".join(path.relative_to(SKILL).with_suffix("").parts): path for path in SKILL.rglob("*.py")}
    known = {
        name: {
            other for other in (deepest(each, modules) for each in imported(path)) if other and other != name
        }
        for name, path in modules.items()
    }
    TopologicalSorter(known).prepare()


def deepest(name: str, modules: Collection[str]) -> str:
    """The module of that name, or the one that holds it."""
    while name and name not in modules:
        name = name.rpartition(".")[0]
    return name


def test_answering_a_turn_loads_nothing_of_the_editors_side() -> None:
    script = (
        "import sys, skill.alexa.skill, skill.alexa.entry, skill.alexa.start, skill.store.sqlite;"
        "print(' '.join(sys.modules))"
    )
    loaded = subprocess.check_output([sys.executable, "-c", script], text=True, cwd=ROOT).split()
    for name in (
        "skill.guides",
        "skill.studio",
        "skill.reporting",
        "flask",
        "numpy",
        "markdown_it",
        "yaml",
        "gtts",
        "pydub",
        "hassil",
        "botocore",
    ):
        assert name not in loaded, name
