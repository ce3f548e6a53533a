"""A saved page's file → the draft of a guide."""

import re
from datetime import date
from pathlib import Path

from skill.errors import NightfeedError
from skill.guides.drafting import draft_guide
from skill.guides.page_html import html_blocks
from skill.guides.page_text import text_blocks
from skill.library import Guide

HTML = re.compile(r"\s*<[!?a-z]", re.IGNORECASE)
REMEDY = "save the page as plain text or HTML, in UTF-8"


def import_page(path: Path, published: date) -> Guide:
    """The draft of a guide, from a saved page: plain text in the layout of page_text.py, or HTML.

    Raises NightfeedError when the file is missing or is not text, and as read_page does.
    """
    text = _page(path)
    if HTML.match(text):
        return draft_guide(html_blocks(text), path, published)
    return read_page(text, path, published)


def read_page(text: str, path: Path, published: date) -> Guide:
    """The draft of a guide, from a page's plain text; the path names the page in errors.

    Raises NightfeedError, saying what was looked for, when the page lacks what every guide has.
    """
    return draft_guide(text_blocks(text), path, published)


def _page(path: Path) -> str:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise NightfeedError(f"{path}: there is no such file; check the name") from None
    except OSError as error:
        raise NightfeedError(f"{path}: cannot be read ({error.strerror}); {REMEDY}") from None
    if not data.strip():
        raise NightfeedError(f"{path}: the file is empty; {REMEDY}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise NightfeedError(f"{path}:{line}: the text is not UTF-8; {REMEDY}") from None
    if "\0" in text:
        raise NightfeedError(f"{path}: the file is not text; {REMEDY}")
    return text
