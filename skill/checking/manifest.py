"""Is the manifest what the developer console takes, and does it fit the skill?"""

from collections.abc import Iterator, Mapping
from typing import Any

MAX_EXAMPLES = 3
""" "Example phrases" in the publishing information."""


def problems(values: Mapping[str, Any], invocation: str) -> Iterator[str]:
    """A line for each mistake."""
    manifest = values["manifest"]
    for locale, texts in manifest["publishingInformation"]["locales"].items():
        examples = texts.get("examplePhrases", [])
        if not 1 <= len(examples) <= MAX_EXAMPLES:
            yield f"skill.json {locale}: give 1 to {MAX_EXAMPLES} example phrases"
        for example in examples:
            if invocation not in example.lower():
                yield f"skill.json {locale}: the example {example!r} lacks the invocation name {invocation!r}"
        for field in ("name", "summary", "description"):
            if not texts.get(field):
                yield f"skill.json {locale}: {field} is missing"
    if not manifest["apis"]["custom"]["endpoint"].get("uri", "").startswith("https://"):
        yield "skill.json: the endpoint's uri must be https"
