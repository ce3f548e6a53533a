"""The skill package: the files that Alexa's developer console, or `ask deploy`, takes."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from skill.alexa.interaction_model import interaction_model
from skill.alexa.phrases import Phrases
from skill.errors import ContentError
from skill.library import Guide

MANIFEST = "skill-package/skill.json"
MODEL = "skill-package/interactionModels/custom/{locale}.json"


def skill_package(manifest: Path, phrases: Phrases, guides: Sequence[Guide]) -> Mapping[str, bytes]:
    """Path → bytes, for the manifest and a model for each locale that it publishes in.

    Raises ContentError when the manifest cannot be read.
    """
    values = read_manifest(manifest)
    model = _json(interaction_model(phrases, guides))
    locales = values["manifest"]["publishingInformation"]["locales"]
    return {MANIFEST: _json(values), **{MODEL.format(locale=locale): model for locale in locales}}


def read_manifest(path: Path) -> dict[str, Any]:
    """The manifest. Raises ContentError when it is no JSON, or has no locales."""
    try:
        values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if not values["manifest"]["publishingInformation"]["locales"]:
            raise KeyError("locales")
    except FileNotFoundError:
        raise ContentError(path, 1, "there is no manifest", "run this inside the project's folder") from None
    except json.JSONDecodeError as error:
        raise ContentError(path, error.lineno, f"not JSON ({error.msg})", "mend it there") from None
    except (KeyError, TypeError) as error:
        raise ContentError(
            path, 1, f"the manifest has no {error}", "compare Alexa's manifest schema"
        ) from None
    return values


def _json(values: object) -> bytes:
    return (json.dumps(values, indent=2, ensure_ascii=False) + "\n").encode()
