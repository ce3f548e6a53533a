"""Settings → the house that the skill is made of, read once at start."""

import gc
import os
import secrets
from datetime import UTC, datetime
from pathlib import Path

from skill.alexa.skill import House
from skill.errors import NightfeedError
from skill.finding.synonyms import read_synonyms
from skill.library import Library, read_library
from skill.prompts import read_prompts
from skill.settings import Settings
from skill.show import read_show
from skill.store.contract import Store

STORE_FILE = "nightfeed.sqlite3"
KEY_FILE = "listener.key"
KEY_BYTES = 32


def read_house(settings: Settings) -> House:
    """Library, prompts, show and store. Raises NightfeedError for what cannot be read."""
    library = _read_library(settings.library)
    if not library.guides:
        raise NightfeedError(f"{settings.library}: there are no guides in it; make it with: nightfeed record")
    return House(
        library=library,
        prompts=read_prompts(settings.content / "prompts" / "en.toml"),
        show=read_show(settings.content / "show.toml"),
        store=open_store(settings),
        listener_key=read_listener_key(settings),
        clock=lambda: datetime.now(UTC),
        synonyms=read_synonyms(settings.content / "synonyms.toml"),
    )


def keep_for_good() -> None:
    """Whatever is there now stays to the end: the garbage collector need not look through it ever again."""
    gc.freeze()


def _read_library(path: Path) -> Library:
    # Nothing in it is garbage, and looking for some takes longer than reading.
    gc.disable()
    try:
        return read_library(path)
    finally:
        gc.enable()


def open_store(settings: Settings) -> Store:
    """The store in the DynamoDB table, if one is named; else in the data folder: made when needed.

    Raises NightfeedError where DynamoDB cannot be asked at all.
    """
    # Only one of them is needed.
    if settings.table:
        from skill.store.dynamodb import DynamoStore

        return DynamoStore(settings.table, settings.region)
    from skill.store.sqlite import SqliteStore

    return SqliteStore(settings.data / STORE_FILE)


def read_listener_key(settings: Settings) -> bytes:
    """The configured key; else the one in the data folder, made at the first start."""
    if settings.listener_key:
        return settings.listener_key.encode()
    path = settings.data / KEY_FILE
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        return _made_or_read(path)
    except OSError as error:
        raise NightfeedError(
            f"{path}: the listener key cannot be kept ({error.strerror}); "
            "set NIGHTFEED_LISTENER_KEY, or NIGHTFEED_DATA to a folder that can be written"
        ) from None


def _made_or_read(path: Path) -> bytes:
    key = secrets.token_hex(KEY_BYTES)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(key)
        # A link, unlike a rename, never takes the place of a key that another start has just made.
        os.link(draft, path)
    except FileExistsError:
        return path.read_bytes()
    finally:
        draft.unlink(missing_ok=True)
    return key.encode()
