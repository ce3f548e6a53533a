"""Alexa's rule for search queries: words around them, and no slot beside them."""

from dataclasses import replace

import pytest

from skill.alexa.phrases import Intent
from skill.checking.phrases import problems
from tests.conversing import phrases
from tests.small_library import library


@pytest.mark.parametrize(
    ("sample", "problem"),
    [
        ("{query}", "needs other words around its search query"),
        ("{query} in {section}", "has a slot beside its search query"),
    ],
)
def test_a_search_query_needs_a_carrier_and_stands_alone(sample: str, problem: str) -> None:
    right = phrases()
    assert not list(problems(right, library().guides))
    samples = Intent((*right.intents["AskIntent"].samples, sample))
    wrong = replace(right, intents={**right.intents, "AskIntent": samples})
    assert any(problem in line for line in problems(wrong, library().guides))
