"""nightfeed talk"""

import click

from skill.settings import Settings

TERMINAL_LISTENER = "amzn1.ask.account.terminal"


@click.command("talk")
@click.option("--fresh", is_flag=True, help="As a listener who has never been here before.")
@click.option("--json", "as_json", is_flag=True, help="For programs: each exchange as a line of JSON.")
@click.argument("words", nargs=-1, metavar="[WORDS]...")
@click.pass_obj
def command(settings: Settings, fresh: bool, as_json: bool, words: tuple[str, ...]) -> None:
    """Hold a conversation by typing. Each of WORDS, quoted, is one thing said; without any, you are asked.

    An empty line says nothing, as a silence does; the end of input leaves.
    """
    # Imported late: --help need not load the skill.
    import uuid

    from skill.alexa.start import read_house
    from skill.cli.conversation_screen import converse
    from skill.talk.start import read_speaker

    listener = f"amzn1.ask.account.{uuid.uuid4()}" if fresh else TERMINAL_LISTENER
    audio_url = settings.audio_url or settings.audio.resolve().as_uri()
    converse(read_speaker(settings, read_house(settings), audio_url), listener, words, as_json)
