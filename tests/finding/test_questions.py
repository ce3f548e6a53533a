"""How many parents' questions the library as committed answers, in the way that the skill answers them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from skill.finding.index import Found, Index
from skill.finding.synonyms import read_synonyms
from skill.library import read_library
from skill.talk.understanding import Understanding
from tests.conversing import CONTENT, phrases

ROOT = CONTENT.parent
QUESTIONS = yaml.safe_load((Path(__file__).parent / "questions.yaml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Rates:
    """From 0 to 1, of the questions asked."""

    first_answers: float
    """Recall at 1: what is read answers the question."""
    three_answer: float
    """Recall at 3: one of the three best passages does."""
    false_answers: float
    """Something is read where the library has no answer."""


REACHED = {
    ("tuning",): Rates(0.90, 0.96, 0.03),
    ("held_out",): Rates(0.88, 0.94, 0.17),
    ("tuning", "held_out"): Rates(0.90, 0.95, 0.07),
}
"""What is reached today. The aims for both together are 0.8, 0.95 and 0.1."""


@cache
def house() -> tuple[Understanding, Index]:
    library = read_library(ROOT / "audio" / "library.json")
    return (
        Understanding(phrases(), library.guides),
        Index(library.guides, read_synonyms(CONTENT / "synonyms.toml")),
    )


def found(utterance: str) -> tuple[Found, ...]:
    """What is found for the words that are left of the utterance once Alexa has taken the carrier off."""
    understanding, index = house()
    heard = understanding.understand(utterance)
    words = next((slot.value for slot in heard.slots.values()), "")
    assert words, f"{utterance!r} was taken for {heard.name}"
    return index.find(words)


def place(passage: Found) -> str:
    return f"{passage.guide}.{passage.section}.{'more' if passage.deeper else 'lead'}"


def rates(parts: tuple[str, ...]) -> Rates:
    answered: list[Any] = [row for part in parts for row in QUESTIONS[part]["answered"]]
    others: list[Any] = [row for part in parts for row in QUESTIONS[part]["not_in_the_library"]]
    results = [([place(passage) for passage in found(row["say"])], row["answers"]) for row in answered]
    return Rates(
        sum(bool(places) and places[0] in right for places, right in results) / len(results),
        sum(bool(set(places) & set(right)) for places, right in results) / len(results),
        sum(bool(found(row["say"])) for row in others) / len(others),
    )


@pytest.mark.parametrize("parts", REACHED, ids="+".join)
def test_questions_are_answered_as_well_as_before(parts: tuple[str, ...]) -> None:
    reached, now = REACHED[parts], rates(parts)
    assert now.first_answers >= reached.first_answers, now
    assert now.three_answer >= reached.three_answer, now
    assert now.false_answers <= reached.false_answers, now


def test_every_label_names_a_place_that_there_is() -> None:
    guides = read_library(ROOT / "audio" / "library.json").guides
    places = {
        f"{g.slug}.{n}.{kind}"
        for g in guides
        for n in range(len(g.sections) + 1)
        for kind in ("lead", "more")
    }
    named = {place for part in QUESTIONS.values() for row in part["answered"] for place in row["answers"]}
    assert named <= places


def test_no_question_is_asked_twice() -> None:
    said = [row["say"] for part in QUESTIONS.values() for rows in part.values() for row in rows]
    assert len(said) == len(set(said))
