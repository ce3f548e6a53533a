"""Settings come from the environment, and are read once."""

from pathlib import Path

import pytest

from skill.errors import NightfeedError
from skill.settings import read_settings


def test_the_project_is_this_folder_or_one_above_it(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "show.toml").touch()
    deep = tmp_path / "content" / "guides"
    deep.mkdir()
    assert read_settings({}, deep).project == tmp_path.resolve()
    assert read_settings({"NIGHTFEED_PROJECT": "/else"}, deep).project == Path("/else")


def test_each_folder_can_be_moved(tmp_path: Path) -> None:
    environment = {"NIGHTFEED_DATA": "/d", "NIGHTFEED_CACHE": "/c", "NIGHTFEED_VOICES": "~/v"}
    settings = read_settings(environment, tmp_path)
    assert (settings.data, settings.cache, settings.voices) == (Path("/d"), Path("/c"), Path.home() / "v")


def test_folders_are_the_users_own_by_default(tmp_path: Path) -> None:
    settings = read_settings({}, tmp_path)
    assert settings.data.name == settings.cache.name == "nightfeed"
    assert settings.voices.is_relative_to(settings.data)


def test_recordings_must_be_reached_by_https(tmp_path: Path) -> None:
    assert (
        read_settings({"NIGHTFEED_AUDIO_URL": "https://cdn.example/a/"}, tmp_path).audio_url
        == "https://cdn.example/a"
    )
    with pytest.raises(NightfeedError, match="https"):
        read_settings({"NIGHTFEED_AUDIO_URL": "http://cdn.example"}, tmp_path)


def test_the_table_of_listeners_is_in_awss_own_region(tmp_path: Path) -> None:
    def place(**environment: str) -> tuple[str, str]:
        settings = read_settings(environment, tmp_path)
        return settings.table, settings.region

    assert place() == ("", "")
    assert place(NIGHTFEED_TABLE="listeners", AWS_DEFAULT_REGION="eu-west-1") == ("listeners", "eu-west-1")
    assert place(AWS_REGION="us-east-1", AWS_DEFAULT_REGION="eu-west-1") == ("", "us-east-1")
