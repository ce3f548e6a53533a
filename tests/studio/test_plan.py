"""A recording is stale exactly when the guide, or how it is to sound, has changed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from skill.guides.markdown import parse_source
from skill.library import Clip, Episode, Guide, Recorded
from skill.show import Pauses
from skill.studio.episode_frame import EpisodeFrame
from skill.studio.lexicon import Lexicon
from skill.studio.plan import (
    GuidePlan,
    is_stale,
    plan_guide,
    with_recordings,
    without_recordings,
)
from tests.studio.conftest import guide_text

PAUSES = Pauses(before=0.25, after_heading=0.8, after_sentence=0.45, after=0.35)
FRAME = EpisodeFrame("A guide opens.", "A guide ends.", "Top tip", "Nights", "Us", "en-GB")
TEXT = guide_text("At 7.30, rest. 😀", "Rest again.", "Rest again.")


EPISODE = Episode(
    "nights/e.mp3",
    5.0,
    60_000,
    (),
    "nights/e.json",
    "nights/e.vtt",
    "nights/e.words.vtt",
    "nights/e.jpg",
    ("0" * 64,) * 5,
)


def guide(text: str = TEXT) -> Guide:
    return parse_source(text, Path("nights.md")).guide


def plan(
    text: str = TEXT,
    lexicon: Lexicon | None = None,
    pauses: Pauses = PAUSES,
    settings: str = "v1",
    frame: EpisodeFrame = FRAME,
) -> GuidePlan:
    return plan_guide(guide(text), lexicon or {}, pauses, frame, "house", settings)


def recorded(made: GuidePlan) -> Recorded:
    clips = (Clip("nights/a.mp3", 1.0, "0" * 64, ()),)
    passages = (replace(passage, clips=clips) for passage in made.guide.passages)
    read = with_recordings(made.guide, passages, EPISODE)
    return Recorded(read, made.voice, made.settings, made.inputs)


def test_sentences_are_planned_as_they_are_written_and_as_they_are_spoken() -> None:
    first = plan().passages[0]
    assert [(sentence.written, sentence.spoken, sentence.pause) for sentence in first.sentences] == [
        ("First part", "First part.", PAUSES.after_heading),
        ("At 7.30, rest. 😀", "At seven thirty, rest.", PAUSES.after_sentence),
    ]


def test_passages_are_named_after_their_place_even_where_two_read_the_same() -> None:
    assert [passage.name for passage in plan().passages] == [
        "part-1-lead-1", "part-1-lead-2", "part-1-lead-3", "part-1-more-1", "top-tip",
    ]  # fmt: skip


def test_what_was_planned_from_the_same_is_not_stale() -> None:
    assert plan() == plan()
    assert not is_stale(plan(), recorded(plan()))


def test_a_guide_that_was_never_recorded_is_stale() -> None:
    assert is_stale(plan(), None)


@pytest.mark.parametrize(
    "changed",
    [
        lambda: plan(TEXT.replace("rest.", "sleep.")),
        lambda: plan(TEXT.replace("First part", "Part one")),
        lambda: plan(TEXT.replace("Rest.\n", "Sleep.\n")),
        lambda: plan(TEXT.replace("title: A guide", "title: The guide")),
        lambda: plan(TEXT.replace("## First part", "## First part\n\n> Also called: the start")),
        lambda: plan(TEXT.replace("At 7.30", "At seven thirty")),
        lambda: plan(lexicon={"rest": "sleep"}),
        lambda: plan(pauses=replace(PAUSES, after=0.4)),
        lambda: plan(pauses=replace(PAUSES, after_heading=0.9)),
        lambda: plan(settings="v2"),
        lambda: plan(frame=replace(FRAME, opening="Welcome.")),
        lambda: plan(frame=replace(FRAME, artist="They")),
    ],
)
def test_any_change_makes_a_recording_stale(changed: Callable[[], GuidePlan]) -> None:
    assert is_stale(changed(), recorded(plan()))


def test_a_changed_sentence_changes_the_key_of_its_passage_alone() -> None:
    before, after = plan(), plan(TEXT.replace("At 7.30, rest.", "At 7.30, sleep."))
    differing = [
        old.name for old, new in zip(before.passages, after.passages, strict=True) if old.key != new.key
    ]
    assert differing == ["part-1-lead-1"]


@pytest.mark.parametrize("changed", [plan(settings="v2"), plan(pauses=replace(PAUSES, before=0.3))])
def test_a_change_of_voice_or_pauses_changes_every_key(changed: GuidePlan) -> None:
    assert not {passage.key for passage in changed.passages} & {passage.key for passage in plan().passages}


def test_a_key_is_that_of_what_is_spoken_and_not_of_how_it_is_written() -> None:
    assert plan(TEXT.replace("At 7.30", "At seven thirty")).passages[0].key == plan().passages[0].key


def test_clips_are_put_to_their_passages_in_reading_order_and_taken_away_again() -> None:
    clips = [(Clip(f"nights/{number}.mp3", 1.0, "0" * 64, ()),) for number in range(5)]
    passages = zip(guide().passages, clips, strict=True)
    read = with_recordings(guide(), (replace(passage, clips=clip) for passage, clip in passages), EPISODE)
    assert [passage.clips for passage in read.passages] == clips and read.episode == EPISODE
    assert without_recordings(read) == guide()
