"""The skill package, in ask-cli's layout: what `ask deploy`, or the developer console, takes."""

import copy
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from skill.alexa.icons import icon
from skill.alexa.interaction_model import interaction_model
from skill.alexa.phrases import Phrases
from skill.errors import ContentError
from skill.library import Guide

MANIFEST = "skill-package/skill.json"
MODEL = "skill-package/interactionModels/custom/{locale}.json"
ICONS = {"smallIconUri": ("smallIcon.png", 108), "largeIconUri": ("largeIcon.png", 512)}
"""Field of the manifest → file name and pixels a side ("Skill icons")."""
ASSETS = "assets/images"
RESOURCES = {
    "askcliResourcesVersion": "2020-03-31",
    "profiles": {"default": {"skillMetadata": {"src": "./skill-package"}}},
}
"""ask-resources.json: where ask-cli finds the rest."""


def skill_package(
    manifest: Mapping[str, Any], phrases: Mapping[str, Phrases], guides: Sequence[Guide]
) -> Mapping[str, bytes]:
    """Path → bytes of every file in the package; `phrases` by locale.

    Raises NightfeedError where the icons cannot be drawn.
    """
    models = {
        MODEL.format(locale=locale): _json(interaction_model(said, guides))
        for locale, said in phrases.items()
    }
    icons = {f"skill-package/{ASSETS}/{name}": icon(size) for name, size in ICONS.values()}
    return {"ask-resources.json": _json(RESOURCES), MANIFEST: _json(_with_icons(manifest)), **models, **icons}


def read_manifest(path: Path) -> dict[str, Any]:
    """The manifest. Raises ContentError when it is no JSON, or has no locales."""
    try:
        values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if not locales(values):
            raise KeyError("locales")
    except FileNotFoundError:
        raise ContentError(path, 1, "there is no manifest", "run this inside the project's folder") from None
    except json.JSONDecodeError as error:
        raise ContentError(path, error.lineno, f"not JSON ({error.msg})", "mend it there") from None
    except (KeyError, TypeError, UnicodeDecodeError) as error:
        raise ContentError(
            path, 1, f"the manifest has no {error}", "compare Alexa's manifest schema"
        ) from None
    return values


def locales(manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """The locales that the skill is published in."""
    return tuple(manifest["manifest"]["publishingInformation"]["locales"])


def _with_icons(manifest: Mapping[str, Any]) -> dict[str, Any]:
    values = copy.deepcopy(dict(manifest))
    for texts in values["manifest"]["publishingInformation"]["locales"].values():
        texts |= {field: f"file://{ASSETS}/{name}" for field, (name, _) in ICONS.items()}
    return values


def _json(values: object) -> bytes:
    return (json.dumps(values, indent=2, ensure_ascii=False) + "\n").encode()
