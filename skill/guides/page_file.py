"""A saved page's file → its text, or one clear line about why it has none."""

import codecs
import email
import email.policy
import re
from pathlib import Path

from skill.errors import NightfeedError

LARGEST_FILE = 20_000_000
"""Bytes: far more than an article has, unless its pictures are in it."""
CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
CHARSET_WITHIN = 4096
"""Bytes at the file's beginning; browsers look no further than a quarter of it."""
WEB_ARCHIVE = re.compile(
    rb"\A(From|MIME-Version|Date|Subject): .*?^Content-Type: multipart/related", re.DOTALL | re.MULTILINE
)
REMEDY = "save the article as a web page (HTML), plain text, Markdown or .docx"
FOREIGN = (
    (b"%PDF", "a PDF", "open the article in a browser and save that, or copy its words into a text file"),
    (b"\xd0\xcf\x11\xe0", "an old Word document", "open it, and save it as .docx"),
    (b"{\\rtf", "rich text", "open it, and save it as .docx"),
    (b"bplist00", "a Safari web archive", "save the page anew, in the format “Page Source”"),
    (b"\x89PNG", "a picture", REMEDY),
    (b"\xff\xd8\xff", "a picture", REMEDY),
    (b"GIF8", "a picture", REMEDY),
    (b"RIFF", "a picture or a recording", REMEDY),
)
ZIP = b"PK\x03\x04"


def page_bytes(path: Path) -> bytes:
    """The file's bytes. Raises NightfeedError where it cannot be a saved article."""
    try:
        if path.is_dir():
            raise NightfeedError(f"{path}: this is a folder; name the saved page inside it")
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise NightfeedError(
                f"{path}: larger than {LARGEST_FILE // 1_000_000} MB; save the article without its pictures"
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise NightfeedError(f"{path}: there is no such file; check the name") from None
    except OSError as error:
        raise NightfeedError(f"{path}: cannot be read ({error.strerror}); {REMEDY}") from None
    if not data.strip():
        raise NightfeedError(f"{path}: the file is empty; {REMEDY}")
    for beginning, what, remedy in FOREIGN:
        if data.startswith(beginning):
            raise NightfeedError(f"{path}: this is {what}; {remedy}")
    return data


def page_text(data: bytes, path: Path) -> str:
    """The page as text, whatever it is encoded in. Raises NightfeedError where it is not text."""
    if WEB_ARCHIVE.match(data[:CHARSET_WITHIN]):
        data = _archived_page(data)
    text = data.decode(_encoding(data), errors="replace").removeprefix("\ufeff")
    if "\0" in text:
        raise NightfeedError(f"{path}: the file is not text; {REMEDY}")
    return text


def _archived_page(data: bytes) -> bytes:
    """The page in an .mhtml file, as Chrome and Edge save "single files"."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
    return bytes(pages[0].get_payload(decode=True) or b"") if pages else b""


def _encoding(data: bytes) -> str:
    """By the byte order mark, the page's own word, or else what fits."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if _is_text(data, "utf-8"):
        return "utf-8"
    for encoding, nulls in (("utf-16-le", data[1::2]), ("utf-16-be", data[::2])):
        if nulls and nulls.count(0) > len(nulls) / 2:
            return encoding
    named = CHARSET.search(data[:CHARSET_WITHIN])
    name = named[1].decode("ascii") if named else ""
    # What Latin-1 leaves free Windows fills, as every browser reads it, too.
    return name if name and _is_text(data, name) and "8859-1" not in name else "windows-1252"


def _is_text(data: bytes, encoding: str) -> bool:
    try:
        return "\0" not in data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
