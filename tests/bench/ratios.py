"""Rows of a comparison: two sides in turn, round by round, and how many times the one is the other. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TypeVar

from rich.table import Table

Measured = TypeVar("Measured")


@dataclass(frozen=True)
class Row:
    """What is compared with what, and what is hoped for."""

    work: str
    against: str
    unit: str
    """Of both sides' figures."""
    goal: float | None = None
    """Ours as so many times theirs; None: it is told for information."""
    more_is_better: bool = False

    @property
    def hope(self) -> str:
        """The goal in words; empty where there is none."""
        sign = "≥" if self.more_is_better else "≤"
        return "" if self.goal is None else f"{sign} {figure(self.goal)}"


@dataclass(frozen=True)
class Result:
    """A row's figures, a pair a round."""

    row: Row
    ours: Sequence[float]
    theirs: Sequence[float]

    @property
    def ratios(self) -> list[float]:
        """Ours as so many times theirs, in each round."""
        return [ours / theirs for ours, theirs in zip(self.ours, self.theirs, strict=True)]

    @property
    def ratio(self) -> float:
        """The rounds' median."""
        return median(self.ratios)

    @property
    def spread(self) -> tuple[float, float]:
        """The lowest and the highest round."""
        return min(self.ratios), max(self.ratios)

    @property
    def met(self) -> bool | None:
        """Whether the goal is; None where there is none."""
        if self.row.goal is None:
            return None
        return self.ratio >= self.row.goal if self.row.more_is_better else self.ratio <= self.row.goal


def in_turn(
    sides: Mapping[str, Callable[[], Measured]], rounds: int, begin: Callable[[int], None] = lambda _: None
) -> dict[str, list[Measured]]:
    """What each side measured in each round. `begin` is called before a round, with its number.

    Every other round goes backwards, so that nobody always comes after the same.
    """
    measured: dict[str, list[Measured]] = {name: [] for name in sides}
    for number in range(rounds):
        begin(number)
        for name in list(sides)[:: 1 if number % 2 == 0 else -1]:
            measured[name].append(sides[name]())
    return measured


def by_processor_time(row: Row) -> Row:
    """The same work by another measure, for information."""
    return replace(row, work=f"{row.work}, by processor time", goal=None)


def figure(value: float) -> str:
    """The number with three digits that count."""
    if value == 0:
        return "0"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def table(results: Sequence[Result]) -> Table:
    """For the terminal: ratios alone, since times belong to the machine."""
    made = Table("work", "against", box=None, pad_edge=False)
    for heading in ("ratio", "spread", "goal", ""):
        made.add_column(heading, justify="right", no_wrap=True)
    for result in results:
        low, high = map(figure, result.spread)
        verdict = {None: "", True: "met", False: "not yet"}[result.met]
        row = result.row
        made.add_row(row.work, row.against, f"{figure(result.ratio)} ×", f"{low}–{high}", row.hope, verdict)
    return made
