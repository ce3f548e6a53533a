"""A guide → the Markdown that skill/guides/markdown.py reads back."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from skill.errors import NightfeedError
from skill.files import write_whole
from skill.guides.markdown import ALSO_CALLED, TELL_ME_MORE, TOP_TIP
from skill.library import Guide, Passage, Related

REQUIRED = ("title", "topic", "read_minutes", "published")
OPTIONAL = ("image_alt", "aliases", "colour", "reviewed", "sign_up")
NO_TIP = "<!-- The page has none: write one sentence to remember. -->"
MARKS = re.compile(r"[\\`*_\[<#]|&(?=#?\w+;)")
LIST_MARK = re.compile(r"\A(\d{1,9}(?=[.)])|(?=[-+>~]))")


def write_guide(guide: Guide, folder: Path, force: bool) -> Path:
    """Write <slug>.md into the folder and give its path.

    Raises NightfeedError when the file exists and force is False, or when it cannot be written.
    """
    path = folder / f"{guide.slug}.md"
    if path.exists() and not force:
        raise NightfeedError(f"{path}: the file exists already; write over it with --force")
    write_whole(path, guide_markdown(guide).encode())
    return path


def guide_markdown(guide: Guide) -> str:
    """The guide in our format: parse_source reads the same guide from it, if no text holds a line break."""
    return "\n".join([f"---\n{_front_matter(guide)}---", *(f"\n{block}" for block in _blocks(guide)), ""])


def _front_matter(guide: Guide) -> str:
    front: dict[str, Any] = {name: getattr(guide, name) for name in REQUIRED}
    front["published"] = date.fromisoformat(guide.published)
    front |= _set_fields(guide, OPTIONAL)
    if guide.related:
        names = [field.name for field in fields(Related)]
        front["related"] = [_set_fields(read, names) for read in guide.related]
    return str(yaml.safe_dump(front, sort_keys=False, allow_unicode=True, width=float("inf")))


def _set_fields(values: Guide | Related, names: Iterable[str]) -> dict[str, Any]:
    """The named fields that are not left at their default, as YAML knows them."""
    defaults = {field.name: field.default for field in fields(values)}
    found = {name: getattr(values, name) for name in names}
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in found.items()
        if value != defaults[name]
    }


def _blocks(guide: Guide) -> Iterator[str]:
    for section in guide.sections:
        yield f"## {_escaped(section.heading)}"
        if section.aliases:
            yield f"> {ALSO_CALLED} {_escaped(', '.join(section.aliases))}"
        first, *others = section.lead
        # The first lead passage carries the section's heading, which stands above it already.
        yield from _passages([Passage(first.text) if first.heading == section.heading else first, *others])
        if section.more:
            yield f"### {TELL_ME_MORE}"
            yield from _passages(section.more)
    yield f"## {TOP_TIP}"
    yield _escaped(guide.tip.text) or NO_TIP


def _passages(passages: Iterable[Passage]) -> Iterator[str]:
    for passage in passages:
        if passage.heading:
            yield f"### {_escaped(passage.heading)}"
        yield _escaped(passage.text)


def _escaped(text: str) -> str:
    """The text with a backslash before whatever Markdown would read as more than words."""
    escaped = MARKS.sub(r"\\\g<0>", text)
    return LIST_MARK.sub(r"\g<0>\\", escaped, count=1)
