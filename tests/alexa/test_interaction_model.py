"""The interaction model is what Alexa takes."""

from dataclasses import replace
from typing import Any

from skill.alexa.interaction_model import interaction_model, sayable, slot_types
from skill.alexa.phrases import Intent, Phrases, read_phrases
from skill.library import Guide
from tests.conversing import CONTENT, phrases
from tests.small_library import library

GUIDES = library().guides


def test_guides_and_sections_are_values_with_their_other_names() -> None:
    types = slot_types(GUIDES)
    assert [(value.id, value.name) for value in types["GUIDE"]] == [
        ("sleep", "sleeping well"),
        ("food", "first foods"),
    ]
    assert [value.id for value in types["SECTION"]] == ["sleep.0", "sleep.1", "food.0"]
    assert types["SECTION"][0].synonyms == ("waking", "night waking")


def test_the_whole_model_is_as_its_schema_says() -> None:
    intents = {
        "AMAZON.YesIntent": Intent(("yes",)),
        "SectionIntent": Intent(("read {section}", "part {number}", "the part {number}")),
    }
    said = Phrases("night feed", intents, {"section": "SECTION", "number": "AMAZON.NUMBER"}, {"well": "fine"})
    assert interaction_model(said, GUIDES[:1]) == {
        "interactionModel": {
            "languageModel": {
                "invocationName": "night feed",
                "intents": [
                    {"name": "AMAZON.YesIntent", "samples": ["yes"]},
                    {
                        "name": "SectionIntent",
                        "samples": ["read {section}", "part {number}", "the part {number}"],
                        "slots": [
                            {"name": "section", "type": "SECTION"},
                            {"name": "number", "type": "AMAZON.NUMBER"},
                        ],
                    },
                ],
                "types": [
                    {
                        "name": "GUIDE",
                        "values": [
                            {
                                "id": "sleep",
                                "name": {
                                    "value": "sleeping well",
                                    "synonyms": ["sleeping fine", "sleep"],
                                },
                            }
                        ],
                    },
                    {
                        "name": "SECTION",
                        "values": [
                            {
                                "id": "sleep.0",
                                "name": {
                                    "value": "why babies wake",
                                    "synonyms": ["waking", "night waking"],
                                },
                            },
                            {
                                "id": "sleep.1",
                                "name": {"value": "a calm evening", "synonyms": ["evenings", "bedtime"]},
                            },
                        ],
                    },
                ],
            }
        }
    }


def test_a_slot_is_declared_once_in_the_intent_whose_samples_hold_it() -> None:
    intents = interaction_model(phrases(), GUIDES)["interactionModel"]["languageModel"]["intents"]
    slots = {intent["name"]: [slot["name"] for slot in intent.get("slots", [])] for intent in intents}
    assert slots["SectionIntent"] == ["section", "number", "ordinal"]
    assert slots["GuideIntent"] == ["guide", "ordinal"]
    assert slots["TellMeMoreIntent"] == []


def test_a_heading_becomes_something_that_can_be_said() -> None:
    assert sayable("“Don’t!” & other (hard) words — 24/7") == "don't other hard words 24 7"


def test_a_country_has_its_own_words_beside_the_common_ones() -> None:
    path = CONTENT / "phrases" / "en.toml"
    common, american = read_phrases(path), read_phrases(path, "en-US")
    assert set(common.intents["AMAZON.YesIntent"].samples) < set(american.intents["AMAZON.YesIntent"].samples)
    assert read_phrases(path, "en-GB") == common
    nappies = replace(GUIDES[0], aliases=("changing a nappy",))
    (guide,) = model_types(american, [nappies])["GUIDE"]
    assert guide["name"]["synonyms"] == ["changing a nappy", "changing a diaper"]
    (guide,) = model_types(common, [nappies])["GUIDE"]
    assert guide["name"]["synonyms"] == ["changing a nappy"]


def model_types(said: Phrases, guides: list[Guide]) -> dict[str, list[dict[str, Any]]]:
    types = interaction_model(said, guides)["interactionModel"]["languageModel"]["types"]
    return {kind["name"]: kind["values"] for kind in types}
