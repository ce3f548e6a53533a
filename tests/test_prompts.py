"""Prompts are filled in, and lists are said as people say them."""

from pathlib import Path

import pytest

from skill.errors import ContentError
from skill.prompts import Listed, Prompts, placeholders, read_prompts, say

PROMPTS = Prompts(
    {
        "a.b": "We have {things}.",
        "c.d": "part {number}",
        "list.comma": ", ",
        "list.last": ", and ",
        "list.both": " and ",
    }
)


@pytest.mark.parametrize(
    ("items", "text"),
    [
        (("one",), "We have one."),
        (("one", "two"), "We have one and two."),
        (("one", "two", say("c.d", number=3)), "We have one, two, and part 3."),
    ],
)
def test_a_list_is_said_as_people_say_it(items: tuple[str, ...], text: str) -> None:
    assert PROMPTS.text(say("a.b", things=Listed(items))) == text


def test_what_is_filled_in_is_never_filled_in_again() -> None:
    assert PROMPTS.text(say("a.b", things="{number}")) == "We have {number}."


def test_placeholders_are_the_names_in_braces() -> None:
    assert placeholders("{guide} takes {length}, {guide}") == {"guide", "length"}


@pytest.mark.parametrize("text", ["[a\nb = 1", "[a]\nb = 3\n", "[a]\nb = ['x']\n"])
def test_malformed_prompts_are_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "en.toml").write_text(text)
    with pytest.raises(ContentError, match=r"en\.toml"):
        read_prompts(tmp_path / "en.toml")
