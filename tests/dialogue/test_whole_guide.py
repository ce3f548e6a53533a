"""The whole guide, right through: pure decisions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.bookmark import Bookmark
from skill.dialogue.whole_guide import moved, next_clip, next_part, previous_part, track_at, tracks
from tests.small_library import library

SLEEP, FOOD = library().guides
LENGTH = 105.0
"""Seconds of the guide on sleep: five clips of 20, and the tip of 5."""


def test_a_guide_goes_part_by_part_each_with_what_is_deeper_and_ends_with_the_tip() -> None:
    assert [track.clip.file.partition("/")[2] for track in tracks(SLEEP)] == [
        "part-1-lead-1.mp3",
        "part-1-lead-2.mp3",
        "part-1-more-1.mp3",
        "part-1-more-2.mp3",
        "part-2-lead-1.mp3",
        "top-tip.mp3",
    ]


def test_each_clip_leads_to_the_next_and_the_tip_to_none() -> None:
    place, heard = Bookmark("sleep", offset=7.0), 1
    while following := next_clip(SLEEP, place):
        place, heard = following, heard + 1
    assert (place, heard) == (Bookmark("sleep", 2), 6)


@pytest.mark.parametrize(
    ("place", "file"),
    [
        (Bookmark("sleep", 0, 1, deeper=True, offset=3), "part-1-more-2"),
        (Bookmark("sleep", 0, 9), "part-1-lead-1"),
        (Bookmark("sleep", 1, 0, deeper=True), "part-2-lead-1"),
        (Bookmark("sleep", 7), "part-1-lead-1"),
        (Bookmark("sleep", -1, -1), "part-1-lead-1"),
    ],
)
def test_a_place_that_the_guide_has_no_more_is_its_parts_beginning(place: Bookmark, file: str) -> None:
    assert track_at(SLEEP, place).clip.file == f"sleep/{file}.mp3"


def test_parts_follow_each_other_up_to_the_tip_and_down_to_the_first() -> None:
    deep = Bookmark("sleep", 0, 1, deeper=True, offset=4)
    assert next_part(SLEEP, deep) == Bookmark("sleep", 1)
    assert next_part(SLEEP, Bookmark("sleep", 1)) == Bookmark("sleep", 2)
    assert next_part(SLEEP, Bookmark("sleep", 2)) is None
    assert previous_part(SLEEP, Bookmark("sleep", 2, offset=3)) == Bookmark("sleep", 1)
    assert previous_part(SLEEP, deep) == Bookmark("sleep")


@pytest.mark.parametrize(
    ("seconds", "place"),
    [
        (5, Bookmark("sleep", 0, 1, offset=15)),
        (9.999, Bookmark("sleep", 0, 1, offset=19.999)),
        (10, Bookmark("sleep", 0, 0, deeper=True)),
        (62, Bookmark("sleep", 1, offset=12)),
        (74, Bookmark("sleep", 2, offset=4)),
        (75, None),
        (9e99, None),
        (-10, Bookmark("sleep", 0, 1)),
        (-11, Bookmark("sleep", offset=19)),
        (-31, Bookmark("sleep")),
        (-9e99, Bookmark("sleep")),
    ],
)
def test_a_skip_goes_over_the_borders_of_clips(seconds: float, place: Bookmark | None) -> None:
    assert moved(SLEEP, Bookmark("sleep", 0, 1, offset=10), seconds) == place


@given(st.floats(0, LENGTH - 1), st.floats(-200, 200))
def test_a_skip_and_the_same_skip_back_is_none(begin: float, seconds: float) -> None:
    start = moved(SLEEP, Bookmark("sleep"), begin)
    there = start and moved(SLEEP, start, seconds)
    if there and begin + seconds >= 0:
        back = moved(SLEEP, there, -seconds)
        assert back and abs(_seconds(back) - begin) < 0.01


def _seconds(place: Bookmark) -> float:
    row = tracks(SLEEP)
    position = [track.place for track in row].index(track_at(SLEEP, place).place)
    return sum(track.clip.seconds for track in row[:position]) + place.offset
