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
        ("ask nightfeed why babies cry", "AskIntent"),
        ("Alexa, ask Night Feed about tantrums", "AskIntent"),
        ("what's in it", "ContentsIntent"),
        ("whats the top tipp", "TopTipIntent"),
        ("what about night waking", "SectionIntent"),
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


def test_a_question_is_handed_on_as_it_was_typed_without_its_carrier() -> None:
    heard = UNDERSTANDING.understand("Alexa, ask Night Feed why isn’t my baby's brother happy?")
    assert (heard.name, heard.slots["query"].value) == ("AskIntent", "my baby's brother happy")


def test_every_carrier_takes_any_words() -> None:
    for sample in phrases().intents["AskIntent"].samples:
        heard = UNDERSTANDING.understand(sample.replace("{query}", "purple monkeys"))
        assert heard.name == "AskIntent", sample
        assert heard.slots["query"].value == "purple monkeys", sample


@pytest.mark.parametrize(
    ("words", "duration"),
    [
        ("five minutes", "PT5M"),
        ("10 minutes", "PT10M"),
        ("twenty five minutes", "PT25M"),
        ("half an hour", "PT30M"),
        ("a couple of minutes", "PT2M"),
        ("an hour and a half", "PT1H30M"),
    ],
)
def test_a_length_of_time_is_understood(words: str, duration: str) -> None:
    heard = UNDERSTANDING.understand(f"I've got {words}")
    assert (heard.name, heard.slots["duration"].value) == ("TimeIntent", duration)
