"""README and docs/: every command, option and setting that they name is there, and README names them all."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from skill.cli import COMMANDS, nightfeed
from tests.server import PROJECT

README = PROJECT / "README.md"
PAGES = [README, *sorted((PROJECT / "docs").rglob("*.md"))]
CODE = re.compile(r"```.*?```|`[^`]+`", re.DOTALL)
COMMAND = re.compile(r"(?:^|[`\s])(?:nightfeed|scripts/(?P<script>\w+)) ?(?P<words>[^`\n]*)", re.MULTILINE)
OPTION = re.compile(r"(?<!\S)\[?(--[a-z-]+)")
SETTING = re.compile(r"\bNIGHTFEED_[A-Z_]+\b")
NOT_FOR_PEOPLE = {"NIGHTFEED_COMPLETE"}
"""Told by scripts/test to the tests."""


def named(page: Path) -> Iterator[tuple[str, str]]:
    """A script's name (or nothing) and the words behind it, for each command in the page's code."""
    for code in CODE.findall(page.read_text(encoding="utf-8")):
        for found in COMMAND.finditer(code):
            yield found["script"] or "", found["words"].partition("#")[0]


def options(command: click.Command) -> set[str]:
    return {"--help", *(option for param in command.params for option in param.opts)}


def settings(text: str) -> set[str]:
    return set(SETTING.findall(text)) - NOT_FOR_PEOPLE


@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_every_command_that_a_page_names_is_there_with_its_options(page: Path) -> None:
    context = click.Context(nightfeed)
    for script, words in named(page):
        assert not script or (PROJECT / "scripts" / script).is_file(), script
        if script and script not in COMMANDS:
            continue
        name, *others = [script] if script else words.split() or [""]
        if name not in COMMANDS:
            # Such as the path of the program alone, or its options.
            assert not re.fullmatch("[a-z]+", name), f"nightfeed {words}"
            continue
        command = nightfeed.get_command(context, name)
        assert command
        if isinstance(command, click.Group) and others and others[0] != "…":
            command = command.commands[others[0]]
        for option in OPTION.findall(words):
            assert option in options(command), f"{name} {option}"


def test_readme_names_every_command() -> None:
    there = {words.split()[0] for script, words in named(README) if words and not script}
    assert set(COMMANDS) - there == {"serve"}
    assert "serve" in {script for script, _ in named(README)}


def test_readme_names_every_setting_and_no_page_names_another() -> None:
    read = settings("".join(path.read_text(encoding="utf-8") for path in (PROJECT / "skill").rglob("*.py")))
    assert settings(README.read_text(encoding="utf-8")) == read
    for page in PAGES:
        assert settings(page.read_text(encoding="utf-8")) <= read, page
