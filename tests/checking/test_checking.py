"""What `nightfeed check` finds."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from skill.alexa.package import read_manifest
from skill.alexa.phrases import Intent, Phrases
from skill.checking import manifest, prompts, recordings
from skill.checking import phrases as phrases_check
from skill.checking.conversation_page import conversation_page
from skill.guides.markdown import read_guides
from skill.library import read_library
from skill.prompts import read_prompts
from skill.studio.planning import read_plans
from tests.conversing import CONTENT, phrases

ROOT = CONTENT.parent
GUIDES = read_guides(CONTENT / "guides")


def found(changed: Phrases) -> str:
    return "\n".join(phrases_check.problems(changed, GUIDES))


def with_samples(name: str, *samples: str) -> Phrases:
    said = phrases()
    intent = Intent((*said.intents[name].samples, *samples))
    return replace(said, intents={**said.intents, name: intent})


def test_the_project_has_no_mistakes() -> None:
    texts = read_prompts(CONTENT / "prompts" / "en.toml").texts
    assert list(prompts.problems(texts)) == []
    assert list(phrases_check.problems(phrases(), GUIDES)) == []
    assert list(manifest.problems(read_manifest(ROOT / "skill.json"), "en-US", phrases().invocation)) == []


def test_a_missing_a_spare_and_a_misplaced_prompt_are_found() -> None:
    texts = dict(read_prompts(CONTENT / "prompts" / "en.toml").texts)
    del texts["leaving.goodbye"]
    texts |= {"leaving.never": "x", "ask.start.say": "Start now.", "ask.next.again": "Go on to {page}?"}
    lines = list(prompts.problems(texts))
    assert [re.split("[;,]", line)[0] for line in lines] == [
        "prompt leaving.goodbye is missing",
        "prompt leaving.never is never said",
        "prompt ask.start.say leaves the session open",
        "prompt ask.next.again names {page}",
    ]


@pytest.mark.parametrize(
    ("key", "text", "told"),
    [
        ("welcome.first", "Here is {gide}.", "{gide}, but there it is filled in with {guide}, {length}"),
        ("read.titled", "{titel}", "{titel}, but there it is filled in with {length}, {title}"),
        ("listening.no_more", "{guide} is over.", "{guide}, but there it is filled in with nothing"),
    ],
)
def test_a_misspelt_brace_is_found(key: str, text: str, told: str) -> None:
    texts = {**read_prompts(CONTENT / "prompts" / "en.toml").texts, key: text}
    assert list(prompts.problems(texts)) == [f"prompt {key} names {told}"]


def test_mistakes_in_phrases_are_found() -> None:
    said = phrases()
    assert "invocation 'Nightfeed!' is not legal" in found(replace(said, invocation="Nightfeed!"))
    assert "'tell me more' stands 2 times" in found(with_samples("CarryOnIntent", "tell me more"))
    assert "has a sign that Alexa does not take" in found(with_samples("CarryOnIntent", "go on!"))
    assert "{page} is not declared" in found(with_samples("SectionIntent", "go to page {page}"))
    fewer = {name: intent for name, intent in said.intents.items() if name != "TopTipIntent"}
    assert "TopTipIntent is answered but has no phrases" in found(replace(said, intents=fewer))
    more = {**said.intents, "DanceIntent": Intent(("dance",))}
    assert "DanceIntent has phrases but no answer" in found(replace(said, intents=more))
    assert "DanceIntent has 1 samples" in found(replace(said, intents=more))
    assert "no type PAGE" in found(replace(said, slots={**said.slots, "page": "PAGE"}))


def test_a_name_for_both_a_guide_and_a_section_is_found() -> None:
    twin = replace(GUIDES[0], aliases=("the brain",))
    assert "2 guides are called" in "\n".join(phrases_check.problems(phrases(), [twin, twin]))
    assert "'the brain' names a guide and a section" in "\n".join(phrases_check.problems(phrases(), [twin]))


def test_mistakes_in_the_manifest_are_found() -> None:
    values = read_manifest(ROOT / "skill.json")
    values["manifest"]["publishingInformation"]["locales"]["en-GB"]["examplePhrases"] = ["Alexa, hello"]
    values["manifest"]["apis"]["custom"]["endpoint"]["uri"] = "http://nightfeed.example/alexa"
    lines = list(manifest.problems(values, "en-GB", "night feed"))
    assert ["lacks the invocation name" in lines[0], "must be https" in lines[1]] == [True, True]


def test_manifest_and_code_name_the_same_permissions_events_and_interfaces() -> None:
    values = read_manifest(ROOT / "skill.json")
    assert list(manifest.misfits(values)) == []
    values["manifest"]["permissions"] = [{"name": "alexa::household:lists:read"}]
    values["manifest"]["apis"]["custom"]["interfaces"] = [{"type": "VIDEO_APP"}]
    values["manifest"]["events"] = {"subscriptions": [{"eventName": "SKILL_ENABLED"}]}
    lines = "\n".join(manifest.misfits(values))
    assert "permission alexa::household:lists:read is not used" in lines
    assert "interface VIDEO_APP is not used" in lines
    assert "subscription SKILL_ENABLED is not used" in lines


@pytest.fixture
def audio(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "audio", tmp_path / "audio"))


def test_changed_damaged_and_orphaned_recordings_are_found(audio: Path) -> None:
    library = read_library(audio / "library.json")
    plans = read_plans(CONTENT, GUIDES)
    assert list(recordings.problems(plans, library, audio)) == []
    (audio / library.guides[0].tip.clips[0].file).write_bytes(b"not the recording")
    assert "missing or damaged" in "\n".join(recordings.problems(plans, library, audio))
    other_tip = replace(GUIDES[1], tip=replace(GUIDES[1].tip, text="Another tip."))
    unrecorded = replace(library, recorded=library.recorded[:1])
    assert f"{GUIDES[1].slug} is not recorded yet" in "\n".join(recordings.problems(plans, unrecorded, audio))
    changed = read_plans(CONTENT, [GUIDES[0], other_tip])
    assert f"{GUIDES[1].slug} has changed" in "\n".join(recordings.problems(changed, library, audio))
    assert "has no text any more" in "\n".join(recordings.problems(plans[:1], library, audio))


def test_the_page_of_the_dialogue_is_up_to_date() -> None:
    page = conversation_page(phrases(), read_prompts(CONTENT / "prompts" / "en.toml"))
    remedy = "run: nightfeed dialogue > docs/conversation.md"
    assert (ROOT / "docs" / "conversation.md").read_text(encoding="utf-8") == page, remedy
