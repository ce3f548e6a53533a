"""A release's steps, as a terminal shows them."""

import io

from rich.console import Console

from skill.cli.release_screen import State, release_screen


def test_a_terminal_shows_every_step_with_its_state() -> None:
    file = io.StringIO()
    console = Console(file=file, force_terminal=True, color_system=None, width=60)
    with release_screen(["check", "record", "verify"], console) as show:
        show("check", State.DONE, "")
        show("record", State.DOING, "3 of 9 [sentences]")
    last = file.getvalue().rpartition("✓")[2]
    for words in ("  check   done", "▸  record  doing    3 of 9 [sentences]", "·  verify  waiting"):
        assert words in last
