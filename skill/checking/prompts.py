"""Do prompts and conversation fit each other?"""

import ast
import re
from collections.abc import Iterator, Mapping

from skill.checking.constants import PACKAGE, constants
from skill.dialogue.reply import Question
from skill.prompts import placeholders

SPEAKING = (
    *(PACKAGE / "dialogue").glob("*.py"),
    PACKAGE / "prompts.py",
    PACKAGE / "studio" / "episode_frame.py",
)
"""The modules that name prompts."""
KEY = re.compile(r"[a-z_]+\.[a-z_]+")
ASKED_ABOUT = {"guide", "part", "other", "day", "time"}
"""What a question may name (skill/dialogue/wording.py)."""


def problems(texts: Mapping[str, str]) -> Iterator[str]:
    """A line for each prompt that is missing, not used, or not to be filled in."""
    used = keys_in_code() | set(question_keys())
    for key in sorted(used - texts.keys()):
        yield f"prompt {key} is missing; add it"
    for key in sorted(texts.keys() - used):
        yield f"prompt {key} is never said; remove it"
    for key, filled in fillings().items():
        for name in sorted(placeholders(texts.get(key, "")) - filled):
            known = ", ".join(f"{{{each}}}" for each in sorted(filled)) or "nothing"
            yield f"prompt {key} names {{{name}}}, but there it is filled in with {known}"
    for key in question_keys():
        text = texts.get(key, "?")
        if not text.endswith("?"):
            yield f"prompt {key} leaves the session open, so it must end with a question mark"
        for name in sorted(placeholders(text) - ASKED_ABOUT):
            known = "{guide}, {part}, {other}, {day} and {time}"
            yield f"prompt {key} names {{{name}}}, but a question knows only {known}"


def question_keys() -> list[str]:
    """The prompts that every Question needs."""
    return [f"ask.{question}.{kind}" for question in Question for kind in ("say", "again")]


def keys_in_code() -> set[str]:
    """Every prompt's key that code names."""
    return constants(KEY, SPEAKING)


def fillings() -> dict[str, set[str]]:
    """What fills each prompt that `say` names wherever it is said.

    Where a key is chosen before, and handed to `say` by a name, any such call of its module may be meant.
    """
    found: dict[str, set[str]] = {}
    for path in SPEAKING:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        chosen: set[str] = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
                names = {keyword.arg for keyword in node.keywords if keyword.arg}
                keys = _keys(node.args[0])
                chosen |= set() if keys else names
                for key in keys:
                    found[key] = found.get(key, names) & names
        for key in _keys(tree) - found.keys():
            found[key] = chosen
    return {key: names for key, names in found.items() if key not in question_keys()}


def _keys(tree: ast.AST) -> set[str]:
    values = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {value for value in values if isinstance(value, str) and KEY.fullmatch(value)}
