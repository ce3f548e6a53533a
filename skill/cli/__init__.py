"""The command `nightfeed`: each subcommand in the module of its name, loaded when it is called."""

import importlib
import io
import os
import sys
from pathlib import Path

import click

from skill import __version__
from skill.errors import NightfeedError
from skill.settings import read_settings

COMMANDS = {
    "serve": "Answer Alexa, show the guides' pages and the talk page.",
    "talk": "Hold a conversation by typing.",
    "preview": "Hear a guide while you write it.",
    "say": "Hear a sentence, or try how a word is to be said.",
    "record": "Record the guides that have changed.",
    "voice": "Install the house voice.",
    "dialogue": "Print all that can be said, for editors to read.",
    "check": "Read the guides as a listener hears them, and look for mistakes.",
    "import": "Turn a saved web page into a guide's draft.",
    "report": "Say how often each guide was heard, and whether it helped.",
    "listener": "List or delete all that is kept of one listener.",
    "publish": "Write pages, podcast feed and recordings for any web host.",
    "package": "Write the skill package for Alexa's developer console.",
    "announce": "Tell listeners who allow it of a new guide.",
    "release": "Bring a guide to its listeners: all of the above that it needs, in order.",
}
USAGE_ERROR = 2
INTERRUPTED = 130


class LateCommands(click.Group):
    """Loads a command's module only when it is wanted: `serve` need not load a voice."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order in which people need them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"skill.cli.{cmd_name}_command").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in --help, without loading any of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=LateCommands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="nightfeed")
@click.pass_context
def nightfeed(context: click.Context) -> None:
    """Audio guides for parents whose hands are full: record them, talk to them, serve them."""
    context.obj = read_settings(os.environ, Path.cwd())


def main() -> None:
    """Run the command line. An error is one line on standard error, and exit code 2."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # Windows' pipes know no arrows.
        sys.stdout.reconfigure(errors="replace")
    try:
        code = nightfeed.main(prog_name="nightfeed", standalone_mode=False)
    except click.ClickException as error:
        _fail(error.format_message())
    except NightfeedError as error:
        _fail(str(error))
    except (click.Abort, KeyboardInterrupt):
        click.echo("nightfeed: stopped", err=True)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # The reader has gone (nightfeed report | head): nobody is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)


def _fail(message: str) -> None:
    click.echo(f"nightfeed: {' '.join(message.split())}", err=True)
    sys.exit(USAGE_ERROR)
