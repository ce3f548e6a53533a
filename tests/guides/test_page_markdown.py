import re
from pathlib import Path

import pytest

from skill.errors import ContentError
from skill.guides.page_markdown import is_markdown, markdown_html

PATH = Path("nights.md")


@pytest.mark.parametrize(
    ("text", "name", "is_it"),
    [
        ("Words.", "nights.md", True),
        ("Words.", "nights.MARKDOWN", True),
        ("Words.", "nights.txt", False),
        ("Words.\n\n## Part\n", "nights.txt", True),
        ("---\ntitle: Nights\n---\n", "nights.txt", True),
        ("Words.\n---\nWords.", "nights.txt", False),
        ("#hashtag", "nights.txt", False),
    ],
)
def test_markdown_is_known_by_its_name_or_by_its_marks(text: str, name: str, is_it: bool) -> None:
    assert is_markdown(text, Path(name)) is is_it


@pytest.mark.parametrize(
    ("text", "head", "body"),
    [
        ("Words.", "", "<p>Words.</p>\n"),
        ("# Nights\r\n\r\nWords.", "", "<h1>Nights</h1>\n<p>Words.</p>\n"),
        ("- [x] One\n- [ ] Two\n", "", "<ul>\n<li>One</li>\n<li>Two</li>\n</ul>\n"),
        ("---\ntitle: A & B\n---\nWords.", "<title>A &amp; B</title>", "<h1>A &amp; B</h1><p>Words.</p>\n"),
        ("---\ntitle: A\n---\n# B\n", "<title>A</title>", "<h1>B</h1>\n"),
        ("---\ntags: [Sleep, Food]\n---\nWords.", "", '<p class="topic">Sleep</p><p>Words.</p>\n'),
        ("---\ntags: [Food]\ntopic: R&D\n---\nWords.", "", '<p class="topic">R&amp;D</p><p>Words.</p>\n'),
        ("---\n- a list\n---\nWords.", "", "<p>Words.</p>\n"),
    ],
)
def test_an_article_becomes_html_with_its_title_and_its_topic(text: str, head: str, body: str) -> None:
    assert markdown_html(text, PATH) == f"<html><head>{head}</head><body>{body}</body></html>"


def test_front_matter_without_anything_below_it_is_an_empty_article() -> None:
    assert markdown_html("---\ntitle: A\n---\n", PATH).endswith("<body><h1>A</h1></body></html>")


def test_broken_front_matter_is_told_with_its_line() -> None:
    told = "nights.md:3: the front matter is not YAML; mend it, quoting : and #"
    with pytest.raises(ContentError, match=f"^{re.escape(told)}$"):
        markdown_html("---\ntitle: A\ntopic: B: C\n---\nWords.", PATH)
