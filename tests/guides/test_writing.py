from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skill.errors import ContentError, NightfeedError
from skill.guides.importing import import_page
from skill.guides.markdown import TELL_ME_MORE, parse_source, read_guide
from skill.guides.writing import guide_markdown, write_guide
from skill.library import Guide, Passage, Related, Section

PAGES = Path(__file__).parent / "pages"
GUIDES = sorted((Path(__file__).parents[2] / "content" / "guides").glob("*.md"))

TIP = Passage("Try it.", "Top tip")


def example(text: str = "A paragraph.") -> Guide:
    return Guide(
        slug="an-example",
        title="An example",
        topic="Examples",
        read_minutes=1,
        published="2026-11-23",
        sections=(Section("A heading", (), (Passage(text, "A heading"),), ()),),
        tip=TIP,
    )


def read_back(guide: Guide) -> Guide:
    return parse_source(guide_markdown(guide), Path(f"{guide.slug}.md")).guide


MARKS = st.text("*_#>`[]()<&;!\\-+~=|:.1 ab", max_size=30)
ANYTHING = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=30)
TEXT = st.one_of(MARKS, ANYTHING).map(lambda text: " ".join(text.split())).filter(bool)
# "Tell me more" means something else in our format, as a sub-heading; the importer makes none.
HEADING = st.one_of(st.just(""), TEXT).filter(lambda text: text.lower() != TELL_ME_MORE.lower())
PASSAGES = st.lists(st.builds(Passage, TEXT, HEADING), max_size=3).map(tuple)
NAMES = st.lists(TEXT.map(lambda text: text.replace(",", "").strip()).filter(bool), max_size=3).map(tuple)
NUMBER = st.integers(0, 60)


@st.composite
def sections(draw: st.DrawFn) -> Section:
    heading = draw(TEXT)
    first = Passage(draw(TEXT), draw(st.one_of(st.just(heading), HEADING.filter(bool))))
    return Section(heading, draw(NAMES), (first, *draw(PASSAGES)), draw(PASSAGES))


GUIDE = st.builds(
    Guide,
    slug=st.just("an-example"),
    title=TEXT,
    topic=TEXT,
    read_minutes=st.integers(1, 60),
    published=st.dates(min_value=date(1000, 1, 1)).map(date.isoformat),
    sections=st.lists(sections(), min_size=1, max_size=3).map(tuple),
    tip=st.builds(Passage, TEXT, st.just("Top tip")),
    aliases=NAMES,
    image_alt=ANYTHING,
    colour=st.sampled_from(["#2b3a67", "#FFFFFF"]),
    sign_up=ANYTHING,
    reviewed=st.booleans(),
    related=st.lists(st.builds(Related, ANYTHING, ANYTHING, NUMBER, NUMBER, ANYTHING), max_size=2).map(tuple),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(GUIDE)
def test_a_guide_that_is_written_is_read_back_the_same(guide: Guide) -> None:
    assert read_back(guide) == guide


@pytest.mark.parametrize("page", sorted(PAGES.iterdir()), ids=lambda path: path.name)
def test_an_imported_page_is_read_back_the_same(page: Path) -> None:
    draft = import_page(page, date(2026, 11, 23)).guide
    guide = replace(draft, topic=draft.topic or "A topic", tip=draft.tip if draft.tip.text else TIP)
    assert read_back(guide) == guide


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"tip": Passage("", "Top tip")}, "'Top tip' has a heading with nothing to read"),
        ({"topic": ""}, "topic"),
    ],
)
def test_a_draft_is_no_guide_before_the_editor_gives_what_is_wanting(changed, complaint: str) -> None:
    with pytest.raises(ContentError, match=complaint):
        read_back(replace(example(), **changed))


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_our_own_guides_are_read_back_the_same(path: Path) -> None:
    guide = read_guide(path)
    assert read_back(guide) == guide


def test_a_section_heading_is_written_once() -> None:
    markdown = guide_markdown(example())
    assert markdown.count("A heading") == 1
    assert markdown.endswith("\n## A heading\n\nA paragraph.\n\n## Top tip\n\nTry it.\n")


def test_what_is_left_at_its_default_is_not_written() -> None:
    front = guide_markdown(example()).split("---\n")[1]
    assert front == "title: An example\ntopic: Examples\nread_minutes: 1\npublished: 2026-11-23\n"


@pytest.mark.parametrize(
    "text",
    [
        "*Not* _leaning_ **words**", "# 1 reason", "> 5 cm", "1. First", "2) Second", "- a dash", "+ 1",
        "~~~", "***", "[a link](https://b.example)", "<b>bold</b>", "R&amp;D", "`code`", "back\\slash",
        "![picture](x.png)", "Tell me more", "---",
    ],
)  # fmt: skip
def test_words_that_look_like_markdown_stay_words(text: str) -> None:
    assert read_back(example(text)).sections[0].lead[0].text == text


def test_plain_words_are_written_as_they_are() -> None:
    text = "It's 1.5 hours - or so (who knows?) & that's fine: “really”!"
    assert f"\n{text}\n" in guide_markdown(example(text))


def test_a_guide_is_written_under_its_slug_in_a_folder_that_is_made(tmp_path: Path) -> None:
    path = write_guide(example(), tmp_path / "new" / "guides", force=False)
    assert path == tmp_path / "new" / "guides" / "an-example.md"
    assert read_guide(path) == example()


def test_an_existing_file_is_not_written_over_without_force(tmp_path: Path) -> None:
    path = tmp_path / "an-example.md"
    path.write_text("mine")
    with pytest.raises(NightfeedError, match=r"an-example\.md: .*--force"):
        write_guide(example(), tmp_path, force=False)
    assert path.read_text() == "mine"


def test_force_writes_over_an_existing_file_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "an-example.md").write_text("mine")
    write_guide(example(), tmp_path, force=True)
    assert [path.name for path in tmp_path.iterdir()] == ["an-example.md"]
    assert read_guide(tmp_path / "an-example.md") == example()


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(NightfeedError, match=r"an-example\.md: cannot be written"):
        write_guide(example(), tmp_path / "file", force=False)
