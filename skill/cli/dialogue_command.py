"""nightfeed dialogue"""

import click

from skill.settings import Settings


@click.command("dialogue")
@click.pass_obj
def command(settings: Settings) -> None:
    """Print the whole dialogue as an editor reads it (docs/conversation.md is made so)."""
    from skill.alexa.phrases import read_phrases
    from skill.checking.conversation_page import conversation_page
    from skill.prompts import read_prompts

    phrases = read_phrases(settings.content / "phrases" / "en.toml")
    prompts = read_prompts(settings.content / "prompts" / "en.toml")
    click.echo(conversation_page(phrases, prompts), nl=False)
