import zipfile
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from skill.errors import NightfeedError
from skill.guides import page_file
from skill.guides.importing import import_page

TODAY = date(2026, 11, 23)
WORDS = "It’s naptime at the Brontës’ – “hush”…"
PAGE = f"<html><head>META<title>Naps</title></head><body><h1>Naps</h1><p>{WORDS} All sleep.</p></body></html>"


def heard(path: Path) -> str:
    return import_page(path, TODAY).guide.sections[0].lead[0].text


def refusal(path: Path) -> str:
    with pytest.raises(NightfeedError) as caught:
        import_page(path, TODAY)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert "; " in message
    assert "\n" not in message
    return message


@pytest.mark.parametrize(
    ("meta", "encoding"),
    [
        ("", "utf-8"),
        ("", "utf-8-sig"),
        ("", "utf-16"),
        ("", "utf-16-le"),
        ("", "utf-16-be"),
        ("", "windows-1252"),
        ("<meta charset=windows-1252>", "windows-1252"),
        ('<meta charset="iso-8859-1">', "windows-1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1250">', "windows-1250"),
        ("<meta charset=nonsense>", "utf-8"),
    ],
)
def test_a_page_is_read_in_whatever_encoding_it_was_saved(meta: str, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    # What all of them have; and what only that one has at its place.
    words = WORDS.replace("ë", "č" if encoding == "windows-1250" else "é")
    path.write_bytes(PAGE.replace("META", meta).replace(WORDS, words).encode(encoding))
    assert heard(path) == f"{words} All sleep."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1252"])
def test_a_text_is_read_in_whatever_encoding_it_was_saved(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(f"Naps\n\n{WORDS} All sleep.\n".encode(encoding))
    assert heard(path) == f"{WORDS} All sleep."


def test_a_single_file_of_chrome_is_read(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["MIME-Version"] = "1.0"
    message.set_content(PAGE, subtype="html", charset="utf-8", cte="quoted-printable")
    message.make_related()
    message.add_related(b"\x89PNG", maintype="image", subtype="png")
    path = tmp_path / "page.mhtml"
    path.write_bytes(message.as_bytes())
    assert heard(path) == f"{WORDS} All sleep."


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "the file is empty"),
        (b" \r\n\n", "the file is empty"),
        (b"%PDF-1.7\n\0\1\2", "this is a PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "this is a picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "this is a picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as .docx"),
        (b"{\\rtf1 A text.}", "save it as .docx"),
        (b"bplist00\xd1", "Page Source"),
        (b"\x00\x01\x02 A sentence.", "not text"),
        (b"PK\x03\x04 broken", "damaged"),
    ],
)
def test_what_is_no_page_is_named_with_a_remedy(data: bytes, complaint: str, tmp_path: Path) -> None:
    path = tmp_path / "page"
    path.write_bytes(data)
    assert complaint in refusal(path)


def test_a_packed_file_without_a_document_is_named(tmp_path: Path) -> None:
    path = tmp_path / "pages.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("page.html", PAGE)
    assert "no Word document" in refusal(path)


def test_a_document_with_broken_xml_is_named(tmp_path: Path) -> None:
    path = tmp_path / "page.docx"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("word/document.xml", "<w:document")
    assert "damaged" in refusal(path)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    assert "there is no such file" in refusal(tmp_path / "nowhere.txt")
    assert "this is a folder" in refusal(tmp_path)


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    with path.open("wb") as file:
        file.truncate(page_file.LARGEST_FILE + 1)
    assert "larger than 20 MB" in refusal(path)


def test_a_small_file_that_unpacks_to_a_huge_document_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", b" " * (page_file.LARGEST_FILE + 1))
    assert "too large" in refusal(path)
