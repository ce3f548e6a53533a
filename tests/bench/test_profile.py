"""What is drawn of a profile."""

import cProfile
import json
from xml.etree import ElementTree

import pytest

from tests.bench.profile import Module, imports_in, imports_svg, module_of, shares_in, shares_svg

TOLD = """
import time: self [us] | cumulative | imported package
import time:        10 |         10 |     inner.one
import time:        20 |         20 |       inner.deep
import time:         5 |         25 |     inner.two
import time:        15 |         50 |   outer
import time:        50 |        100 | skill
import time:         7 |          7 | after
"""


def test_the_tree_of_imports_is_read() -> None:
    one = Module("inner.one", 10)
    two = Module("inner.two", 25, [Module("inner.deep", 20)])
    skill = Module("skill", 100, [Module("outer", 50, [one, two])])
    assert imports_in(TOLD) == [skill, Module("after", 7)]


def test_modules_are_as_wide_as_they_took_and_lie_below_who_imported_them() -> None:
    drawing = ElementTree.fromstring(imports_svg("Start", imports_in(TOLD)[:1]))
    placed = {
        rect[0].text.split(":")[0]: [float(rect.get(name) or 0) for name in ("x", "y", "width")]
        for rect in drawing.iter()
        if len(rect) and rect[0].text and rect[0].tag.endswith("title")
    }
    assert set(placed) == {"skill", "outer", "inner.one", "inner.two", "inner.deep"}
    assert placed["outer"][2] == pytest.approx(placed["skill"][2] / 2, abs=1)
    assert placed["outer"][1] > placed["skill"][1]
    # The widest is drawn first.
    assert placed["inner.one"][0] > placed["inner.two"][0] == placed["outer"][0]


def test_what_is_built_in_counts_for_who_calls_it_and_all_is_one() -> None:
    profile = cProfile.Profile()
    profile.enable()
    for _ in range(50):
        json.loads(json.dumps([*range(1000)]))
    profile.disable()
    shares = dict(shares_in(profile, []))
    assert sum(shares.values()) == pytest.approx(1)
    assert shares["Python: json.encoder"] + shares["Python: json.decoder"] > 0.5
    ElementTree.fromstring(shares_svg("A turn", list(shares.items())))


@pytest.mark.parametrize(
    ("file", "module"),
    [
        ("/home/a/nightfeed/skill/store/sqlite.py", "skill.store.sqlite"),
        ("/v/lib/python3.11/site-packages/ask_sdk_core/serialize.py", "ask_sdk_core.serialize"),
        ("/v/lib/python3.11/site-packages/ask_sdk_model/services/a/b.py", "ask_sdk_model.services"),
        (json.__file__, "Python: json.__init__"),
        ("<string>", "Python: <string>"),
    ],
)
def test_files_are_told_by_their_modules(file: str, module: str) -> None:
    assert module_of(file) == module
