"""A guide's Markdown becomes a Guide, and each mistake is told with its line and remedy."""

from pathlib import Path

import pytest

from skill.errors import ContentError
from skill.guides.markdown import parse_source, read_guide, read_guides
from skill.library import Passage, Related

PATH = Path("content/guides/calm-nights.md")
FRONT = """---
title: Calm nights
topic: Sleep
read_minutes: 4
published: 2026-01-31
aliases: [nights, calm]
related:
  - title: Naps
    guide: naps
    video_minutes: 2
  - read_minutes: 6
---
"""
BODY = """
## Before bed

> Also called: evenings, the bedtime routine

First *lead*, with a [link](https://example.org)
and a second line.

### A closer look

- one thing
- another thing!

### Tell me more

Deeper.

<!-- a note -->

## Top tip

Be calm.
"""


def test_everything_that_an_editor_writes_is_there() -> None:
    guide = parse_source(FRONT + BODY, PATH).guide
    assert (guide.slug, guide.title, guide.topic, guide.read_minutes) == (
        "calm-nights",
        "Calm nights",
        "Sleep",
        4,
    )
    assert (guide.published, guide.aliases, guide.reviewed) == ("2026-01-31", ("nights", "calm"), True)
    assert guide.related == (Related("Naps", "naps", 2), Related(read_minutes=6))
    (section,) = guide.sections
    assert (section.heading, section.aliases) == ("Before bed", ("evenings", "the bedtime routine"))
    assert section.lead == (
        Passage("First lead, with a link and a second line.", "Before bed"),
        Passage("one thing. another thing!", "A closer look"),
    )
    assert section.more == (Passage("Deeper."),)
    assert guide.tip == Passage("Be calm.", "Top tip")


def test_marks_are_not_heard_and_lists_are_sentences() -> None:
    body = """
## One `code` word

> Also called: one, , two

> Also called: three

A ![picture](a.png)line\\
broken
twice.

1. What?
2. this: that
3. Calm;

   then
4. and so on…
5. end

 <!-- to
 myself -->

## TOP TIP

Be calm.

Be kind.
"""
    (section,), tip = (
        (guide := parse_source(FRONT.replace("4\n", "60\n") + body, PATH).guide).sections,
        guide.tip,
    )
    assert guide.read_minutes == 60
    assert (section.heading, section.aliases) == ("One code word", ("one", "two", "three"))
    assert section.lead == (
        Passage("A line broken twice.", "One code word"),
        Passage("What? this: that. Calm; then. and so on… end."),
    )
    assert tip == Passage("Be calm. Be kind.", "Top tip")


def test_every_passage_and_section_knows_its_line() -> None:
    source = parse_source(FRONT + BODY, PATH)
    assert [source.lines[line - 1] for line in source.sections] == ["## Before bed"]
    assert [source.lines[line - 1] for line in source.passages] == [
        "First *lead*, with a [link](https://example.org)",
        "- one thing",
        "Deeper.",
        "Be calm.",
    ]


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "calm-nights.md"
    path.write_bytes(b"\xef\xbb\xbf" + (FRONT + BODY).replace("\n", "\r\n").encode())
    assert read_guide(path) == parse_source(FRONT + BODY, PATH).guide


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("", 1, "there is no front matter; begin the file with --- and end that with ---"),
        (BODY, 1, "there is no front matter; begin the file with --- and end that with ---"),
        (
            FRONT.replace("topic: Sleep\n", "") + BODY,
            1,
            "front matter: Object missing required field `topic`; see docs/guides.md for its fields",
        ),
        (
            FRONT.replace("minutes: 4", "minutes: four") + BODY,
            4,
            "front matter: Expected `int`, got `str` - at `$.read_minutes`; see docs/guides.md for its fields",  # noqa: E501
        ),
        (
            FRONT.replace("minutes: 4", "minutes: 0") + BODY,
            4,
            "front matter: read_minutes is not usable; give whole minutes from 1 to 60",
        ),
        (
            FRONT.replace("topic:", "topik:") + BODY,
            3,
            "front matter: Object contains unknown field `topik`; see docs/guides.md for its fields",
        ),
        (
            FRONT.replace("title: Calm", "title: Calm: very") + BODY,
            2,
            "front matter: mapping values are not allowed here; mend the YAML, quoting : and #",
        ),
        (
            FRONT.replace("2026-01-31", "soon") + BODY,
            5,
            "front matter: Invalid RFC3339 encoded date - at `$.published`; see docs/guides.md for its fields",  # noqa: E501
        ),
        (
            FRONT.replace("2026-01-31", "2026-02-31") + BODY,
            5,
            "front matter: day is out of range for month; see docs/guides.md for it",
        ),
        (
            FRONT.replace("title: Calm nights", "title: ' '") + BODY,
            2,
            "front matter: title is not usable; give the guide a title",
        ),
        (
            FRONT.replace("topic: Sleep", "topic: ' '") + BODY,
            3,
            "front matter: topic is not usable; say in a few words what the guide is about",
        ),
        (
            FRONT.replace("minutes: 4", "minutes: 61") + BODY,
            4,
            "front matter: read_minutes is not usable; give whole minutes from 1 to 60",
        ),
        (
            FRONT.replace("topic: Sleep", "topic: Sleep\ncolour: '#12345'") + BODY,
            4,
            'front matter: colour is not usable; write it as "#rrggbb"',
        ),
        (
            FRONT.replace("Calm nights", "a\x00b") + BODY,
            1,
            "front matter: cannot be read; mend the YAML, quoting : and #",
        ),
        (FRONT, 13, "there is no top tip; end the guide with ## Top tip"),
        (
            FRONT + BODY.replace("Deeper.", "<div>\n</div>"),
            28,
            "a html block cannot be read aloud; write it as a paragraph",
        ),
        (
            FRONT + "\nWords.\n" + BODY,
            14,
            "text before the first section; begin a section with ## and a heading",
        ),
        (
            FRONT + BODY.replace("## Top tip\n\nBe calm.", ""),
            14,
            "there is no top tip; end the guide with ## Top tip",
        ),
        (FRONT + "\n## Top tip\n\nBe calm.\n", 14, "there are no sections; add one with a ## heading"),
        (
            FRONT + BODY.replace("Deeper.", ""),
            14,
            "the section 'Before bed' has a heading with nothing to read; write a paragraph below each heading",  # noqa: E501
        ),
        (
            FRONT + BODY.replace("### Tell", "### Hm\n\n### Tell"),
            28,
            "two headings follow each other; write a paragraph between them",
        ),
        (
            FRONT + BODY.replace("> Also called:", "> He said:"),
            16,
            "a quotation cannot be read aloud; begin it with Also called:",
        ),
        (
            FRONT + BODY.replace("Deeper.", "```\ncode\n```"),
            28,
            "a fence cannot be read aloud; write it as a paragraph",
        ),
        (FRONT + BODY.replace("Deeper.", "---"), 28, "a hr cannot be read aloud; write it as a paragraph"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_a_remedy(text: str, line: int, told: str) -> None:
    with pytest.raises(ContentError) as caught:
        parse_source(text, PATH)
    assert str(caught.value) == f"{PATH}:{line}: {told}"


@pytest.mark.parametrize("name", ["Calm Nights.md", "calm--nights.md", "Calm.md", "nächte.md"])
def test_a_name_that_cannot_be_an_address_is_refused(name: str) -> None:
    with pytest.raises(ContentError) as caught:
        parse_source(FRONT + BODY, Path(name))
    assert str(caught.value) == (
        f"{name}:1: the file name {Path(name).stem!r} cannot be used in addresses; "
        "use small letters, digits and single hyphens"
    )


def test_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    (tmp_path / "latin.md").write_bytes("---\ntitle: Größe".encode("latin-1"))
    (tmp_path / "folder.md").mkdir()
    for name, told in {
        "none.md": "there is no such file; check the name",
        "latin.md": "the text is not UTF-8; save it as UTF-8",
        "folder.md": "cannot be read (Is a directory); check the file",
    }.items():
        with pytest.raises(ContentError) as caught:
            read_guide(tmp_path / name)
        assert str(caught.value) == f"{tmp_path / name}:1: {told}"
    with pytest.raises(ContentError) as caught:
        read_guides(tmp_path / "nowhere")
    told = "there are no guides here; add a Markdown file"
    assert str(caught.value) == f"{tmp_path / 'nowhere'}:1: {told}"


def test_dropping_a_file_in_is_enough_and_the_newest_comes_first(tmp_path: Path) -> None:
    (tmp_path / "calm-nights.md").write_text(FRONT + BODY)
    (tmp_path / "newer.md").write_text(FRONT.replace("2026-01-31", "2026-02-01") + BODY)
    assert [guide.slug for guide in read_guides(tmp_path)] == ["newer", "calm-nights"]
