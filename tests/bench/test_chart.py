"""The comparison's files: JSON that is read back, and drawings that are whole."""

import json
from pathlib import Path
from xml.etree import ElementTree

from tests.bench import chart
from tests.bench.ratios import Result, Row

MET = Result(Row("ours & theirs", "<stock>", "turns a second", 4.0, more_is_better=True), [8.0], [1.0])
MISSED = Result(Row("a start", "a stock start", "seconds", 0.5), [1.0, 1.0], [1.0, 2.0])
TOLD = Result(Row("for information", "something", "seconds"), [100.0], [1.0])


def rects(drawing: str, colour: str) -> list[dict[str, str]]:
    return [
        rect.attrib for rect in ElementTree.fromstring(drawing).iter() if rect.get("class") == colour
        and rect.tag.endswith("rect")
    ]  # fmt: skip


def test_json_holds_every_round_of_every_row_and_nothing_of_whose_machine_it_is(tmp_path: Path) -> None:
    chart.write("turns", "Turns", [MET, MISSED, TOLD], {"flask": "3"}, tmp_path / "made")
    told = json.loads((tmp_path / "made" / "turns.json").read_bytes())
    assert set(told["machine"]) == {"processors", "system", "python"}
    assert told["versions"] == {"flask": "3"}
    first, second, third = told["rows"]
    assert (first["ratio"], first["met"], first["goal"]) == (8.0, True, "≥ 4")
    assert (second["ours"], second["theirs"], second["spread"]) == ([1.0, 1.0], [1.0, 2.0], [0.5, 1.0])
    assert (third["met"], third["goal"]) == (None, "")


def test_bars_begin_at_one_and_end_at_the_median_on_a_logarithmic_scale() -> None:
    drawing = chart.ratios_svg("Turns", [MET, MISSED, TOLD])
    ((met, *_), (missed, *_)) = (rects(drawing, colour) for colour in ("met", "missed"))
    # From 0.5 to 8 there are four doublings.
    doubling = (chart.RIGHT - chart.LEFT) / 4
    one = chart.LEFT + doubling
    assert (float(met["x"]), float(met["width"])) == (one, 3 * doubling)
    assert float(missed["x"]) < one
    assert float(missed["x"]) + float(missed["width"]) == one
    assert "for information" not in drawing


def test_a_drawing_has_colours_for_dark_and_light_and_its_words_are_escaped() -> None:
    drawing = chart.ratios_svg("Turns", [MET])
    assert "prefers-color-scheme: dark" in drawing
    assert set(chart.LIGHT) == set(chart.DARK)
    words = [element.text for element in ElementTree.fromstring(drawing).iter() if element.text]
    assert "ours & theirs" in words and "against <stock>" in words


def test_a_drawing_without_any_difference_is_whole() -> None:
    same = Result(Row("a turn", "itself", "seconds", 1.0), [1.0], [1.0])
    ElementTree.fromstring(chart.ratios_svg("Same", [same]))
