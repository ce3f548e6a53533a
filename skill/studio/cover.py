"""A square cover, drawn: the night in the guide's colour, a moon, the title."""

import io
from collections.abc import Iterator

from PIL import Image, ImageDraw, ImageFont

from skill.limits import COVER_PIXELS

Colour = tuple[int, int, int]

MOON: Colour = (242, 195, 139)
WORDS: Colour = (250, 246, 238)
FAINT = 0.72
"""How much of the words' colour the show's name has."""
DARKEST, DARK_ENOUGH = 0.35, 0.09
"""The colour's share at the top; the relative luminance that white words can be read on (WCAG: 4.5 to 1)."""
FINE = 2
"""Drawn so many times larger and then shrunk, for smooth edges."""
QUALITY = 84
MARGIN = 0.09
"""Of the side."""
TITLE_SIZES = (0.118, 0.104, 0.092, 0.08, 0.068, 0.056, 0.044)
"""Of the side: the first in which the title fits is taken."""
LINE = 1.16
"""Height of a line, in sizes of its letters."""
TITLE_TOP, TITLE_BOTTOM, NAME_SIZE = 0.40, 0.85, 0.042
"""Of the side: where the title may stand, and how large the show's name is."""


def cover(title: str, name: str, colour: str) -> bytes:
    """A JPEG of COVER_PIXELS; the colour, as #rrggbb, is darkened until the words can be read on it."""
    side = COVER_PIXELS * FINE
    night = _night(colour)
    image = _sky(night, side)
    draw = ImageDraw.Draw(image)
    _draw_moon(image, draw, side)
    lines, font = _fitted(title, side)
    y = TITLE_TOP * side
    for line in lines:
        draw.text((MARGIN * side, y), line, font=font, fill=WORDS)
        y += font.size * LINE
    faint = _mixed(WORDS, night, FAINT)
    small = ImageFont.load_default(NAME_SIZE * side)
    draw.text((MARGIN * side, (1 - MARGIN) * side), name, font=small, fill=faint, anchor="ls")
    out = io.BytesIO()
    whole = image.resize((COVER_PIXELS, COVER_PIXELS), Image.Resampling.LANCZOS)
    whole.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _night(colour: str) -> Colour:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    found: Colour = (red, green, blue)
    while _luminance(found) > DARK_ENOUGH:
        found = _mixed(found, (0, 0, 0), 0.9)
    return found


def _sky(night: Colour, side: int) -> Image.Image:
    """Darker above, as a night is."""
    column = Image.new("RGB", (1, side))
    for y in range(side):
        column.putpixel((0, y), _mixed(night, (0, 0, 0), DARKEST + (1 - DARKEST) * y / side))
    return column.resize((side, side))


def _draw_moon(image: Image.Image, draw: ImageDraw.ImageDraw, side: int) -> None:
    """A crescent, whose dark part is the sky behind it."""
    sky = image.copy()

    def box(x: float, y: float, radius: float) -> list[float]:
        return [(x - radius) * side, (y - radius) * side, (x + radius) * side, (y + radius) * side]

    draw.ellipse(box(0.205, 0.205, 0.115), fill=MOON)
    shadow = Image.new("L", image.size)
    ImageDraw.Draw(shadow).ellipse(box(0.25, 0.175, 0.098), fill=255)
    image.paste(sky, mask=shadow)


def _fitted(title: str, side: int) -> tuple[list[str], ImageFont.FreeTypeFont]:
    """The title in lines, as large as it fits; the smallest size is taken for what fits in none."""
    width, height = (1 - 2 * MARGIN) * side, (TITLE_BOTTOM - TITLE_TOP) * side
    for size in TITLE_SIZES:
        font: ImageFont.FreeTypeFont = ImageFont.load_default(size * side)  # type: ignore[assignment]
        lines = list(_wrapped(title, font, width))
        if len(lines) * font.size * LINE <= height and all(font.getlength(line) <= width for line in lines):
            break
    return lines[: int(height / (font.size * LINE))], font


def _wrapped(title: str, font: ImageFont.FreeTypeFont, width: float) -> Iterator[str]:
    line = ""
    for word in title.split():
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > width:
            yield line
            longer = word
        line = longer
    yield line


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a * share + b * (1 - share)) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _luminance(colour: Colour) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
