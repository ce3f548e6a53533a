"""What is written for the eye comes out as a person would read it aloud."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.studio.lexicon import read_lexicon
from skill.studio.speakable import speakable
from tests.conversing import CONTENT

LEXICON = {
    "e.g.": "for example", "etc.": "and so on", "approx.": "about", "NHS": "N H S", "GP": "G P", "&": "and",
    "w/": "with", "UK": "U K", "GPs": "G Ps", "back\\slash": r"back \1 slash",
}  # fmt: skip


def spoken(text: str) -> str:
    return speakable(text, LEXICON)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        # the lexicon
        ("Toys, e.g. a ball, help.", "Toys, for example a ball, help."),
        ("E.g. a ball.", "For example a ball."),
        ("“E.g. a ball.”", '"For example a ball."'),
        ("Balls, cups, etc.", "Balls, cups, and so on."),
        ("Ask your GP & the NHS.", "Ask your G P and the N H S."),
        ("The GP’s room", "The G P's room."),
        ("w/ milk", "with milk."),
        ("GPs' lists", "G Ps' lists."),
        ("A back\\slash", r"A back \one slash."),
        ("Mum&dad", "Mum&dad."),
        ("Edge cases", "Edge cases."),
        # headings
        ("WHY BABIES CRY", "Why babies cry."),
        ("TOP TIP", "Top tip."),
        ("DON'T PANIC!", "Don't panic!"),
        ("WHEN TO ASK YOUR GP", "When to ask your G P."),
        ("IN THE UK", "In the U K."),
        ("NHS 111", "N H S one one one."),
        ("WHAT CAN I DO?", "What can I do?"),
        ("Top tip", "Top tip."),
        ("NEVER shake a baby", "never shake a baby."),
        ("The NSPCC helps", "The NSPCC helps."),
        ("OK", "OK."),
        # emoji and smileys
        ("Well done 👍🏽!", "Well done!"),
        ("😀 Top tip", "Top tip."),
        ("Mums 👩‍👧 and dads", "Mums and dads."),
        ("All of 🏴󠁧󠁢󠁥󠁮󠁧󠁿 England", "All of England."),
        ("Well done :-)", "Well done."),
        ("✓ Ready", "Ready."),
        ("• Ready", "Ready."),
        ("😀", ""),
        ("—", ""),
        ("", ""),
        # marks
        ("It's hard — but fine", "It's hard, but fine."),
        ("It's hard – but fine", "It's hard, but fine."),
        ("Up at 5 – 3 of us slept on", "Up at five, three of us slept on."),
        ("It takes 3 - 5 days", "It takes three to five days."),
        ("Open 10 - 2 pm and 11 - 2 a.m.", "Open ten to two p.m. and eleven to two a.m."),
        ("We won 3 - 1.", "We won three to one."),
        ("A well-being guide", "A well-being guide."),
        ("Wait…", "Wait..."),
        ("“Feet on the floor,” she said", '"Feet on the floor," she said.'),
        ('"Why?"', '"Why?"'),
        ("'Yes.'", "'Yes.'"),
        ("Try these:", "Try these."),
        ("soft\u00adhyphen", "softhyphen."),
        ("one  two\nthree", "one two three."),
        ("Wash → dry", "Wash, dry."),
        # brackets
        ("A limit (a clear one) helps", "A limit, a clear one, helps."),
        ("A limit (a clear one).", "A limit, a clear one."),
        ("(Really?) Yes.", "Really? Yes."),
        ("Come (and mean it!) now", "Come, and mean it! now."),
        ("A (b) (c) d", "A, b, c, d."),
        ("Why?)", "Why?"),
        ("Your child(ren) and parent(s)", "Your children and parents."),
        # slashes
        ("mum/dad", "mum or dad."),
        ("he/she/they", "he or she or they."),
        ("mum and/or dad", "mum and or dad."),
        # addresses
        ("See www.example.org/help-me/.", "See example dot org slash help dash me."),
        ("See https://www.example.org/a_b?x=1#top.", "See example dot org slash a underscore b."),
        ("See nhs.uk for more", "See nhs dot uk for more."),
        ("Write to help@example.org.uk today", "Write to help at example dot org dot uk today."),
    ],
)  # fmt: skip
def test_written_is_said(written: str, said: str) -> None:
    assert spoken(written) == said


def test_an_entry_of_the_lexicon_goes_before_every_rule() -> None:
    assert speakable("24/7 and 1-2-1", {"24/7": "always", "1-2-1": "one to one"}) == "always and one to one."


def test_the_longest_entry_wins_and_nothing_is_replaced_twice() -> None:
    assert speakable("A&E", {"&": "and", "A&E": "A & E"}) == "A & E."


def test_without_a_lexicon_the_rules_still_hold() -> None:
    assert speakable("At 7.30", {}) == "At seven thirty."


SIGNS = (
    "7.30", "2-3", "£5", "24/7", "p.m.", "am", "5", "0", "1/2", "½", "-", "–", " ", ".", ",", "(", ")", "[",
    "]", "No. ", "e.g.", "NHS", "kg", "%", "°C", "0800", "x", "/", "May", "st", "s", "'", '"', "😀", "A",
    "\n", "+", "=", "#", "&", "www.a.b", "@", "…", "9" * 400, "e", "É",
)  # fmt: skip


@given(st.one_of(st.text(max_size=40), st.lists(st.sampled_from(SIGNS), max_size=12).map("".join)))
def test_whatever_is_written_no_figure_is_left_and_the_voice_comes_to_rest(text: str) -> None:
    said = spoken(text)
    assert not re.search("[0-9]", said)
    assert said == " ".join(said.split())
    assert not said or said.rstrip("\"'")[-1] in ".!?"


@given(st.text(alphabet="abcdefg ,'", min_size=1, max_size=40).filter(str.strip))
def test_plain_words_stay_as_they_are(text: str) -> None:
    letters = [sign for sign in text if sign.isalpha()]
    assert [sign for sign in spoken(text) if sign.isalpha()] == letters


def test_the_projects_lexicon_works_within_a_sentence() -> None:
    lexicon = read_lexicon(CONTENT / "lexicon.toml")
    said = speakable("Toys, e.g. a ball for 20 mins, help.", lexicon)
    assert said == "Toys, for example a ball for twenty minutes, help."


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Ms Hill, approx 5, vs Dr. Ali", "Miz Hill, about five, versus Doctor Ali."),
        ("IQ: n/a", "I Q: not applicable."),
        ("Go to A&E", "Go to A&E."),
        ("my 3 yr old, after 5 yr", "my three year old, after five years."),
        ("1-2-1 w/o her, ie alone, etc", "one to one without her, that is alone, and so on."),
    ],
)
def test_the_projects_lexicon_says_what_editors_shorten(written: str, said: str) -> None:
    assert speakable(written, read_lexicon(CONTENT / "lexicon.toml")) == said
