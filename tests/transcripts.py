"""What is answered in each story of tests/dialogues/, to the last slot, card, button and bookmark.

A prompt stands there by its key, with what fills its braces, so that editors may change the words. Written
anew by `python -m tests.transcripts`: what then differs is what the change does to the conversation.
"""

import logging
import re
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import yaml

from skill.alexa.skill import House
from skill.library import Library
from skill.prompts import Prompts, placeholders
from skill.store.contract import StoreError
from skill.talk.conversation import Exchange
from tests.playing import streams
from tests.small_library import library as small_library
from tests.stories import Told, hashed, services_of, tell

FOLDER = Path(__file__).parent / "dialogues"
STORIES = sorted(FOLDER.glob("*.yaml"))
TOKEN = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
"""Of a reminder: another in each run."""


def transcript_file(story: Path) -> Path:
    return FOLDER / "transcripts" / story.name


def transcript(path: Path, folder: Path) -> str:
    """What the story's turns are answered with, as YAML; its files go into the folder."""
    story = yaml.safe_load(path.read_text(encoding="utf-8"))
    with services_of(story, folder) as amazon:
        turns = []
        kept: dict[str, Any] = {}
        for told in tell(story, folder, amazon, by_key):
            before, kept = kept, kept_of(told)
            turns.append(entry(told) | ({"keeps": kept} if kept != before else {}))
    text = yaml.safe_dump(turns, sort_keys=False, allow_unicode=True, width=110, default_flow_style=None)
    return TOKEN.sub("…", text)


def by_key(house: House) -> House:
    """The house, with each prompt's key in place of its words."""
    texts = {key: f"{key}{_braces(text)}" for key, text in house.prompts.texts.items()}
    return replace(house, prompts=Prompts(texts))


def _braces(text: str) -> str:
    names = ", ".join(f"{name}={{{name}}}" for name in sorted(placeholders(text)))
    return f"({names})" if names else ""


def entry(told: Told) -> dict[str, Any]:
    """One turn: what was said or done, and all that came of it."""
    library = small_library()
    answers = [answer(exchange, library) for exchange in told.exchanges or (told.exchange,)]
    then = {"then": answers[1:]} if answers[1:] else {}
    return {"turn": told.what, **answers[0], **then}


def kept_of(told: Told) -> dict[str, Any]:
    """All that the store holds of her but her last answer, which the transcript has anyway."""
    try:
        kept = told.house.store.listener(hashed(told.exchange.request, told.house.listener_key))
    except StoreError:
        return {}
    return _told(asdict(replace(kept, answered=None)))


def answer(exchange: Exchange, library: Library) -> dict[str, Any]:
    """All that the skill answered, without what is empty."""
    card = exchange.card
    found = {
        "heard": list(_heard(exchange)),
        "again": exchange.again,
        "card": card and [card.title, *card.content.splitlines()],
        "player": streams([exchange], library),
        "directives": [*map(_directive, exchange.response["response"].get("directives") or ())],
        "ends": exchange.response["response"].get("shouldEndSession"),
        "session": _told(exchange.response.get("sessionAttributes") or {}).get("nightfeed"),
    }
    return {name: value for name, value in found.items() if value not in (None, "", [], {})}


def _told(held: dict[str, Any]) -> dict[str, Any]:
    """What is held, without what is not set."""
    set_ones = {name: value for name, value in held.items() if value is not None and value != ""}
    return {name: _told_within(value) for name, value in set_ones.items()}


def _told_within(value: Any) -> Any:
    if isinstance(value, dict):
        return _told(value)
    return [_told_within(each) for each in value] if isinstance(value, (tuple, list)) else value


def _directive(directive: dict[str, Any]) -> dict[str, Any]:
    """The directive, without what the player's streams tell, or a document that is always the same."""
    return {name: value for name, value in directive.items() if name not in ("audioItem", "document")}


def _heard(exchange: Exchange) -> Iterator[str]:
    for step in exchange.steps:
        yield f"[{Path(step.url).stem}]" if step.url else step.text


def main() -> None:
    """Write all of them anew."""
    # Some stories have faults that are told in the log.
    logging.disable(logging.CRITICAL)
    transcript_file(STORIES[0]).parent.mkdir(exist_ok=True)
    for path in STORIES:
        with tempfile.TemporaryDirectory() as folder:
            transcript_file(path).write_text(transcript(path, Path(folder)), encoding="utf-8")
    print(f"{len(STORIES)} transcripts written; git diff shows what has changed")


if __name__ == "__main__":
    main()
