"""A saved article's file → the draft of a guide."""

import re
from datetime import date
from pathlib import Path

from skill.errors import NightfeedError
from skill.guides.drafting import Draft, draft_guide
from skill.guides.page_file import ZIP, page_bytes, page_text
from skill.guides.page_html import html_blocks
from skill.guides.page_markdown import is_markdown, markdown_html
from skill.guides.page_text import text_blocks
from skill.guides.page_word import word_html

HTML = re.compile(r"\s*<[!?a-z]", re.IGNORECASE)
PASSWORD = re.compile(r"<input[^>]+type\s*=\s*[\"']?password", re.IGNORECASE)
WORDS_BESIDE_PASSWORD = 100
"""A page that asks for a password and keeps fewer is there to log in."""


def import_page(path: Path, published: date) -> Draft:
    """The draft of a guide, from a saved article: HTML, .mhtml, .docx, Markdown or plain text.

    Raises NightfeedError when the file is missing, is none of these, or has no article in it.
    """
    data = page_bytes(path)
    if data.startswith(ZIP):
        return draft_guide(html_blocks(word_html(data, path)), path, published)
    text = page_text(data, path)
    if HTML.match(text) and path.suffix.lower() != ".md":
        draft = draft_guide(html_blocks(text), path, published)
        if PASSWORD.search(text) and _words(draft) < WORDS_BESIDE_PASSWORD:
            raise NightfeedError(
                f"{path}: this is a page to log in; log in, open the article itself, and save that page"
            )
        return draft
    if is_markdown(text, path):
        return draft_guide(html_blocks(markdown_html(text, path)), path, published)
    return draft_guide(text_blocks(text), path, published)


def _words(draft: Draft) -> int:
    return sum(len(passage.text.split()) for passage in draft.guide.passages)
