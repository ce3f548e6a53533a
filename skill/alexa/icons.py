"""The skill's icon, drawn: a moon, and the waves of a voice."""

import io

from skill.errors import NightfeedError, installing

NIGHT, MOON, VOICE = (35, 38, 79), (242, 195, 139), (236, 234, 244)
FINE = 4
"""Drawn so many times larger and then shrunk, for smooth edges."""


def icon(size: int) -> bytes:
    """A square PNG of so many pixels. Raises NightfeedError where Pillow is not installed."""
    try:
        from PIL import Image, ImageDraw
    except ImportError:
        raise NightfeedError(f"drawing needs Pillow; {installing('studio')}") from None
    unit = size * FINE / 100
    image = Image.new("RGB", (size * FINE, size * FINE), NIGHT)
    draw = ImageDraw.Draw(image)

    def disc(x: float, y: float, radius: float, colour: tuple[int, int, int]) -> None:
        box = [(x - radius) * unit, (y - radius) * unit, (x + radius) * unit, (y + radius) * unit]
        draw.ellipse(box, fill=colour)

    disc(38, 50, 26, MOON)
    disc(48, 43, 22, NIGHT)
    for radius in (13, 22, 31):
        box = [(56 - radius) * unit, (47 - radius) * unit, (56 + radius) * unit, (47 + radius) * unit]
        draw.arc(box, -36, 36, fill=VOICE, width=round(4 * unit))
    out = io.BytesIO()
    image.resize((size, size), Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()
