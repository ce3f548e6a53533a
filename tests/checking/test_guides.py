"""What is said of a whole guide."""

from pathlib import Path

import pytest

from skill.checking.finding import Finding
from skill.checking.guides import WORDS_A_SECOND, Seconds, findings, recorded_seconds
from skill.guides.markdown import parse_source
from skill.library import Clip, Guide, Passage, Section, read_library
from tests.conversing import CONTENT

FRONT = """---
title: Sleeping well
topic: Sleep
read_minutes: 4
published: 2026-01-31
image_alt: A cot
---
"""
TIP = "\n## Top tip\n\nSleep.\n"


def found(body: str, recorded: Seconds | None = None) -> list[Finding]:
    source = parse_source(FRONT + body + TIP, Path("sleep.md"))
    return list(findings(source, "content/guides/sleep.md", {}, recorded or {}))


def paragraph(words: int) -> str:
    return " ".join(["The cat sat on the mat."] * (words // 6))


def test_a_part_of_more_than_four_minutes_is_told_deeper_or_not() -> None:
    body = f"\n## Nights\n\n{paragraph(600)}\n\n### Tell me more\n\n{paragraph(600)}\n"
    assert found(body) == []
    (lead,) = found(body.replace("### Tell me more\n\n", ""))
    assert (lead.line, lead.what) == (9, "a part of about 7 minutes: Nights")
    (more,) = found(f"\n## Nights\n\nWell.\n\n### Tell me more\n\n{paragraph(900)}\n")
    assert more.what == "a part of about 5 minutes, under “Tell me more”: Nights"


def test_a_recorded_part_is_as_long_as_its_recording() -> None:
    body = "\n## Nights\n\nSlowly.\n"
    slow = Passage("Slowly.", "Nights", (Clip("a.mp3", 200, "", ()), Clip("b.mp3", 100, "", ())))
    nights = Section("Nights", (), (slow,), ())
    guide = Guide("sleep", "Sleep", "", 1, "2026-01-31", (nights,), Passage("Sleep."))
    (only,) = found(body, recorded_seconds([guide]))
    assert only.what == "a part of about 5 minutes: Nights"
    assert found(body.replace("Slowly.", "Changed."), recorded_seconds([guide])) == []


def test_the_pace_is_the_house_voices() -> None:
    guides = read_library(CONTENT.parent / "audio" / "library.json").guides
    words = sum(len(f"{each.heading} {each.text}".split()) for guide in guides for each in guide.passages)
    assert words / sum(recorded_seconds(guides).values()) == pytest.approx(WORDS_A_SECOND, rel=0.05)


def test_headings_are_read_too() -> None:
    body = "\n## Nights (long)\n\n> Also called: nights\n\nWell.\n\n### See below\n\nWell.\n"
    assert [(each.line, each.what) for each in found(body)] == [
        (9, "brackets: (long)"),
        (15, "“See below” is for the eye"),
    ]


def test_a_long_heading_needs_a_short_name() -> None:
    body = "\n## What helps when nobody sleeps\n\nWell.\n"
    (only,) = found(body)
    assert (only.line, only.what) == (9, "the part “What helps when nobody sleeps” has no short name")
    assert found(body.replace("Well.", "> Also called: nobody sleeps\n\nWell.")) == []


def test_two_parts_that_sound_alike_are_told_by_their_names() -> None:
    body = "\n## Nights\n\nWell.\n\n## Naps\n\n> Also called: knights\n\nWell.\n"
    (only,) = found(body)
    assert (only.line, only.what) == (13, "“knights” sounds like “Nights”, of the part “Nights”")
    (only,) = found("\n## Week 2\n\nWell.\n\n## Week two\n\nWell.\n\n## Week three\n\nWell.\n")
    assert only.what == "“Week two” sounds like “Week 2”, of the part “Week 2”"


def test_hard_words_are_told_with_their_measure() -> None:
    hard = "Considerable organisational responsibility necessitates professionalism."
    body = f"\n## Nights\n\n{' '.join([hard] * 10)}\n"
    (only,) = found(body)
    assert (only.line, only.what) == (9, "hard words or long sentences: Nights")
    assert "reading ease is -" in only.why
    assert found(f"\n## Nights\n\n{hard}\n") == []


def test_a_curly_apostrophe_makes_no_word_easier() -> None:
    straight = "\n## Nights\n\n" + "Organisation isn't instantaneous today. " * 13
    assert found(straight) == found(straight.replace("'", "’")) != []


def test_a_sentence_is_found_on_its_line_of_a_wrapped_paragraph() -> None:
    body = "\n## Nights\n\nIt is dark. All is\nquiet now. Please click\nhere. The cat (ours) sleeps.\n"
    assert [(each.line, each.what) for each in found(body)] == [
        (12, "“click here” is for the eye"),
        (13, "brackets: (ours)"),
    ]
