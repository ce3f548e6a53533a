"""What is said of a whole guide."""

from pathlib import Path

from skill.checking.finding import Finding
from skill.checking.guides import findings
from skill.guides.markdown import parse_source

FRONT = """---
title: Sleeping well
topic: Sleep
read_minutes: 4
published: 2026-01-31
image_alt: A cot
---
"""
TIP = "\n## Top tip\n\nSleep.\n"


def found(body: str) -> list[Finding]:
    source = parse_source(FRONT + body + TIP, Path("sleep.md"))
    return list(findings(source, "content/guides/sleep.md", {}))


def paragraph(words: int) -> str:
    return " ".join(["The cat sat on the mat."] * (words // 6))


def test_a_part_of_more_than_four_minutes_is_told_deeper_or_not() -> None:
    body = f"\n## Nights\n\n{paragraph(600)}\n\n### Tell me more\n\n{paragraph(600)}\n"
    assert found(body) == []
    (lead,) = found(body.replace("### Tell me more\n\n", ""))
    assert (lead.line, lead.what) == (9, "a part of about 7 minutes: Nights")
    (more,) = found(f"\n## Nights\n\nWell.\n\n### Tell me more\n\n{paragraph(900)}\n")
    assert more.what == "a part of about 5 minutes, under “Tell me more”: Nights"


def test_a_long_heading_needs_a_short_name() -> None:
    body = "\n## What helps when nobody sleeps\n\nWell.\n"
    (only,) = found(body)
    assert (only.line, only.what) == (9, "the part “What helps when nobody sleeps” has no short name")
    assert found(body.replace("Well.", "> Also called: nobody sleeps\n\nWell.")) == []


def test_two_parts_that_sound_alike_are_told_by_their_names() -> None:
    body = "\n## Nights\n\nWell.\n\n## Naps\n\n> Also called: knights\n\nWell.\n"
    (only,) = found(body)
    assert (only.line, only.what) == (13, "“knights” sounds like “Nights”, of the part “Nights”")


def test_hard_words_are_told_with_their_measure() -> None:
    body = "\n## Nights\n\nConsiderable organisational responsibility necessitates professionalism.\n"
    (only,) = found(body)
    assert (only.line, only.what) == (9, "hard words or long sentences: Nights")
    assert "reading ease is -" in only.why


def test_a_sentence_is_found_on_its_line_of_a_wrapped_paragraph() -> None:
    body = "\n## Nights\n\nIt is dark. All is\nquiet now. Please click\nhere. The cat (ours) sleeps.\n"
    assert [(each.line, each.what) for each in found(body)] == [
        (12, "“click here” is for the eye"),
        (13, "brackets: (ours)"),
    ]
