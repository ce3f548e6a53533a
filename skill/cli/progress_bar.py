"""A progress bar on standard error, for what takes long."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

Begin = Callable[[str, int], Callable[[], None]]
"""Called with a name and how many steps there are; what it gives is called after each of them."""


@contextmanager
def progress_bar(unit: str) -> Iterator[Begin]:
    """A bar with a line for each that is begun; without one, nothing is shown."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(unit),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
    with ExitStack() as shown:

        def begin(name: str, steps: int) -> Callable[[], None]:
            if not bar.live.is_started:
                shown.enter_context(bar)
            return partial(bar.advance, bar.add_task(name, total=steps))

        yield begin
