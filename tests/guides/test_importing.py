import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skill.errors import NightfeedError
from skill.guides.drafting import draft_guide
from skill.guides.importing import import_page
from skill.guides.page_text import text_blocks
from skill.library import Guide, Related, Section

PAGES = Path(__file__).parent / "pages"
TODAY = date(2026, 11, 23)

SMALL_PAGE = """\
3 min read

A small page

- Small things

  • A heading

    A paragraph that ends.

    Top tip: keep it small
"""
SMALL_HTML = """\
<!doctype html><html><body><p>3 min read</p><h1>A small page</h1>
<h2>A heading</h2><p>A paragraph that ends.</p><h3>Top tip</h3><p>keep it small</p></body></html>
"""


def imported(name: str) -> Guide:
    return import_page(PAGES / name, TODAY).guide


def read(text: str) -> Guide:
    return draft_guide(text_blocks(text), Path("page.txt"), TODAY).guide


def spoken_words(guide: Guide) -> Iterator[str]:
    """Every word between the head and what follows the guide, stops aside."""
    for passage in guide.passages:
        for word in f"{passage.heading} {passage.text}".split():
            yield word.rstrip(".").lower()


def leads(section: Section) -> list[tuple[str, str]]:
    return [(passage.heading, passage.text) for passage in section.lead]


def test_a_text_page_gives_its_head() -> None:
    guide = imported("winding-down.txt")
    assert guide.slug == "winding-down-before-bed"
    assert guide.title == "Winding down before bed"
    assert guide.topic == "Sleep and calm evenings"
    assert guide.read_minutes == 5
    assert guide.image_alt == "Illustration of a dad wrapping a toddler in a yellow towel"
    assert guide.published == "2026-11-23"
    assert guide.reviewed


def test_a_short_bullet_is_a_sections_heading_and_a_short_line_a_sub_heading() -> None:
    section = imported("winding-down.txt").sections[0]
    assert section.heading == "The last hour sets the tone for the night"
    assert [heading for heading, _ in leads(section)] == [
        "The last hour sets the tone for the night", "", "A routine says what comes next", "",
    ]  # fmt: skip
    assert section.more == ()


def test_the_first_sentence_of_a_long_bullet_is_the_heading_and_the_rest_is_read() -> None:
    section = imported("winding-down.txt").sections[1]
    assert leads(section)[:2] == [
        ("Some nights nothing works at all", "That isn't your fault - and it isn't your child's!"),
        ("", "You are allowed to be tired. Put your child down somewhere safe, and take five breaths by "
             "the window."),
    ]  # fmt: skip


def test_the_text_of_a_page_is_kept_to_the_word() -> None:
    page = (PAGES / "winding-down.txt").read_text(encoding="utf-8")
    body = page.partition("•")[2].partition("How did we do")[0].replace("Top tip:", "Top tip")
    expected = [word.rstrip(".").lower() for word in body.split() if word != "•"]
    assert list(spoken_words(imported("winding-down.txt"))) == expected


def test_the_tip_and_the_related_reads_are_found() -> None:
    guide = imported("winding-down.txt")
    assert (guide.tip.heading, guide.tip.text) == ("Top tip", "put your own phone to bed first")
    assert guide.related == (
        Related("Why children wake in the night", video_minutes=3, read_minutes=7),
        Related("", video_minutes=2, read_minutes=4),
    )


def test_the_offer_of_news_is_kept_and_the_call_for_feedback_is_not() -> None:
    guide = imported("winding-down.txt")
    assert guide.sign_up == "Stay up to date with quiet evenings. Sign up to our letters."
    assert "How did we do" not in repr(guide)
    assert "thumbs" not in repr(guide)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="CRLF"),
        pytest.param(lambda text: "\ufeff" + text, id="byte order mark"),
        pytest.param(lambda text: "".join(f"{line.lstrip()}\n" for line in text.split("\n")), id="no indent"),
        pytest.param(lambda text: "".join(f"   {line}\n" for line in text.split("\n")), id="all indented"),
        pytest.param(lambda text: text.replace("\n\n", "\n"), id="no blank lines"),
        pytest.param(lambda text: text.replace("\u202f", "\u00a0"), id="no-break spaces"),
        pytest.param(lambda text: text.replace("routine", "rou\u00adtine"), id="soft hyphen"),
    ],
)
def test_a_page_saved_another_way_gives_the_same_guide(changed, tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    text = (PAGES / "winding-down.txt").read_text(encoding="utf-8")
    path.write_bytes(changed(text).encode())
    assert import_page(path, TODAY).guide == imported("winding-down.txt")


@pytest.mark.parametrize("width", [50, 72, 80])
def test_wrapped_lines_are_put_together_again(width: int) -> None:
    wrapped: list[str] = []
    for line in (PAGES / "winding-down.txt").read_text(encoding="utf-8").split("\n"):
        indent = line[: len(line) - len(line.lstrip())]
        row = indent
        for word in line.split():
            if len(row) + 1 + len(word) > width:
                wrapped.append(row)
                row = indent + ("  " if line.lstrip().startswith("•") else "")
            row = f"{row} {word}" if row.strip() else row + word
        wrapped.append(row)
    assert read("\n".join(wrapped)) == imported("winding-down.txt")


def test_an_html_page_gives_the_same_guide_with_the_links_of_its_related_reads() -> None:
    text, html = imported("winding-down.txt"), imported("winding-down.html")
    assert [related.link for related in html.related] == [
        "https://quiet.example/guides/waking",
        "https://quiet.example/guides/naps",
    ]
    assert [(r.title, r.video_minutes, r.read_minutes) for r in html.related] == [
        (r.title, r.video_minutes, r.read_minutes) for r in text.related
    ]
    assert html.sections == text.sections
    assert (html.tip, html.title, html.topic, html.read_minutes, html.image_alt, html.sign_up) == (
        text.tip, text.title, text.topic, text.read_minutes, text.image_alt, text.sign_up,
    )  # fmt: skip


@pytest.mark.parametrize("before", ["", "\ufeff", "\n ", "<!-- saved -->", '<?xml version="1.0"?>'])
def test_a_page_is_html_by_its_content_not_by_its_name(before: str, tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(before + SMALL_HTML, encoding="utf-8")
    guide = import_page(path, TODAY).guide
    assert leads(guide.sections[0]) == [("A heading", "A paragraph that ends.")]
    assert guide.tip.text == "keep it small"


def test_html_without_headings_begins_a_section_with_each_item_of_its_list(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    page = SMALL_HTML.replace("<h2>A heading</h2>", "<ul><li>A heading</li></ul>")
    path.write_text(page.replace("<h3>Top tip</h3><p>", "<p>Top tip: "))
    assert leads(import_page(path, TODAY).guide.sections[0]) == [("A heading", "A paragraph that ends.")]


def test_an_accordion_of_details_gives_sections(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    page = SMALL_HTML.replace("<h2>A heading</h2>", "<details><summary>A heading</summary>")
    path.write_text(page.replace("<h3>", "</details><h3>"))
    assert leads(import_page(path, TODAY).guide.sections[0]) == [("A heading", "A paragraph that ends.")]


def test_a_list_inside_a_section_is_one_passage() -> None:
    tries = "    Things to try:\n\n      • a bath\n      • a book\n      • bed!\n\n    All. Of it.\n\n"
    page = SMALL_PAGE.replace("    Top tip", f"{tries}    Top tip")
    assert leads(read(page).sections[0])[1:] == [
        ("", "Things to try:"), ("", "A bath. A book. Bed!"), ("", "All. Of it."),
    ]  # fmt: skip


def test_bullets_with_nothing_below_them_are_a_list_of_the_section_before() -> None:
    page = SMALL_PAGE.replace(
        "    Top tip", "  • a bath\n  • a book\n  • Another\n\n    More text.\n\n    Top tip"
    )
    first, second = read(page).sections
    assert leads(first) == [("A heading", "A paragraph that ends."), ("", "A bath. A book.")]
    assert leads(second) == [("Another", "More text.")]


def test_bullets_with_nothing_below_them_at_the_beginning_are_an_introduction() -> None:
    guide = read(SMALL_PAGE.replace("  • A heading", "  • a bath\n  • a book\n  • A heading"))
    assert leads(guide.sections[0]) == [("A small page", "A bath. A book.")]
    assert leads(guide.sections[1]) == [("A heading", "A paragraph that ends.")]


def test_tell_me_more_on_a_page_is_no_sub_heading() -> None:
    guide = read(SMALL_PAGE.replace("    Top tip", "    Tell me more\n\n    It ends.\n\n    Top tip"))
    assert leads(guide.sections[0])[1:] == [("", "Tell me more"), ("", "It ends.")]


def test_related_reads_without_bullets_begin_at_a_title_after_lengths() -> None:
    lines = "Naps", "2 min video 5-minute read", "Read now about Naps", "Read now about Baths", "1 min read"
    guide = read("\n".join([SMALL_PAGE, "Read more on this topic", *lines]))
    assert guide.related == (Related("Naps", "", 2, 5), Related("Baths", "", 0, 1))


def test_a_sub_heading_right_below_a_heading_is_read_as_a_passage() -> None:
    page = SMALL_PAGE.replace("    A paragraph", "    A sub-heading\n\n    A paragraph")
    assert leads(read(page).sections[0]) == [("A heading", "A sub-heading"), ("", "A paragraph that ends.")]


def test_text_above_the_first_bullet_is_a_section_with_the_titles_name() -> None:
    page = SMALL_PAGE.replace("- Small things", "- Small things\n\nPicture of a mouse.\n\nAn introduction.")
    guide = read(page)
    assert guide.image_alt == "Picture of a mouse."
    assert leads(guide.sections[0]) == [("A small page", "An introduction.")]
    assert [section.heading for section in guide.sections] == ["A small page", "A heading"]


def test_an_offer_inside_a_section_is_not_taken_for_the_pages_own() -> None:
    page = SMALL_PAGE.replace(
        "    Top tip", "    Stay in touch with friends\n\n    They help.\n\n    Top tip"
    )
    guide = read(page)
    assert leads(guide.sections[0])[1] == ("Stay in touch with friends", "They help.")
    assert guide.sign_up == ""


def test_the_top_tip_may_be_a_bullet_of_its_own() -> None:
    guide = read(SMALL_PAGE.replace("    Top tip: keep it small", "  • Top tip\n\n    Keep it. Small."))
    assert guide.tip.text == "Keep it. Small."
    assert len(guide.sections) == 1


WORD = st.text("bcdfg", min_size=1, max_size=6)
LINE = st.lists(WORD, min_size=1, max_size=12).map(" ".join)
PROSE = st.lists(LINE, min_size=1, max_size=3).map(
    lambda lines: ". ".join(f"{x[0].upper()}{x[1:]}" for x in lines) + "."
)
BELOW = st.lists(st.one_of(LINE, PROSE).map(lambda text: f"    {text}"), max_size=5)
BULLET = st.tuples(st.one_of(LINE, PROSE).map(lambda text: f"  • {text}"), BELOW)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PROSE, st.lists(BULLET, max_size=4))
def test_no_word_is_lost_and_none_is_read_twice(first: str, bullets: list[tuple[str, list[str]]]) -> None:
    body = ["  • Start", f"    {first}", *(line for bullet, below in bullets for line in (bullet, *below))]
    guide = read("\n\n".join(["1 min read", "Title", *body, "    Top tip: end"]))
    expected = [word.rstrip(".").lower() for word in " ".join([*body, "Top tip end"]).split() if word != "•"]
    assert list(spoken_words(guide)) == expected


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Why do babies cry? It's normal", "why-do-babies-cry-its-normal"),
        ("Crème brûlée & naps – a “guide”", "creme-brulee-naps-a-guide"),
        ("one two " * 20, "one-two-one-two-one-two-one-two-one-two-one-two-one-two-one"),
        ("x" * 80, "x" * 60),
        ("睡眠", "guide"),
    ],
)
def test_the_slug_is_the_title_in_small_ascii_cut_at_a_word(title: str, slug: str) -> None:
    assert read(SMALL_PAGE.replace("A small page", title)).slug == slug


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        pytest.param(b"milk\neggs\nbread\n", "no article", id="shopping list"),
        pytest.param(b"milk\n\xe2\x80\xa2 eggs\n\xe2\x80\xa2 bread\n", "no article", id="bulleted list"),
        pytest.param(b"<html></html>", "no article", id="empty HTML"),
        pytest.param(b"<html><body><h1>Shop</h1><ul><li>Milk</ul></body></html>", "no article", id="HTML"),
        pytest.param(b"<div id=root></div><noscript>Turn it on.</noscript>", "no article", id="shell"),
        pytest.param(
            b"<h1>Log in</h1><p>Members only.</p><form><input type=password></form>", "to log in", id="log in"
        ),
        pytest.param(b"---\ntitle: a: b\n---\n\nIt ends.\n", "front matter is not YAML", id="front matter"),
    ],
)
def test_what_is_no_article_is_named_in_one_line(data: bytes, complaint: str, tmp_path: Path) -> None:
    path = tmp_path / "page"
    path.write_bytes(data)
    with pytest.raises(NightfeedError) as caught:
        import_page(path, TODAY)
    message = str(caught.value)
    assert complaint in message
    assert message.startswith(str(path))
    assert "\n" not in message


@pytest.mark.parametrize(
    ("line", "wanting"),
    [
        ("3 min read", "read_minutes"),
        ("    Top tip: keep it small", "## Top tip"),
        ("- Small things", "topic"),
    ],
)
def test_what_the_page_lacks_is_left_to_the_editor(line: str, wanting: str) -> None:
    whole = draft_guide(text_blocks(SMALL_PAGE), Path("page.txt"), TODAY)
    lacking = draft_guide(text_blocks(SMALL_PAGE.replace(line, "")), Path("page.txt"), TODAY)
    assert whole.wanting == ()
    assert [found.partition(":")[0] for found in lacking.wanting] == [wanting]
    assert lacking.guide.sections == whole.guide.sections


def test_a_text_without_a_title_has_its_files_name() -> None:
    draft = draft_guide(text_blocks("One sentence. Another one.\n"), Path("wet-days_indoors.txt"), TODAY)
    assert draft.guide.title == "Wet days indoors"
    assert draft.wanting[0].startswith("title")


@pytest.mark.parametrize(
    ("name", "module"), [("winding-down.html", "trafilatura"), ("document.docx", "mammoth")]
)
def test_without_its_reader_the_remedy_is_named(
    name: str, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(NightfeedError, match=rf"{module}.*pip install -e '\.\[studio\]'"):
        imported(name)


def test_words_of_an_offer_in_a_pasted_text_are_a_heading_where_no_offer_follows() -> None:
    draft = draft_guide(
        text_blocks("Wet days\n\nIt rains.\n\nStay in touch with friends\n\nThey help.\n"),
        Path("x.txt"),
        TODAY,
    )
    assert [section.heading for section in draft.guide.sections] == ["Wet days", "Stay in touch with friends"]
    assert draft.left_out == ()
