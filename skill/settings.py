"""What differs from machine to machine: read once, at start, from the environment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

from skill.errors import NightfeedError


@dataclass(frozen=True)
class Settings:
    """Where things are, and who may call."""

    project: Path
    """The folder that holds content/ and audio/ (NIGHTFEED_PROJECT; else here, above, or the checkout)."""
    data: Path
    """Where the listeners' SQLite file and key are (NIGHTFEED_DATA; else the user's data folder)."""
    cache: Path
    """Where spoken sentences are kept (NIGHTFEED_CACHE; else the user's cache folder)."""
    voices: Path
    """Where the house voice is installed (NIGHTFEED_VOICES; else below the user's data folder)."""
    audio_url: str
    """Public https address of the recordings (NIGHTFEED_AUDIO_URL); empty if there is none."""
    skill_id: str
    """The only application id that may call (NIGHTFEED_SKILL_ID); empty for any."""
    listener_key: str
    """What listener ids are hashed with (NIGHTFEED_LISTENER_KEY); empty for the key in the data folder."""
    client_id: str = ""
    """Of the skill, for announcing guides (NIGHTFEED_CLIENT_ID)."""
    client_secret: str = field(default="", repr=False)
    """Of the skill, for announcing guides (NIGHTFEED_CLIENT_SECRET)."""
    table: str = ""
    """The DynamoDB table of the listeners (NIGHTFEED_TABLE); empty: SQLite in the data folder."""
    region: str = ""
    """Where that is (AWS_REGION, else AWS_DEFAULT_REGION); empty for the one in AWS's own settings."""

    @property
    def content(self) -> Path:
        """Guides, prompts, phrases, lexicon and show."""
        return self.project / "content"

    @property
    def audio(self) -> Path:
        """Recordings and their catalogue."""
        return self.project / "audio"

    @property
    def library(self) -> Path:
        """The catalogue."""
        return self.audio / "library.json"


def read_settings(environment: Mapping[str, str], folder: Path) -> Settings:
    """The settings; `folder` is where the command runs. Raises NightfeedError for one that cannot be used."""
    audio_url = environment.get("NIGHTFEED_AUDIO_URL", "").rstrip("/")
    if audio_url and not audio_url.startswith("https://"):
        raise NightfeedError(
            f"NIGHTFEED_AUDIO_URL={audio_url}: Alexa plays https only; give an https:// address"
        )
    data = _folder(environment, "NIGHTFEED_DATA", platformdirs.user_data_path("nightfeed", appauthor=False))
    return Settings(
        project=_project(environment, folder),
        data=data,
        cache=_folder(
            environment, "NIGHTFEED_CACHE", platformdirs.user_cache_path("nightfeed", appauthor=False)
        ),
        voices=_folder(
            environment,
            "NIGHTFEED_VOICES",
            platformdirs.user_data_path("nightfeed", appauthor=False) / "voices",
        ),
        audio_url=audio_url,
        skill_id=environment.get("NIGHTFEED_SKILL_ID", ""),
        listener_key=environment.get("NIGHTFEED_LISTENER_KEY", ""),
        client_id=environment.get("NIGHTFEED_CLIENT_ID", ""),
        client_secret=environment.get("NIGHTFEED_CLIENT_SECRET", ""),
        table=environment.get("NIGHTFEED_TABLE", ""),
        region=environment.get("AWS_REGION", "") or environment.get("AWS_DEFAULT_REGION", ""),
    )


def _folder(environment: Mapping[str, str], name: str, default: Path) -> Path:
    given = environment.get(name, "")
    return Path(given).expanduser() if given else default


def _project(environment: Mapping[str, str], folder: Path) -> Path:
    given = environment.get("NIGHTFEED_PROJECT", "")
    if given:
        return Path(given).expanduser()
    here = folder.resolve()
    checkout = Path(__file__).resolve().parent.parent
    for candidate in (here, *here.parents, checkout):
        if (candidate / "content" / "show.toml").is_file():
            return candidate
    return here
