"""Is the manifest what the developer console takes, and does it fit the skill?"""

from collections.abc import Iterator, Mapping
from typing import Any

MAX_EXAMPLES = 3
""" "Example phrases" in the publishing information."""


def problems(values: Mapping[str, Any], locale: str, invocation: str) -> Iterator[str]:
    """A line for each mistake in what the manifest says for that locale."""
    manifest = values["manifest"]
    texts = manifest["publishingInformation"]["locales"][locale]
    examples = texts.get("examplePhrases", [])
    if not 1 <= len(examples) <= MAX_EXAMPLES:
        yield f"{locale}: skill.json: give 1 to {MAX_EXAMPLES} example phrases"
    for example in examples:
        if invocation not in example.lower():
            yield f"{locale}: skill.json: the example {example!r} lacks the invocation name {invocation!r}"
    for field in ("name", "summary", "description"):
        if not texts.get(field):
            yield f"{locale}: skill.json: {field} is missing"
    if locale not in manifest["privacyAndCompliance"]["locales"]:
        yield f"{locale}: skill.json: privacyAndCompliance has nothing for it"
    if not manifest["apis"]["custom"]["endpoint"].get("uri", "").startswith("https://"):
        yield "skill.json: the endpoint's uri must be https"
