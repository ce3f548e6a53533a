"""The bench's own arithmetic."""

import io

from rich.console import Console

from tests.bench.ratios import Result, Row, figure, in_turn, table

MORE = Row("a turn", "a stock turn", "turns a second", goal=12.0, more_is_better=True)
LESS = Row("a start", "a stock start", "seconds", goal=0.6)


def test_the_ratio_is_the_median_of_the_rounds_and_the_spread_its_ends() -> None:
    # Each round is compared with itself: a slow one is slow for both.
    result = Result(MORE, ours=[120.0, 26.0, 130.0], theirs=[10.0, 2.0, 10.0])
    assert result.ratios == [12.0, 13.0, 13.0]
    assert result.ratio == 13.0
    assert result.spread == (12.0, 13.0)


def test_more_or_less_of_it_meets_the_goal_and_without_one_there_is_no_verdict() -> None:
    assert Result(MORE, [12.0], [1.0]).met is True
    assert Result(MORE, [11.9], [1.0]).met is False
    assert Result(LESS, [0.6], [1.0]).met is True
    assert Result(LESS, [0.7], [1.0]).met is False
    assert Result(Row("a turn", "another", "seconds"), [1.0], [1.0]).met is None
    assert (MORE.hope, LESS.hope) == ("≥ 12", "≤ 0.6")


def test_the_sides_take_turns_and_every_other_round_goes_backwards() -> None:
    done: list[object] = []

    def side(name: str) -> str:
        done.append(name)
        return name.upper()

    names = ("ours", "stock", "bare")
    sides = {name: lambda name=name: side(name) for name in names}
    measured = in_turn(sides, 3, done.append)
    assert done == [0, "ours", "stock", "bare", 1, "bare", "stock", "ours", 2, "ours", "stock", "bare"]
    assert measured == {name: [name.upper()] * 3 for name in names}


def test_figures_have_three_digits_that_count() -> None:
    assert [figure(value) for value in (0.0, 0.01234, 1.0, 12.345, 1234.5)] == [
        "0", "0.0123", "1", "12.3", "1,234",
    ]  # fmt: skip


def test_the_table_tells_ratios_and_goals_and_no_times() -> None:
    console = Console(width=120, record=True, file=io.StringIO())
    console.print(table([Result(MORE, [1234.0], [100.0]), Result(LESS, [0.9, 0.8], [1.0, 1.0])]))
    told = console.export_text()
    assert "12.3 ×" in told and "≥ 12" in told and "0.8–0.9" in told
    assert "met" in told and "not yet" in told
    assert "1,234" not in told
