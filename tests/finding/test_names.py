"""A guide or a part is known by about its name, and by nothing else."""

import pytest

from skill.finding.names import nearest, resolve

NAMES = {
    "secure": ("Building secure relationships with children", "attachment", "bonding"),
    "limits": ("Limits and consequences for children", "limits", "boundaries"),
    "teens": ("Limits for teenagers", "limits"),
    "brain": ("Staying close while the brain grows", "the brain", "the first five years"),
}


@pytest.mark.parametrize(
    ("spoken", "identity"),
    [
        ("building secure relationship with children", "secure"),
        ("atachment", "secure"),
        ("consequences and limits for children", "limits"),
        ("boundarys", "limits"),
        ("the brane", "brain"),
        ("first five years", "brain"),
        ("limits for teenager", "teens"),
    ],
)
def test_a_name_is_known_however_roughly_it_is_said(spoken: str, identity: str) -> None:
    assert nearest(spoken, NAMES) == (identity,)


@pytest.mark.parametrize(
    "spoken", ["fever", "potty training", "dinosaurs", "the weather", "relatives", "screen time", ""]
)
def test_other_words_are_no_name(spoken: str) -> None:
    assert nearest(spoken, NAMES) == ()


def test_a_name_that_two_go_by_means_either() -> None:
    assert nearest("limit", NAMES) == ("limits", "teens")


def test_what_alexa_found_comes_before_what_is_like() -> None:
    assert resolve("the brain", ("secure",), NAMES) == ("secure",)
    assert resolve("the brain", ("no longer there",), NAMES) == ("brain",)


def test_of_what_alexa_found_a_whole_name_beats_a_part_of_one() -> None:
    assert resolve("limits for teenagers", ("limits", "teens"), NAMES) == ("teens",)
    assert resolve("limits", ("limits", "teens"), NAMES) == ("limits", "teens")
