"""Guides of like names, and what Alexa itself did not match."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from skill.library import Library, Recorded
from skill.talk.conversation import Exchange, Speaker
from skill.talk.understanding import Heard, HeardSlot
from tests.conversing import make_house, make_speaker
from tests.small_library import library

LISTENER = "amzn1.ask.account.names"


@pytest.fixture
def speaker(tmp_path: Path) -> Speaker:
    """A speaker over Sleeping well, First foods, and a second guide that goes by "sleep"."""
    sleep, food = library().recorded
    naps = replace(sleep.guide, slug="naps", title="Sleeping by day", aliases=("sleep", "naps"))
    return make_speaker(make_house(tmp_path, library=Library((sleep, food, Recorded(naps, "house", "", "")))))


def asked(exchange: Exchange) -> Any:
    return exchange.session and exchange.session.attributes["nightfeed"]["ask"]


def said(exchange: Exchange) -> str:
    return " ".join(step.text for step in exchange.steps if not step.url)


@pytest.mark.parametrize(
    ("answer", "title"),
    [
        ("yes", "Sleeping well"),
        ("no", "Sleeping by day"),
        ("the second one", "Sleeping by day"),
        ("the first one", "Sleeping well"),
        ("naps", "Sleeping by day"),
    ],
)
def test_two_guides_of_one_name_lead_to_one_question(speaker: Speaker, answer: str, title: str) -> None:
    which = speaker.hear("the guide about sleep", LISTENER, None)
    assert said(which) == "That could be Sleeping well, or Sleeping by day. Did you mean Sleeping well?"
    assert which.again == "Did you mean Sleeping well, rather than Sleeping by day?"
    assert said(speaker.hear(answer, LISTENER, which.session)).startswith(f"Here is {title}.")


def test_a_guide_that_alexa_did_not_match_is_known_by_its_likest_name(speaker: Speaker) -> None:
    heard = Heard("GuideIntent", {"guide": HeardSlot("the first food")})
    assert said(speaker._send(heard, LISTENER, None)).startswith("Here is First foods.")


def test_a_part_that_alexa_did_not_match_is_known_by_its_likest_name(speaker: Speaker) -> None:
    heard = Heard("SectionIntent", {"section": HeardSlot("nite waking")})
    assert [Path(step.url).stem for step in speaker._send(heard, LISTENER, None).steps if step.url] == [
        "part-1-lead-1",
        "part-1-lead-2",
    ]


def test_a_name_that_is_like_none_is_looked_for_in_the_words(speaker: Speaker) -> None:
    for intent, slot in (("GuideIntent", "guide"), ("SectionIntent", "section")):
        found = speaker._send(Heard(intent, {slot: HeardSlot("going slowly at first")}), LISTENER, None)
        assert said(found).startswith("From First foods."), intent
        assert asked(found)["question"] == "that_part"


def test_a_question_without_words_is_met_kindly(speaker: Speaker) -> None:
    assert said(speaker._send(Heard("AskIntent"), LISTENER, None)).startswith("I haven't a guide on that.")
    assert said(speaker._send(Heard("TimeIntent"), LISTENER, None)).startswith("Sorry, I didn't catch")
