"""How to say what a voice would read wrongly: `content/lexicon.toml`."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from skill.errors import ContentError

Lexicon = Mapping[str, str]
"""As written → as spoken."""


def read_lexicon(path: Path) -> Lexicon:
    """The lexicon in the file. Raises ContentError when it is malformed."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ContentError(path, 1, "there is no lexicon", "add the file with a line [say]") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else 1
        raise ContentError(
            path, line, f"not TOML ({error})", 'write each entry as "written" = "spoken"'
        ) from None
    say = table.get("say")
    if not isinstance(say, dict) or not all(isinstance(spoken, str) for spoken in say.values()):
        raise ContentError(
            path, 1, "there is no table [say] of texts", 'write each entry as "written" = "spoken"'
        )
    return say
