"""A house and a speaker for tests: the real skill, a small library, a real SQLite file, a clock to set."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

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
