"""The icon is the one that was looked at, in every size."""

import io
import sys
from pathlib import Path

import numpy
import pytest
from PIL import Image

from skill.alexa.icons import icon
from skill.errors import NightfeedError

SEEN = Path(__file__).parent / "icon.png"
"""A moon, and the waves of a voice beside it, in 256 pixels: drawn here, looked at, and kept."""
SMOOTHING = 48
"""By how much of 255 an edge may differ where Pillow smooths it otherwise."""


def test_it_is_the_picture_that_was_looked_at() -> None:
    drawn, seen = (
        numpy.asarray(Image.open(each).convert("RGB"), int) for each in (io.BytesIO(icon(256)), SEEN)
    )
    assert abs(drawn - seen).max() <= SMOOTHING


@pytest.mark.parametrize("size", [108, 512])
def test_it_is_the_same_in_the_sizes_that_alexa_takes(size: int) -> None:
    picture = Image.open(io.BytesIO(icon(size))).convert("RGB")
    assert picture.size == (size, size)
    smaller = [
        numpy.asarray(each.convert("RGB").resize((27, 27)), int) for each in (picture, Image.open(SEEN))
    ]
    assert abs(smaller[0] - smaller[1]).max() <= SMOOTHING


def test_without_pillow_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PIL", None)
    with pytest.raises(NightfeedError, match=r"^drawing needs Pillow; .*\[studio\]'"):
        icon(108)
