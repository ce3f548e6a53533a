"""An article in Markdown → HTML, which page_html.py reads."""

import re
from html import escape
from pathlib import Path
from typing import Any

import yaml
from markdown_it import MarkdownIt

from skill.errors import ContentError
from skill.guides.markdown import FRONT_MATTER

MARKDOWN = re.compile(r"\A---[ \t]*\n|^#{1,6} +\S", re.MULTILINE)
TICK_BOX = re.compile(r"^(\s*[-*+] )\[[ xX]\] ", re.MULTILINE)
SUFFIXES = (".md", ".markdown", ".mdown")
TOPICS = ("topic", "category", "categories", "section", "tags")
"""Fields of the front matter that say what the article is about, the best first."""


def is_markdown(text: str, path: Path) -> bool:
    """By the file's name, or by front matter or a heading with #."""
    return path.suffix.lower() in SUFFIXES or bool(MARKDOWN.search(text))


def markdown_html(text: str, path: Path) -> str:
    """The article as HTML; of its front matter, title and topic. Raises ContentError for broken YAML."""
    text = TICK_BOX.sub(r"\1", text.replace("\r\n", "\n"))
    found = FRONT_MATTER.match(text)
    front = _front(found["front"], path) if found else {}
    article = MarkdownIt("commonmark").enable("table").render((found["body"] or "") if found else text)
    title = str(front.get("title") or "")
    head = f"<h1>{escape(title)}</h1>" if title and "<h1>" not in article else ""
    topic = next((front[name] for name in TOPICS if front.get(name)), "")
    topic = topic[0] if isinstance(topic, list) else topic
    label = f'<p class="topic">{escape(str(topic))}</p>' if topic else ""
    page_title = f"<title>{escape(title)}</title>" if title else ""
    return f"<html><head>{page_title}</head><body>{head}{label}{article}</body></html>"


def _front(text: str, path: Path) -> dict[str, Any]:
    try:
        values = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1  # YAML counts from 0, after the opening ---
        raise ContentError(path, line, "the front matter is not YAML", "mend it, quoting : and #") from None
    return values if isinstance(values, dict) else {}
