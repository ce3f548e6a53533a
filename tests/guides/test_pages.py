"""Differently built pages, each with what is heard of it and what is left out: see pages.yaml."""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from skill.guides.drafting import Draft
from skill.guides.importing import import_page
from skill.guides.markdown import read_guides
from skill.guides.page_html import html_blocks
from skill.guides.page_layout import Part
from skill.guides.writing import guide_markdown, write_guide
from skill.library import Guide, Passage
from skill.sentences import sentences

HERE = Path(__file__).parent
PAGES = sorted((HERE / "pages").iterdir())
EXPECTED = yaml.safe_load((HERE / "pages.yaml").read_text(encoding="utf-8"))
TODAY = date(2026, 11, 23)
JOINTS = ("and", "1", "2", "3")
"""Between the items of lists."""
SILENT = ("script", "style", "noscript", "sup", "title")

every_page = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)


def heard(guide: Guide) -> list[str]:
    return guide_markdown(guide).split("---\n", 2)[2].strip().split("\n\n")


def front(guide: Guide) -> dict[str, object]:
    told: dict[str, object] = yaml.safe_load(guide_markdown(guide).split("---\n", 2)[1])
    return told


def left_out(draft: Draft) -> dict[str, list[str]]:
    names = {part.value: part.name.lower() for part in Part}
    found: dict[str, list[str]] = {}
    for words in draft.left_out:
        found.setdefault(names[words.why], []).append(words.text)
    return found


def page_text(path: Path) -> str:
    """All words of the page, read in the plainest way there is."""
    if path.suffix == ".docx":
        root = etree.fromstring(zipfile.ZipFile(path).read("word/document.xml"))
        return " ".join("".join(p.itertext("{*}t")) for p in root.iter("{*}p"))
    text = path.read_bytes().decode("cp1252" if path.suffix == ".htm" else "utf-8")
    if path.suffix not in (".html", ".htm"):
        return text.partition("![")[0] + text.partition("bears.jpg)")[2]
    body = html.fromstring(re.sub(r"<!(\[|--).*?>", "", text)).find("body")
    for element in list(body.iter(*SILENT)):
        element.drop_tree()
    return " ".join(body.itertext())


def kept(draft: Draft) -> Iterator[str]:
    yield draft.guide.title
    yield draft.guide.topic
    for section in draft.guide.sections:
        yield section.heading
    for passage in filter(lambda passage: passage.text, draft.guide.passages):
        yield passage.heading
        yield passage.text


def letters(text: str) -> str:
    return re.sub(r"\W", "", text).lower()


@every_page
def test_what_is_heard_of_a_page_and_what_is_left_out(path: Path) -> None:
    draft = import_page(path, TODAY)
    expected = EXPECTED[path.name]
    assert draft.guide.slug == expected["file"]
    assert front(draft.guide) == expected["front"]
    assert heard(draft.guide) == expected["heard"]
    assert left_out(draft) == expected.get("left_out", {})
    assert [found.partition(":")[0] for found in draft.wanting] == expected.get("wanting", [])


@every_page
def test_every_sentence_that_is_kept_stands_on_the_page_word_for_word(path: Path) -> None:
    page = letters(page_text(path))
    for text in kept(import_page(path, TODAY)):
        for sentence in sentences(text):
            assert letters(sentence) in page, sentence


@every_page
def test_every_word_of_the_page_is_kept_or_listed_as_left_out(path: Path) -> None:
    draft = import_page(path, TODAY)
    have = [draft.guide.image_alt, *kept(draft), *(words.text for words in draft.left_out)]
    page, found = (Counter(re.findall(r"\w+", text.lower())) for text in (page_text(path), " ".join(have)))
    missing = page - found
    for word in [*JOINTS, *EXPECTED[path.name].get("unread", "").split()]:
        del missing[word]
    assert not missing


@every_page
def test_a_draft_is_a_guide_as_soon_as_the_editor_gives_what_is_wanting(path: Path, tmp_path: Path) -> None:
    draft = import_page(path, TODAY)
    written = write_guide(draft.guide, tmp_path, force=False)
    text = written.read_text(encoding="utf-8")
    text = text.replace("topic: ''", "topic: Families")
    written.write_text(re.sub(r"<!-- .* -->", "Rest when they rest.", text), encoding="utf-8")
    (guide,) = read_guides(tmp_path)
    tip = draft.guide.tip.text or "Rest when they rest."
    assert guide == replace(draft.guide, topic=draft.guide.topic or "Families", tip=Passage(tip, "Top tip"))


def test_nothing_is_left_out_silently_and_nothing_twice_whatever_the_page_is_made_of() -> None:
    count = iter(range(10**9))

    def prose() -> str:
        return " ".join(f"w{next(count)}" for _ in range(12)).capitalize() + "."

    shapes = {
        "p": lambda: f"<p>{prose()}</p>",
        "bold": lambda: f"<p><b>w{next(count)}</b> <i>w{next(count)}</i> w{next(count)}</p>",
        "h2": lambda: f"<h2>w{next(count)}</h2>",
        "h4": lambda: f"<h4><a href=x>w{next(count)}</a></h4>",
        "list": lambda: f"<ul><li>w{next(count)}<ul><li>{prose()}</ul><li><p>w{next(count)}</p></ul>",
        "table": lambda: f"<table><tr><th>w{next(count)}<td>{prose()}<tr><td>w{next(count)}</table>",
        "layout": lambda: f"<table><tr><td><h3>w{next(count)}</h3>{prose()}</table>",
        "dl": lambda: f"<dl><dt>w{next(count)}<dd>{prose()}</dl>",
        "details": lambda: f"<details><summary>w{next(count)}</summary>{prose()}</details>",
        "figure": lambda: f"<figure><figcaption>w{next(count)}</figcaption></figure>",
        "loose": lambda: f"{prose()}<br>w{next(count)}<br><br>• w{next(count)}<br>• {prose()}",
        "nav": lambda: f"<nav><a href=x>w{next(count)}</a> {prose()}</nav>",
        "related": lambda: f"<div class=related><h3>Related w{next(count)}</h3><a href=x>{prose()}</a></div>",
        "offer": lambda: f"<h3>Sign up to w{next(count)}</h3><p>{prose()}</p><button>w{next(count)}</button>",
        "aside": lambda: f"<aside><span>w{next(count)}</span><span>{prose()}</span></aside>",
        "form": lambda: f"<form><label>w{next(count)}</label><select><option>w{next(count)}</select></form>",
    }

    @settings(deadline=None, max_examples=60)
    @given(st.lists(st.tuples(st.sampled_from(sorted(shapes)), st.booleans()), max_size=12), st.booleans())
    def check(names: list[tuple[str, bool]], in_main: bool) -> None:
        pieces = [f"<div>{shapes[name]()}</div>" if boxed else shapes[name]() for name, boxed in names]
        inner = f"<h1>w{next(count)}</h1>{''.join(pieces)}"
        page = f"<html><body>{f'<main>{inner}</main>' if in_main else inner}</body></html>"
        found = re.findall(r"w\d+", " ".join(block.text for block in html_blocks(page)).lower())
        assert sorted(found) == sorted(re.findall(r"w\d+", page.lower()))

    check()
