"""Blocks become a draft: what is wanting and what was left out are told whole."""

from datetime import date
from pathlib import Path

import pytest

from skill.errors import NightfeedError
from skill.guides.drafting import Draft, LeftOut, draft_guide, slug
from skill.guides.page_layout import Block, Kind, Part
from skill.library import Passage, Section

PATH = Path("saved/wet_days - 1.html")
TODAY = date(2026, 3, 1)
TIP = Block(Kind.PARAGRAPH, "Top tip: go out.")


def draft(*blocks: Block) -> Draft:
    return draft_guide(blocks, PATH, TODAY)


def heading(text: str) -> Block:
    return Block(Kind.HEADING, text)


def paragraph(text: str) -> Block:
    return Block(Kind.PARAGRAPH, text)


def line(text: str, part: Part | None = None) -> Block:
    return Block(Kind.LINE, text, part=part)


def test_a_head_is_read_line_by_line() -> None:
    made = draft(
        line("4 min video"),
        line("Wet days"),
        line("- Play - inside"),
        Block(Kind.TOPIC, "Rain"),
        line("Three children in a den"),
        line("3 min read"),
        line("5 min read"),
        line("A sentence above."),
        heading("Part"),
        paragraph("Words."),
        TIP,
    )
    guide = made.guide
    assert (guide.title, guide.topic, guide.read_minutes) == ("Wet days", "Play - inside, Rain", 3)
    assert guide.image_alt == "Three children in a den"
    assert guide.sections == (
        Section("Wet days", (), (Passage("A sentence above.", "Wet days"),), ()),
        Section("Part", (), (Passage("Words.", "Part"),), ()),
    )
    assert made.wanting == ()
    told = [LeftOut(text, Part.BYLINE.value) for text in ("4 min video", "3 min read", "5 min read")]
    assert list(made.left_out) == told


def test_all_that_is_wanting_is_told() -> None:
    made = draft(heading("Part"), paragraph("Words."), heading("Empty"), line("Us", Part.OUTSIDE))
    assert (made.guide.title, made.guide.slug) == ("Wet days 1", "wet-days-1")
    assert (made.guide.topic, made.guide.tip, made.guide.read_minutes) == ("", Passage("", "Top tip"), 1)
    assert made.guide.published == "2026-03-01"
    assert made.wanting == (
        "title: the page has none, so it is the file's name",
        "topic: what the guide is about, in a few words",
        "read_minutes: the page does not say; they are reckoned from its words",
        "## Top tip: one sentence to remember, at the end of the file",
    )
    assert made.left_out == (LeftOut("Us", Part.OUTSIDE.value), LeftOut("Empty", Part.EMPTY.value))


TIPS = {
    "a line": ([paragraph("Top tip: go out."), paragraph("After.")], "go out.", ["Words.", "After."]),
    "a line of its own": (
        [paragraph("TOP TIP"), paragraph("Go out."), paragraph("After.")],
        "Go out.",
        ["Words.", "After."],
    ),
    "a heading": ([heading("Top tip"), paragraph("Go out"), paragraph("Dry")], "Go out. Dry", ["Words."]),
    "a heading that says it": (
        [heading("Top tip – go out"), paragraph("be dry.")],
        "go out. be dry.",
        ["Words."],
    ),
    "a bullet": ([Block(Kind.BULLET, "Top tip: go out.")], "go out", ["Words."]),
    "no word like it": ([paragraph("Top tips: two.")], "", ["Words.", "Top tips: two."]),
}  # fmt: skip


@pytest.mark.parametrize(("blocks", "tip", "read"), TIPS.values(), ids=TIPS)
def test_a_top_tip_is_taken_out(blocks: list[Block], tip: str, read: list[str]) -> None:
    guide = draft(heading("Part"), paragraph("Words."), *blocks).guide
    assert guide.tip.text == tip
    assert [passage.text for section in guide.sections for passage in section.lead] == read


def test_bullets_with_nothing_below_them_are_items_of_what_stands_above() -> None:
    guide = draft(
        Block(Kind.BULLET, "One, and"),
        Block(Kind.BULLET, "two"),
        heading("Part"),
        Block(Kind.ITEM, "three;", begins_list=True),
        Block(Kind.ITEM, "four"),
        Block(Kind.ITEM, "five", begins_list=True),
        Block(Kind.SUBHEADING, "Below"),
        Block(Kind.SUBHEADING, "Further below"),
        paragraph("Words…"),
    ).guide
    assert guide.sections == (
        Section("Wet days 1", (), (Passage("One. Two.", "Wet days 1"),), ()),
        Section(
            "Part",
            (),
            (
                Passage("Three. Four.", "Part"),
                Passage("Five."),
                Passage("Below"),
                Passage("Words…", "Further below"),
            ),
            (),
        ),
    )


@pytest.mark.parametrize(
    "text", ['"A sentence."', "A sentence!", "A question?)", "And so on…", "“A sentence.”"]
)
def test_a_sentence_makes_an_article(text: str) -> None:
    assert draft(heading("Part"), paragraph(text)).guide.sections[0].lead[0].text == text


def test_short_lines_alone_make_none() -> None:
    with pytest.raises(NightfeedError) as caught:
        draft(heading("Part"), paragraph("Home"), paragraph('."Search'))
    assert str(caught.value) == (
        f"{PATH}: there is no article in it, only short lines; open the article itself in a browser, "
        "wait until its text is there, and save that page"
    )


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        ([], ""),
        (["Our letters"], "Our letters."),
        (["Our letters", "Every week", "Sign up", "No spam"], "Our letters. Every week. Sign up."),
        (["Sign up for letters,", "Every week!", "No spam"], "Sign up for letters. Every week!"),
    ],
)
def test_the_offer_of_news_goes_down_to_its_call(lines: list[str], kept: str) -> None:
    offer = [line(text, Part.SIGN_UP) for text in lines]
    assert draft(heading("Part"), paragraph("Words."), *offer).guide.sign_up == kept


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Ärger & Ruhe", "arger-ruhe"),
        ("Who’s who, it's all", "whos-who-its-all"),
        ("雨", "guide"),
        ("a" * 60, "a" * 60),
        ("a" * 61, "a" * 60),
        ("a" * 60 + " b", "a" * 60),
        ("a" * 58 + " bc", "a" * 58),
        ("a" * 58 + " b c", "a" * 58 + "-b"),
    ],
)
def test_a_slug_is_cut_at_a_word(title: str, told: str) -> None:
    assert slug(title) == told
