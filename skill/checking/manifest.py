"""Is the manifest what the developer console takes, and does it fit the skill?"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from skill.checking.constants import constants
from skill.dialogue.routes import ROUTES

LOGIN_SCOPE = "alexa::proactive_events"
"""Asked of Login with Amazon, not of listeners."""
PERMISSION = re.compile(r"alexa::[a-z:_]+")
PUBLICATION = re.compile(r"AMAZON\.[A-Za-z]+\.[A-Za-z]+")
INTERFACES = {"AudioPlayer.": "AUDIO_PLAYER", "Alexa.Presentation.APL.": "ALEXA_PRESENTATION_APL"}
"""How the requests begin that an interface sends → its name in the manifest."""
SKILL_EVENT = "AlexaSkillEvent."
MAX_EXAMPLES = 3
""" "Example phrases" in the publishing information."""


def problems(values: Mapping[str, Any], locale: str, invocation: str) -> Iterator[str]:
    """A line for each mistake in what the manifest says for that locale."""
    manifest = values["manifest"]
    texts = manifest["publishingInformation"]["locales"][locale]
    examples = texts.get("examplePhrases", [])
    if not 1 <= len(examples) <= MAX_EXAMPLES:
        yield f"skill.json: give 1 to {MAX_EXAMPLES} example phrases"
    for example in examples:
        if invocation not in example.lower():
            yield f"skill.json: the example {example!r} lacks the invocation name {invocation!r}"
    for field in ("name", "summary", "description"):
        if not texts.get(field):
            yield f"skill.json: {field} is missing"
    if locale not in manifest["privacyAndCompliance"]["locales"]:
        yield "skill.json: privacyAndCompliance lacks a locale that is published"
    if not manifest["apis"]["custom"]["endpoint"].get("uri", "").startswith("https://"):
        yield "skill.json: the endpoint's uri must be https"


def misfits(values: Mapping[str, Any]) -> Iterator[str]:
    """A line for each permission, event or interface that only one of manifest and code has."""
    manifest = values["manifest"]
    events = manifest.get("events", {})
    routes = [route.name for route in ROUTES]
    yield from _differences(
        "permission",
        (entry["name"] for entry in manifest.get("permissions", [])),
        constants(PERMISSION) - {LOGIN_SCOPE},
    )
    yield from _differences(
        "publication",
        (entry["eventName"] for entry in events.get("publications", [])),
        constants(PUBLICATION),
    )
    yield from _differences(
        "subscription",
        (entry["eventName"] for entry in events.get("subscriptions", [])),
        (_event_name(name) for name in routes if name.startswith(SKILL_EVENT)),
    )
    yield from _differences(
        "interface",
        (entry["type"] for entry in manifest["apis"]["custom"]["interfaces"]),
        (kind for start, kind in INTERFACES.items() if any(name.startswith(start) for name in routes)),
    )


def _differences(what: str, declared: Iterable[str], used: Iterable[str]) -> Iterator[str]:
    there, needed = set(declared), set(used)
    yield from (
        f"skill.json: the {what} {name} is used but not declared; add it" for name in sorted(needed - there)
    )
    yield from (f"skill.json: the {what} {name} is not used; remove it" for name in sorted(there - needed))


def _event_name(request: str) -> str:
    """SKILL_DISABLED for AlexaSkillEvent.SkillDisabled."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", request.removeprefix(SKILL_EVENT)).upper()
