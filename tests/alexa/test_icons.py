"""The icon is looked at: where the moon is, the night, and the waves of the voice."""

import io

import pytest
from PIL import Image

from skill.alexa.icons import MOON, NIGHT, VOICE, icon

PLACES = {
    "the moon's edge": ((16, 60), MOON),
    "the night that is cut out of it": ((45, 45), NIGHT),
    "left of the moon": ((6, 50), NIGHT),
    "below the moon": ((38, 82), NIGHT),
    "the first wave": ((67, 47), VOICE),
    "between the waves": ((72, 47), NIGHT),
    "the second wave": ((76, 47), VOICE),
    "the third wave": ((85, 47), VOICE),
    "the third wave's upper end": ((82, 31), VOICE),
    "the third wave's lower end": ((82, 63), VOICE),
    "beyond the waves' ends": ((70, 20), NIGHT),
    "the corner": ((98, 98), NIGHT),
}
"""In hundredths of the picture, from its upper left corner."""


@pytest.mark.parametrize("size", [108, 512])
def test_a_moon_and_a_voice_stand_in_the_night(size: int) -> None:
    picture = Image.open(io.BytesIO(icon(size))).convert("RGB")
    assert picture.size == (size, size)
    for place, ((x, y), colour) in PLACES.items():
        seen = picture.getpixel((x * size // 100, y * size // 100))
        assert isinstance(seen, tuple)
        # Edges are smooth.
        assert all(abs(one - other) < 40 for one, other in zip(seen, colour, strict=True)), (place, seen)
