"""What the code names: its string constants, read from the source."""

import ast
import re
from collections.abc import Iterable
from pathlib import Path

PACKAGE = Path(__file__).parent.parent


def constants(pattern: re.Pattern[str], modules: Iterable[Path] | None = None) -> set[str]:
    """Every string in the modules (else in all of the package but this part) that the pattern fits whole."""
    paths = modules or (path for path in PACKAGE.rglob("*.py") if path.parent.name != "checking")
    return {
        node.value
        for path in paths
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and pattern.fullmatch(node.value)
    }
