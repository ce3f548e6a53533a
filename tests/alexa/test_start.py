import gc
import json
import stat
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from skill.alexa.start import KEY_FILE, STORE_FILE, open_store, read_house, read_listener_key
from skill.errors import NightfeedError
from skill.finding.synonyms import read_synonyms
from skill.prompts import read_prompts
from skill.settings import Settings, read_settings
from skill.show import read_show
from skill.store.dynamodb import DynamoStore
from skill.store.sqlite import SqliteStore
from tests.conversing import CONTENT


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return replace(read_settings({}, CONTENT.parent), data=tmp_path / "new" / "data")


def test_a_house_is_what_the_projects_files_say(settings: Settings) -> None:
    house = read_house(settings)
    assert {guide.slug for guide in house.library.guides} >= {"building-secure-relationships"}
    assert house.show == read_show(CONTENT / "show.toml")
    assert house.prompts.texts == read_prompts(CONTENT / "prompts" / "en.toml").texts
    assert house.synonyms == read_synonyms(CONTENT / "synonyms.toml")
    assert house.listener_key == read_listener_key(settings)
    assert abs((house.clock() - datetime.now(UTC)).total_seconds()) < 60
    assert gc.isenabled()


def test_a_library_without_guides_is_told_with_the_remedy(settings: Settings, tmp_path: Path) -> None:
    empty = replace(settings, project=tmp_path)
    library = json.loads(settings.library.read_bytes())
    empty.audio.mkdir()
    empty.library.write_text(json.dumps({**library, "recorded": []}), encoding="utf-8")
    with pytest.raises(NightfeedError, match=r"library\.json: .*nightfeed record"):
        read_house(empty)


def test_listeners_are_kept_in_the_data_folder_or_in_the_table_that_is_named(settings: Settings) -> None:
    store = open_store(settings)
    assert isinstance(store, SqliteStore)
    store.start("somebody", "sleep", datetime.now(UTC))
    assert (settings.data / STORE_FILE).is_file()
    assert isinstance(open_store(replace(settings, table="listeners", region="eu-west-1")), DynamoStore)


def test_the_listener_key_is_made_once_and_for_its_owner_alone(settings: Settings) -> None:
    key = read_listener_key(settings)
    assert len(bytes.fromhex(key.decode())) == 32
    assert read_listener_key(settings) == key
    assert read_listener_key(replace(settings, data=settings.data.with_name("other"))) != key
    (file,) = settings.data.iterdir()
    assert file.name == KEY_FILE and file.read_bytes() == key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_key_that_is_configured_goes_before(settings: Settings) -> None:
    assert read_listener_key(replace(settings, listener_key="ours")) == b"ours"
    assert not settings.data.exists()


def test_a_folder_that_cannot_hold_the_key_is_told_with_what_to_set(settings: Settings) -> None:
    settings.data.parent.write_text("no folder")
    with pytest.raises(NightfeedError) as caught:
        read_listener_key(settings)
    assert str(caught.value) == (
        f"{settings.data / KEY_FILE}: the listener key cannot be kept (Not a directory); "
        "set NIGHTFEED_LISTENER_KEY, or NIGHTFEED_DATA to a folder that can be written"
    )
