"""A house and a speaker for tests: the real skill, a small library, a real SQLite file, a clock to set."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from skill.alexa.phrases import Phrases, read_phrases
from skill.alexa.skill import House
from skill.finding.synonyms import read_synonyms
from skill.library import Library
from skill.prompts import read_prompts
from skill.show import read_show
from skill.store.contract import Store
from skill.store.sqlite import SqliteStore
from skill.talk.conversation import Speaker
from skill.talk.start import speaker_in
from tests.small_library import library as small_library

CONTENT = Path(__file__).parent.parent / "content"
AUDIO_URL = "https://cdn.example/audio"


@dataclass
class Clock:
    """A clock that moves when it is told to."""

    now: datetime = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)


def make_house(store: Store | Path, clock: Clock | None = None, library: Library | None = None) -> House:
    """The real prompts over a small library, remembering in the store (or in a SQLite file in the folder)."""
    return House(
        library=library or small_library(),
        prompts=read_prompts(CONTENT / "prompts" / "en.toml"),
        show=replace(read_show(CONTENT / "show.toml"), base_url="https://nightfeed.example"),
        store=SqliteStore(store / "test.sqlite3") if isinstance(store, Path) else store,
        listener_key=b"key for tests",
        clock=clock or Clock(),
        synonyms=read_synonyms(CONTENT / "synonyms.toml"),
    )


def phrases() -> Phrases:
    """The real phrases."""
    return read_phrases(CONTENT / "phrases" / "en.toml")


def make_speaker(house: House, audio_url: str = AUDIO_URL) -> Speaker:
    """A speaker that talks to the house's skill."""
    return speaker_in(house, phrases(), audio_url)


def sending(speaker: Speaker, change: Callable[[dict[str, Any]], None]) -> Speaker:
    """The speaker, with a change to each envelope on its way to the skill."""

    def answer(body: str) -> str:
        envelope = json.loads(body)
        change(envelope)
        return speaker.answer(json.dumps(envelope))

    return replace(speaker, answer=answer)


def from_a_screen(envelope: dict[str, Any]) -> None:
    """As a device with a screen sends it."""
    interfaces = envelope["context"]["System"]["device"]["supportedInterfaces"]
    interfaces["Alexa.Presentation.APL"] = {"runtime": {"maxVersion": "2024.3"}}


def touching(intent: str) -> Callable[[dict[str, Any]], None]:
    """As when a button is touched."""
    touched = {"type": "Alexa.Presentation.APL.UserEvent", "token": "nightfeed", "arguments": [intent]}
    return lambda envelope: envelope["request"].update(touched)


def event(name: str, accepted: list[str] | None = None) -> Callable[[dict[str, Any]], None]:
    """As Alexa sends a skill event: no session, no device; `accepted` are the permissions that she gives."""

    def change(envelope: dict[str, Any]) -> None:
        del envelope["session"], envelope["context"]["System"]["device"]
        envelope["request"]["type"] = f"AlexaSkillEvent.{name}"
        if accepted is not None:
            envelope["request"]["body"] = {"acceptedPermissions": [{"scope": scope} for scope in accepted]}

    return change
