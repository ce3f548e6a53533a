"""A house with very many guides, and listeners: made up, around the real guides and a real schema."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

from skill.alexa.start import STORE_FILE
from skill.library import Guide, Library, Passage, Recorded, library_json, read_library
from skill.store.listener_id import alexa_listener
from skill.store.sqlite import SqliteStore
from tests.server import PROJECT

SEED = 20260301
SYLLABLES = ("ba", "ko", "mi", "ru", "tes", "lan", "vor", "pel", "dri", "sun")
OWN_WORDS = 400
"""Words that the made-up guides have beside those of the real ones."""
BATCH = 10_000
LONG_AGO = "2026-03-01T03:00:00.000000+00:00"


def make_project(folder: Path, guides: int) -> Path:
    """A project's folder whose library has so many guides: the real ones are its newest."""
    (folder / "audio").mkdir(parents=True)
    (folder / "content").symlink_to(PROJECT / "content")
    real = read_library(PROJECT / "audio" / "library.json")
    random = Random(SEED)
    words = [word for guide in real.guides for passage in guide.passages for word in passage.text.split()]
    words += ["".join(random.choices(SYLLABLES, k=3)) for _ in range(OWN_WORDS)]

    def made_up(number: int) -> Recorded:
        entry = real.recorded[number % len(real.recorded)]
        return replace(entry, guide=_another(entry.guide, number, words, random))

    others = tuple(made_up(number) for number in range(len(real.recorded), guides))
    library = Library((*real.recorded, *others)[:guides], real.cover_file)
    (folder / "audio" / "library.json").write_bytes(library_json(library))
    return folder


def _another(guide: Guide, number: int, words: list[str], random: Random) -> Guide:
    def text(length: int) -> str:
        return " ".join(random.choices(words, k=length)).capitalize() + "."

    def passage(old: Passage) -> Passage:
        return replace(old, text=text(len(old.text.split())))

    sections = tuple(
        replace(
            part, heading=text(5), aliases=(text(2), text(1)), lead=tuple(map(passage, part.lead)),
            more=tuple(map(passage, part.more)),
        )
        for part in guide.sections
    )  # fmt: skip
    slug = f"guide-{number}"
    return replace(
        guide, slug=slug, title=f"{text(4)} {number}", aliases=(text(2),), topic=text(3), sections=sections,
        published="2020-01-01", tip=passage(guide.tip), related=(),
    )  # fmt: skip


def make_listeners(data: Path, users: Iterator[str], key: bytes, guides: tuple[str, ...]) -> None:
    """A store with these users of Alexa's: each has begun a guide and was offered a reminder."""
    SqliteStore(data / STORE_FILE).report()
    listeners = sorted(alexa_listener(user, key) for user in users)
    random = Random(SEED)
    with closing(sqlite3.connect(data / STORE_FILE)) as db:
        for start in range(0, len(listeners), BATCH):
            batch = [(listener, random.choice(guides)) for listener in listeners[start : start + BATCH]]
            with db:
                db.executemany("INSERT INTO bookmark VALUES (?, ?, 0, 1, 0, 0)", batch)
                hearings = ((*pair, LONG_AGO) for pair in batch)
                db.executemany("INSERT INTO hearing (listener, guide, started) VALUES (?, ?, ?)", hearings)
                offers = ((listener, LONG_AGO) for listener, _ in batch)
                db.executemany("INSERT INTO preference (listener, reminder_offered) VALUES (?, ?)", offers)
    # Its pages are on the disk, as those of a store that has grown over the years.
    os.sync()
