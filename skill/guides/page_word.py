"""A Word document (.docx) → HTML, which page_html.py reads."""

import io
import zipfile
from pathlib import Path

from skill.errors import NightfeedError, installing
from skill.guides.page_file import LARGEST_FILE

DOCUMENT = "word/document.xml"
STYLES = "\n".join(
    (
        "p[style-name='Title'] => h1.title:fresh",
        "p[style-name='Subtitle'] => p:fresh",
        "p[style-name='caption'] => figcaption:fresh",
        "p[style-name='Caption'] => figcaption:fresh",
    )
)


def word_html(data: bytes, path: Path) -> str:
    """The document as HTML, its pictures as their alt texts alone.

    Raises NightfeedError when it is no Word document, or when mammoth is not installed.
    """
    try:
        import mammoth
    except ImportError:
        raise NightfeedError(f"reading .docx needs mammoth; {installing('studio')}") from None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            # A small file may unpack to a very large one.
            too_large = file.getinfo(DOCUMENT).file_size > LARGEST_FILE
        if not too_large:
            without_data = mammoth.images.img_element(lambda image: {})
            html = mammoth.convert_to_html(io.BytesIO(data), style_map=STYLES, convert_image=without_data)
            return f"<html><body>{html.value}</body></html>"
    except KeyError:
        raise NightfeedError(
            f"{path}: a packed file, but no Word document; unpack it, or save the article as .docx"
        ) from None
    except Exception as error:  # whatever a broken document makes a parser of XML raise
        raise NightfeedError(
            f"{path}: the Word document is damaged ({type(error).__name__}); open it in Word and save it anew"
        ) from None
    raise NightfeedError(f"{path}: the document is too large; save the article without its pictures")
