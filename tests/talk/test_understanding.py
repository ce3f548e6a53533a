"""Typed words are understood as the interaction model says, and as forgivingly as people type."""

import pytest

from skill.alexa.phrases import SLOT
from skill.talk.understanding import FALLBACK, LAUNCH, Understanding
from tests.conversing import phrases
from tests.small_library import library

UNDERSTANDING = Understanding(phrases(), library().guides)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("open nightfeed", LAUNCH),
        ("Alexa, open Night Feed", LAUNCH),
        ("nightfeed", LAUNCH),
        ("Yes!", "AMAZON.YesIntent"),
        ("yes please", "AMAZON.YesIntent"),
        ("um, tell me more please", "TellMeMoreIntent"),
        ("What's the top tip?", "TopTipIntent"),
        ("whats the top tip", "TopTipIntent"),
        ("Alexa, ask Night Feed for the top tip", "TopTipIntent"),
        ("carry onn", "CarryOnIntent"),
        ("carry on then", "CarryOnIntent"),
        ("it didn’t help", "NotHelpedIntent"),
        ("Alexa, stop.", "AMAZON.StopIntent"),
        ("purple monkey dishwasher", FALLBACK),
        ("(){}[]<>|:", LAUNCH),
        ("", LAUNCH),
    ],
)
def test_words_become_an_intent(text: str, name: str) -> None:
    assert UNDERSTANDING.understand(text).name == name


def test_every_sample_is_understood_as_the_intent_that_declares_it() -> None:
    wrong = [
        (sample, heard)
        for name, intent in phrases().intents.items()
        for sample in intent.samples
        if not SLOT.search(sample) and (heard := UNDERSTANDING.understand(sample).name) != name
    ]
    assert not wrong


def test_a_guide_is_known_by_title_and_alias() -> None:
    for text in ("read me the guide about weaning", "read first foods", "food"):
        heard = UNDERSTANDING.understand(text)
        assert (heard.name, [match.id for match in heard.slots["guide"].matches]) == ("GuideIntent", ["food"])


def test_a_part_is_known_by_heading_alias_number_and_ordinal() -> None:
    by_name = UNDERSTANDING.understand("read the part about night waking").slots["section"]
    assert (by_name.value, [match.id for match in by_name.matches]) == ("night waking", ["sleep.0"])
    assert UNDERSTANDING.understand("go to part two").slots["number"].value == "2"
    assert UNDERSTANDING.understand("go to part 2").slots["number"].value == "2"
    assert UNDERSTANDING.understand("read the second part").slots["ordinal"].value == "2"
