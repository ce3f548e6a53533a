"""nightfeed say"""

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from skill.errors import NightfeedError
from skill.files import write_whole
from skill.limits import EPISODE_KBPS
from skill.sentences import sentences
from skill.settings import Settings
from skill.show import Pauses, read_show
from skill.studio.lexicon import Lexicon, read_lexicon
from skill.studio.loudspeaker import play
from skill.studio.plan import SpokenSentence
from skill.studio.said_otherwise import said_otherwise
from skill.studio.sentence_cache import SentenceCache
from skill.studio.speakable import speakable
from skill.studio.voice import SAMPLE_RATE, Voice
from skill.studio.voice_choice import DRAFT, VOICE_NAMES, load_voice

if TYPE_CHECKING:
    from skill.studio.mastering import Sound

Said = tuple[str, list[str]]
"""A sentence as written, and what is spoken for it in each version."""
ENDINGS = (".wav", ".mp3")
BETWEEN = 1.0
"""Seconds of silence between before and after."""


@click.command("say")
@click.argument("text")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Write .wav or .mp3; play nothing."
)
@click.option("--voice", "name", type=click.Choice((*VOICE_NAMES, DRAFT)), help="Else content/show.toml's.")
@click.option(
    "--as", "respellings", multiple=True, metavar="WORD=RESPELLING", help="Hear it before and after."
)
@click.pass_obj
def command(
    settings: Settings, text: str, out: Path | None, name: str | None, respellings: tuple[str, ...]
) -> None:
    """Hear a sentence or two, and see what the voice is given to say.

    With --as, it is spoken as it is now and then with that respelling, and the line for content/lexicon.toml
    is printed.
    """
    if out and out.suffix.lower() not in ENDINGS:
        raise NightfeedError(f"--out {out}: end its name in {' or '.join(ENDINGS)}")
    show = read_show(settings.content / "show.toml")
    lexicon = read_lexicon(settings.content / "lexicon.toml")
    tried = dict(_respelling(each, text, lexicon) for each in respellings)
    said = _said(text, [lexicon, {**lexicon, **tried}] if tried else [lexicon])
    _show(said, ("Before", "After") if tried else ("Spoken",))
    voice = load_voice(name or show.voice.name, settings.voices)
    sound = _sound(said, voice, SentenceCache(settings.cache / "sentences"), show.pauses)
    for word, respelling in tried.items():
        click.echo(f"\nTo keep it, {_how(word, lexicon)} in {settings.content / 'lexicon.toml'}:")
        click.echo(f"{_quoted(word)} = {_quoted(respelling)}")
    path = out or settings.cache / "said.wav"
    write_whole(path, _encoded(sound, path.suffix.lower()))
    if out:
        click.echo(f"Written: {out}")
    elif not play(path):
        click.echo(f"There is nothing here to play it with; open {path}")


def _respelling(given: str, text: str, lexicon: Lexicon) -> tuple[str, str]:
    """Word and respelling, as they would stand in the lexicon. Raises NightfeedError."""
    word, _, respelling = (part.strip() for part in given.partition("="))
    if not word or not respelling:
        raise NightfeedError(f'--as {given}: write it as "WORD=RESPELLING"')
    if speakable(text, lexicon) == speakable(text, {**lexicon, word: respelling}):
        raise NightfeedError(
            f"--as {given}: that changes nothing; give a word of the text, whole and with its capitals"
        )
    return word, respelling


def _said(text: str, lexicons: Sequence[Lexicon]) -> list[Said]:
    said = [(each, [speakable(each, lexicon) for lexicon in lexicons]) for each in sentences(text)]
    if not any(all(spoken) for _, spoken in said):
        raise NightfeedError(f"there is nothing in {text!r} that can be said; give a sentence")
    return said


def _show(said: Sequence[Said], titles: Sequence[str]) -> None:
    for written, versions in said:
        click.echo(f"Written  {written}")
        for title, spoken in zip(titles, versions, strict=True):
            click.echo(f"{title:<8} {spoken or '(nothing)'}")
        for old, new in said_otherwise(written, versions[-1]):
            click.echo(f"         {old or '(nothing)'} → {new or '(not said)'}")


def _sound(said: Sequence[Said], voice: Voice, cache: SentenceCache, pauses: Pauses) -> "Sound":
    """All of it, then all of it in the next version, each as loud as an episode."""
    # Imported late: a mistake in the words is told before NumPy and its kin are loaded.
    import numpy as np

    from skill.studio.clips import Take, assembled
    from skill.studio.episode import EPISODE_LEVEL
    from skill.studio.mastering import Master

    pieces: list[Sound] = []
    for version in zip(*(spoken for _, spoken in said), strict=True):
        takes = [
            Take(SpokenSentence(spoken, spoken, pauses.after_sentence), cache.sound(spoken, voice).pcm)
            for spoken in version
            if spoken
        ]
        silence = np.zeros(round(BETWEEN * SAMPLE_RATE)) if pieces else np.zeros(0)
        pieces += [silence, Master(assembled(takes, pauses)[0], SAMPLE_RATE).at(EPISODE_LEVEL)]
    return np.concatenate(pieces)


def _encoded(sound: "Sound", ending: str) -> bytes:
    if ending == ".mp3":
        from skill.studio.mp3 import encoded

        return encoded(sound, SAMPLE_RATE, EPISODE_KBPS)
    import soundfile

    wav = io.BytesIO()
    soundfile.write(wav, sound, SAMPLE_RATE, format="WAV", subtype="PCM_16")
    return wav.getvalue()


def _how(word: str, lexicon: Lexicon) -> str:
    return f"write this for the line of {_quoted(word)}" if word in lexicon else "put this line below [say]"


def _quoted(text: str) -> str:
    """As TOML has it: JSON's quotes and escapes are among its own."""
    return json.dumps(text, ensure_ascii=False)
