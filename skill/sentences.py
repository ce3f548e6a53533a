"""Text → sentences, for speaking one at a time."""

import re

# A full stop after one of these ends no sentence.
ABBREVIATIONS = (
    "e.g", "E.g", "i.e", "I.e", "approx", "Approx", "vs", "Dr", "Mr", "Mrs", "Ms", "Prof", "St",
)  # fmt: skip
# Nor after one of these, where a figure follows.
BEFORE_FIGURES = ("No", "Fig", "p", "pp")

_END = re.compile(
    r"""(?P<end>[.!?…]+["'”’)\]]*)   # what ends a sentence, with its closing quotes
        \s+
        (?=["'“‘(\[]*[A-Z0-9£$€]|\W*[^\W\d_a-z])  # and what can begin one
    """,
    re.VERBOSE,
)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of the text, whole and in order; white space between them is dropped.

    It does not split after a known abbreviation, nor inside quotation marks that go on in small letters.
    """
    pieces: list[str] = []
    start = 0
    for found in _END.finditer(text):
        piece = text[start : found.end("end")]
        if not _ends_in_abbreviation(piece, text[found.end()]):
            pieces.append(piece.strip())
            start = found.end()
    pieces.append(text[start:].strip())
    return tuple(piece for piece in pieces if piece)


def _ends_in_abbreviation(piece: str, following: str) -> bool:
    word = piece.split()[-1].lstrip("(\"'“‘[").removesuffix(".")
    return word in ABBREVIATIONS or (word in BEFORE_FIGURES and following.isdigit())
