"""Do phrases, guides and conversation fit each other, and Alexa's rules for utterances?"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from skill.alexa.interaction_model import AMAZON, slot_types
from skill.alexa.phrases import SLOT, Phrases
from skill.dialogue.routes import ROUTES
from skill.library import Guide

LEGAL_SAMPLE = re.compile(r"[a-zà-ÿ0-9'. {}_-]+")
""" "Sample utterances": letters, digits, spaces, apostrophes, full stops, hyphens, and slots in braces."""
LEGAL_INVOCATION = re.compile(r"[a-z]+('s)?( [a-z.]+('s)?)+")
""" "Invocation name requirements": two or more words in small letters."""
SEARCH_QUERY = "AMAZON.SearchQuery"
KNOWN_AMAZON_SLOTS = (
    "AMAZON.NUMBER", "AMAZON.Ordinal", "AMAZON.DURATION", "AMAZON.DayOfWeek", "AMAZON.TIME", SEARCH_QUERY
)  # fmt: skip
FEWEST_SAMPLES = 15
"""For each intent of our own: people say one thing in many ways."""


def problems(phrases: Phrases, guides: Sequence[Guide]) -> Iterator[str]:
    """A line for each mistake."""
    if not LEGAL_INVOCATION.fullmatch(phrases.invocation):
        yield f"invocation {phrases.invocation!r} is not legal; use two or more words in small letters"
    yield from _against_routes(phrases)
    yield from _samples(phrases)
    yield from _shared(phrases)
    yield from _slots(phrases, guides)
    yield from _search_queries(phrases)


def _against_routes(phrases: Phrases) -> Iterator[str]:
    routed = {route.name for route in ROUTES if route.name.endswith("Intent")}
    for name in sorted(routed - phrases.intents.keys()):
        yield f"intent {name} is answered but has no phrases; add it"
    for name in sorted(phrases.intents.keys() - routed):
        yield f"intent {name} has phrases but no answer; add a route"


def _samples(phrases: Phrases) -> Iterator[str]:
    for name, intent in phrases.intents.items():
        if not name.startswith(AMAZON) and len(intent.samples) < FEWEST_SAMPLES:
            yield f"intent {name} has {len(intent.samples)} samples; give it {FEWEST_SAMPLES} or more"
        for sample in intent.samples:
            if not LEGAL_SAMPLE.fullmatch(sample):
                yield f"intent {name}: the sample {sample!r} has a sign that Alexa does not take"
        for slot in intent.slots:
            if slot not in phrases.slots:
                yield f"intent {name}: the slot {{{slot}}} is not declared; add it below [slots]"


def _shared(phrases: Phrases) -> Iterator[str]:
    said: defaultdict[str, list[str]] = defaultdict(list)
    for name, intent in phrases.intents.items():
        for sample in intent.samples:
            said[sample].append(name)
    for sample, names in said.items():
        if len(names) > 1:
            yield f"the sample {sample!r} stands {len(names)} times ({', '.join(names)}); keep one"


def _search_queries(phrases: Phrases) -> Iterator[str]:
    """ "AMAZON.SearchQuery": a carrier phrase in each sample, and no second slot."""
    for name, intent in phrases.intents.items():
        for sample in intent.samples:
            slots = SLOT.findall(sample)
            if not any(phrases.slots.get(slot) == SEARCH_QUERY for slot in slots):
                continue
            if len(slots) > 1:
                yield f"intent {name}: the sample {sample!r} has a slot beside its search query; take one out"
            elif not SLOT.sub("", sample).strip():
                yield f"intent {name}: the sample {sample!r} needs other words around its search query"


def _slots(phrases: Phrases, guides: Sequence[Guide]) -> Iterator[str]:
    types = slot_types(guides)
    for slot, kind in phrases.slots.items():
        if kind not in types and kind not in KNOWN_AMAZON_SLOTS:
            yield f"slot {{{slot}}}: there is no type {kind}"
    named: defaultdict[str, set[str]] = defaultdict(set)
    for kind, values in types.items():
        for value in values:
            for words in (value.name, *value.synonyms):
                named[words].add(kind)
    titles = Counter(value.name for value in types["GUIDE"])
    for title, guides_of_it in titles.items():
        if guides_of_it > 1:
            yield f"{guides_of_it} guides are called {title!r}; give each a title of its own"
    for words, kinds in named.items():
        if len(kinds) > 1:
            yield f"{words!r} names a guide and a section; take it from one of them"
