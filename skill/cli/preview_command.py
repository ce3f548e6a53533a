"""nightfeed preview"""

import logging
import signal
import socket
import threading
import webbrowser
from functools import cache
from typing import TYPE_CHECKING

import click

from skill.errors import NightfeedError
from skill.settings import Settings
from skill.studio.voice import Voice
from skill.studio.voice_choice import DRAFT, load_voice

if TYPE_CHECKING:
    from skill.preview.server import Stage

HOST = "127.0.0.1"
THREADS = 16
"""A page that waits for news holds one."""


class SavedAgainError(Exception):
    """What is being spoken is old already."""


@click.command("preview")
@click.argument("guide")
@click.option("--draft", is_flag=True, help="Speak what is new in a quick, robotic voice.")
@click.option("--port", default=0, type=click.IntRange(0, 65535), help="Any free one, if it is not given.")
@click.option("--no-open", is_flag=True, help="Leave it to you to open the page.")
@click.pass_obj
def command(settings: Settings, guide: str, draft: bool, port: int, no_open: bool) -> None:
    """Hear a guide (the file's name without .md) while you write it.

    Its page opens in the browser. Whenever you save the guide, or the lexicon, what changed is spoken, and
    the page comes back to it. Nothing is recorded: that is for nightfeed record.
    """
    # Imported late: --help need not load all that makes sound and pages.
    import waitress

    from skill.preview.rehearsal import Rehearsal
    from skill.preview.server import Stage, create_app
    from skill.preview.watching import Saves
    from skill.studio.sentence_cache import SentenceCache

    _check_name(settings, guide)
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.default_int_handler)
    listening = _bound(port)
    address = f"http://{HOST}:{listening.getsockname()[1]}"

    @cache
    def voice(name: str) -> Voice:
        return load_voice(DRAFT if draft else name, settings.voices)

    # It warns of every request that waits for a thread, be it for a millisecond.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    stage = Stage(address)
    server = waitress.create_server(create_app(stage, guide, draft), sockets=[listening], threads=THREADS)
    threading.Thread(target=server.run, daemon=True).start()
    click.echo(f"The preview is at {address}/{guide}/ and follows what you save; Ctrl-C ends it.")
    if not no_open:
        webbrowser.open(f"{address}/{guide}/")
    cached = SentenceCache(settings.cache / "sentences")
    rehearsal = Rehearsal(settings.content, guide, settings.audio, voice, cached)
    saves = Saves(settings.content, guide)

    def speak_on(number: int, count: int) -> None:
        if saves.is_due():
            raise SavedAgainError
        stage.tell(progress=f"Speaking what is new: {number} of {count}.")

    for _ in saves:
        try:
            performance = rehearsal.perform(speak_on)
            click.echo(f"Sentences spoken anew: {performance.spoken}")
            stage.perform(performance)
        except SavedAgainError:
            continue  # what was spoken so far is kept
        except NightfeedError as error:
            _tell(stage, str(error))
        except Exception as error:
            # Half-typed text leads a parser anywhere; the preview lives on.
            kind = type(error).__name__
            _tell(stage, f"{settings.content}: cannot be read ({kind}); look at what you wrote last")


def _tell(stage: "Stage", problem: str) -> None:
    line = " ".join(problem.split())
    stage.tell(problem=line)
    click.echo(f"nightfeed: {line}", err=True)


def _check_name(settings: Settings, guide: str) -> None:
    folder = settings.content / "guides"
    known = sorted(path.stem for path in folder.glob("*.md"))
    if guide not in known:
        raise NightfeedError(f"there is no guide {guide!r} in {folder}; choose one of: {', '.join(known)}")


def _bound(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        raise NightfeedError(
            f"cannot listen on {HOST}:{port} ({error.strerror}); choose another --port"
        ) from None
