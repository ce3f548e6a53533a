"""A release's steps with their states: a list kept up to date; where it is piped, a line a change."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text


class State(StrEnum):
    """How far a step is."""

    WAITING = "waiting"
    DOING = "doing"
    DONE = "done"
    NOTHING_TO_DO = "nothing to do"
    FAILED = "failed"


SIGNS = {
    State.WAITING: "[dim]·",
    State.DOING: "[cyan]▸",
    State.DONE: "[green]✓",
    State.NOTHING_TO_DO: "[green]✓",
    State.FAILED: "[red]✗",
}

Show = Callable[[str, State, str], None]
"""Called with a step's name, its state, and a note."""


@contextmanager
def release_screen(names: Sequence[str], console: Console) -> Iterator[Show]:
    """The list of the steps; what it gives shows a step's new state."""
    states = dict.fromkeys(names, (State.WAITING, ""))

    def table() -> Table:
        rows = Table.grid(padding=(0, 2))
        for name, (state, note) in states.items():
            rows.add_row(SIGNS[state], name, state, Text(note, "dim"))
        return rows

    def plain(name: str, state: State, note: str) -> None:
        if states[name][0] != state:
            console.out(f"{name}: {state}{note and f' ({note})'}", highlight=False)
        states[name] = state, note

    if not console.is_terminal:
        yield plain
        return
    with Live(get_renderable=table, console=console) as live:

        def show(name: str, state: State, note: str) -> None:
            states[name] = state, note
            live.refresh()

        yield show
