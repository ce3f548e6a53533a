"""Text → sentences, for speaking one at a time."""

import re

# A full stop after one of these ends no sentence.
ABBREVIATIONS = ("e.g", "i.e", "etc", "approx", "vs", "Dr", "Mr", "Mrs", "Ms", "Prof", "St", "No", "Fig")

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
        if not _ends_in_abbreviation(piece):
            pieces.append(piece.strip())
            start = found.end()
    pieces.append(text[start:].strip())
    return tuple(piece for piece in pieces if piece)


def _ends_in_abbreviation(piece: str) -> bool:
    word = piece.split()[-1].lstrip("(\"'“‘[")
    # "etc." does end a sentence when a capital follows it.
    return word.removesuffix(".") in ABBREVIATIONS and word != "etc."
