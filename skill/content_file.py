"""Reads the TOML files in content/; an editor's slip is named with its line and the remedy."""

import re
import tomllib
from pathlib import Path
from typing import TypeVar

import msgspec

from skill.errors import ContentError

T = TypeVar("T")


def read_toml(path: Path, kind: type[T], what: str, remedy: str) -> T:
    """The file as what it is to be. `what` names that in the plural or with its article: "a show file".

    Raises ContentError where there is no such file, where it is not TOML, and where it is not `kind`.
    """
    try:
        return msgspec.toml.decode(path.read_bytes(), type=kind)
    except FileNotFoundError:
        raise ContentError(path, 1, "there is no such file", "run this inside the project's folder") from None
    except (tomllib.TOMLDecodeError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        line = re.search(r"line (\d+)", str(error))
        raise ContentError(path, int(line[1]) if line else 1, f"not {what} ({error})", remedy) from None
