"""Times of day, days, dates and years come out as a British speaker would say them."""

import pytest

from skill.studio.speakable import speakable


@pytest.mark.parametrize(
    ("written", "said"),
    [
        # times of day; "a.m." with stops: without, a voice reads "a" as the article
        ("7.30", "seven thirty"),
        ("7:30pm", "seven thirty p.m."),
        ("7.30 p.m.", "seven thirty p.m."),
        ("7.05", "seven oh five"),
        ("7.00", "seven o'clock"),
        ("2am", "two a.m."),
        ("2 AM and 4 a.m.", "two a.m. and four a.m."),
        ("12.00", "twelve o'clock"),
        ("00:00", "midnight"),
        ("00:30", "twelve thirty a.m."),
        ("19:00", "seven p.m."),
        ("15.45", "three forty five p.m."),
        ("7-8pm", "seven to eight p.m."),
        ("7.30–8", "seven thirty to eight"),
        ("7.30-8.00pm", "seven thirty to eight p.m."),
        ("9am–5.30pm", "nine a.m. to five thirty p.m."),
        ("9am - 5pm", "nine a.m. to five p.m."),
        # what is no time of day
        ("2.5", "two point five"),
        ("0.25", "zero point two five"),
        ("1.50 kg", "one point five kilograms"),
        ("1.25 million", "one point two five million"),
        ("7.75", "seven point seven five"),
        ("£7.30", "seven pounds thirty"),
        # days and dates
        ("Mon-Fri", "Monday to Friday"),
        ("Tues – Thurs", "Tuesday to Thursday"),
        ("5 May", "the fifth of May"),
        ("on the 5th of May", "on the fifth of May"),
        ("1 Sept", "the first of September"),
        ("5–7 May", "the fifth to the seventh of May"),
        ("between 5 and 7 May", "between the fifth and the seventh of May"),
        ("May 5th", "May the fifth"),
        ("in May 5 babies", "in May five babies"),
        ("you may", "you may"),
        ("on 3/4/2024", "on the third of April twenty twenty four"),
        ("3.4.24", "the third of April twenty twenty four"),
        ("2024-12-25", "the twenty fifth of December twenty twenty four"),
        ("31-31-2024", "thirty one-thirty one-twenty twenty four"),
        # years
        ("in 1984", "in nineteen eighty four"),
        ("in 2005", "in two thousand and five"),
        ("2024-25", "twenty twenty four to twenty five"),
        ("the 1990s", "the nineteen nineties"),
        ("the '90s", "the nineties"),
        ("1,950", "one thousand nine hundred and fifty"),
        ("1500", "one thousand five hundred"),
    ],
)
def test_times_are_said(written: str, said: str) -> None:
    assert speakable(written, {}) == (said if said.endswith(".") else f"{said}.")
