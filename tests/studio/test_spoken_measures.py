"""A figure with a unit is said with the unit's name."""

import pytest

from skill.studio.speakable import speakable
from skill.studio.spoken_measures import UNITS, singular


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("38°C", "thirty eight degrees"),
        ("38.5 °C", "thirty eight point five degrees"),
        ("37.5C", "thirty seven point five degrees"),
        ("37° C, 38ºC and 39℃", "thirty seven degrees, thirty eight degrees and thirty nine degrees"),
        ("70°F", "seventy degrees Fahrenheit"),
        ("-5°C", "minus five degrees"),
        ("10kg", "ten kilograms"),
        ("1 kg", "one kilogram"),
        ("1.5kg", "one point five kilograms"),
        ("1,950 ml", "one thousand nine hundred and fifty millilitres"),
        ("1950 ml", "one thousand nine hundred and fifty millilitres"),
        ("10mcg of vitamin D", "ten micrograms of vitamin D"),
        ("8lb 3oz", "eight pounds three ounces"),
        ("1 ft", "one foot"),
        ("1 mph, 30 mph", "one mile an hour, thirty miles an hour"),
        ("20mins", "twenty minutes"),
        ("1hr 30mins", "one hour thirty minutes"),
        ("a 24hr line", "a twenty four hour line"),
        ("a 2-hr nap", "a two-hour nap"),
        ("6 wks old", "six weeks old"),
        ("a 3yr-old, a 3 yr old", "a three year-old, a three year old"),
        ("in 3 yr", "in three years"),
        ("120ml/kg", "one hundred and twenty millilitres per kilogram"),
        ("5 km/h", "five kilometres per hour"),
        ("1.8m children", "one point eight million children"),
        ("1.8m tall", "one point eight metres tall"),
        ("1.50 hours", "one point five hours"),
        ("5G", "five-G"),
        ("5 months", "five months"),
        ("5 more", "five more"),
    ],
)
def test_measures_are_said(written: str, said: str) -> None:
    assert speakable(written, {}) == f"{said}."


@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_has_its_name_said_in_full(unit: str) -> None:
    assert speakable(f"7{unit}", {}) == f"seven {UNITS[unit]}."
    assert speakable(f"1{unit}", {}) == f"one {singular(unit)}."
