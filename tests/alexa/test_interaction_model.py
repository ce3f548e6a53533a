"""The interaction model is what Alexa takes."""

import json
from pathlib import Path

from skill.alexa.interaction_model import interaction_model, sayable, slot_types
from skill.alexa.package import skill_package
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


def test_a_slot_is_declared_once_in_the_intent_whose_samples_hold_it() -> None:
    intents = interaction_model(phrases(), GUIDES)["interactionModel"]["languageModel"]["intents"]
    slots = {intent["name"]: [slot["name"] for slot in intent.get("slots", [])] for intent in intents}
    assert slots["SectionIntent"] == ["section", "number", "ordinal"]
    assert slots["GuideIntent"] == ["guide"]
    assert slots["TellMeMoreIntent"] == []


def test_a_heading_becomes_something_that_can_be_said() -> None:
    assert sayable("“Don’t!” & other (hard) words — 24/7") == "don't other hard words 24 7"


def test_the_package_holds_manifest_and_model_as_json() -> None:
    files = skill_package(CONTENT.parent / "skill.json", phrases(), GUIDES)
    assert set(files) == {"skill-package/skill.json", "skill-package/interactionModels/custom/en-GB.json"}
    model = json.loads(files["skill-package/interactionModels/custom/en-GB.json"])
    assert model == interaction_model(phrases(), GUIDES)
    manifest = json.loads(files["skill-package/skill.json"])
    assert manifest == json.loads((Path(CONTENT.parent) / "skill.json").read_text())
