"""All that Nightfeed says: `content/prompts/<language>.toml`, and how its texts are filled in."""

import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from skill.content_file import read_toml
from skill.errors import ContentError


@dataclass(frozen=True)
class Say:
    """One thing to be said: a prompt's key, and what fills its braces."""

    key: str
    values: "Mapping[str, Value]" = field(default_factory=dict)


@dataclass(frozen=True)
class Listed:
    """Several things said as a list: a, b, and c."""

    items: "tuple[Value, ...]"


Value = str | int | Say | Listed


def say(key: str, **values: Value) -> Say:
    """`Say` as it is written in the dialogue."""
    return Say(key, values)


class Prompts:
    """The texts of one language, with what differs from country to country."""

    def __init__(
        self, texts: Mapping[str, str], local: Mapping[str, Mapping[str, str]] | None = None
    ) -> None:
        """`local` holds, by locale, the texts that differ there."""
        self._texts = texts
        self._local = {locale: Prompts({**texts, **other}) for locale, other in (local or {}).items()}

    @property
    def local(self) -> "Mapping[str, Prompts]":
        """The prompts of each locale where any differ."""
        return self._local

    def of(self, locale: str) -> "Prompts":
        """The prompts as they are said in that locale."""
        return self._local.get(locale, self)

    @property
    def texts(self) -> Mapping[str, str]:
        """Dotted key → text with braces."""
        return self._texts

    def text(self, value: Value) -> str:
        """The words for the value. A KeyError is a gap between code and prompts; a test rules it out."""
        match value:
            case Say(key, values):
                return self._texts[key].format_map({name: self.text(part) for name, part in values.items()})
            case Listed(items):
                return self._listed([self.text(item) for item in items])
            case _:
                return str(value)

    def _listed(self, items: list[str]) -> str:
        if len(items) <= 2:
            return self._texts["list.both"].join(items)
        return self._texts["list.comma"].join(items[:-1]) + self._texts["list.last"] + items[-1]


def read_prompts(path: Path) -> Prompts:
    """The prompts in the file (en.toml), and in those of its countries (en-US.toml, …) beside it.

    Raises ContentError when one is malformed.
    """
    countries = {other.stem: _texts(other) for other in sorted(path.parent.glob(f"{path.stem}-*.toml"))}
    return Prompts(_texts(path), countries)


def _texts(path: Path) -> dict[str, str]:
    remedy = 'write each as key = "text"'
    try:
        return dict(_flat(read_toml(path, dict, "prompts", remedy)))
    except TypeError as error:
        raise ContentError(path, 1, f"not prompts ({error})", remedy) from None


def placeholders(text: str) -> set[str]:
    """The names in a prompt's braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _flat(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        elif isinstance(value, str):
            yield f"{prefix}{name}", value
        else:
            raise TypeError(f"{prefix}{name} is no text")
