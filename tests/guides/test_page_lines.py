"""The runs of words of a page: where one ends, what holds it, and whether it is all link or all bold."""

import pytest
from lxml.html import fromstring

from skill.guides.page_lines import Line, lines

RUNS = {
    "nothing": ("<div></div>", []),
    "white space": ("<div> \n\t </div>", []),
    "bare words": ("<div> bare \n words </div>", ["bare words"]),
    "words at the end": ("<div><p>one</p>two <b>three</b></div>", ["one", "two three"]),
    "paragraphs": ("<div><p>one</p><p>two</p></div>", ["one", "two"]),
    "inline within words": ("<p>one <b>two</b> <i>three</i> four</p>", ["one two three four"]),
    "inline without words between": ("<li><b>one</b><a>two</a></li>", ["onetwo"]),
    "inline in what holds no text": ("<div><b>one</b><a>two</a></div>", ["one", "two"]),
    "inline in inline in what holds no text": ("<div><b><i>one</i><i>two</i></b></div>", ["one", "two"]),
    "inline in a holder with a block": ("<li><b>one</b><a>two</a><p>three</p></li>", ["one", "two", "three"]),
    "a break within inline in a holder": ("<p><b>one<br>two</b></p>", ["one two"]),
    "a break between inline in a holder": ("<p><b>one</b><br><a>two</a></p>", ["one two"]),
    "a break": ("<div>one<br>two</div>", ["one two"]),
    "two breaks": ("<div>one<br><br>two</div>", ["one", "two"]),
    "two breaks with a space": ("<div>one<br> <br>two</div>", ["one", "two"]),
    "two breaks with words between": ("<div>one<br>two<br>three</div>", ["one two three"]),
    "a break after bold": ("<p><b>one</b> two<br>three</p>", ["one two three"]),
    "breaks around bold": ("<p>one<br><b>two</b><br>three</p>", ["one two three"]),
    "a break before a bullet": ("<div>one<br>\n • two<br>◦three</div>", ["one", "• two", "◦three"]),
    "a break before Word's bullets": ("<div>one<br>o  two<br>on three</div>", ["one", "o two on three"]),
}


@pytest.mark.parametrize(("html", "texts"), RUNS.values(), ids=RUNS)
def test_every_word_is_in_one_run(html: str, texts: list[str]) -> None:
    assert [line.text for line in lines(fromstring(html))] == texts


def test_the_root_may_be_in_the_middle_of_a_sentence() -> None:
    (bold,) = fromstring("<p>one <b> two\n<i>three</i></b> four</p>")
    (line,) = lines(bold)
    assert (line.text, line.element) == ("two three", bold)


def only(html: str) -> Line:
    (line,) = lines(fromstring(html))
    return line


def test_a_run_is_held_by_what_holds_its_first_word() -> None:
    line = only("<ul><li><p> <b><i>one</i></b> two</p></li></ul>")
    assert [each.tag for each in line.around] == ["i", "b", "p", "li", "ul", "body", "html"]
    assert line.block.tag == "p"
    found = line.nearest("ul", "li")
    assert found is not None and found.tag == "li"
    assert line.nearest("h2") is None
    first, second = lines(fromstring("<div>one<p>two</p></div>"))
    assert (first.element.tag, second.element.tag) == ("div", "p")


ALL = {
    "within one": ("<p><b>one <i>two</i></b></p>", True),
    "in two": ("<p><b>one</b>, <strong>two</strong>.</p>", True),
    "in two, one in the other": ("<p><b>one <strong>two</strong></b> <b>three</b></p>", True),
    "only at first": ("<p><b>one</b> two</p>", False),
    "only at last": ("<p>one <b>two</b></p>", False),
    "nowhere": ("<p>one</p>", False),
    "with the same letters elsewhere": ("<p><b>one</b> one</p>", False),
}


@pytest.mark.parametrize(("html", "told"), ALL.values(), ids=ALL)
def test_a_run_is_all_bold_where_no_word_is_not(html: str, told: bool) -> None:
    assert only(html).is_all("b", "strong") is told


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("<p><a>one</a></p>", True),
        ("<p><a>one</a> | <a>two</a></p>", True),
        ("<p><a>one</a> two</p>", False),
        ("<p>| <a>one</a></p>", False),
        ("<p><b>one</b></p>", False),
    ],
)
def test_a_run_is_a_link_where_all_of_it_is(html: str, told: bool) -> None:
    assert only(html).is_link is told
