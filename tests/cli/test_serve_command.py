"""nightfeed serve, run as people run it: what it refuses to start with, and how it ends."""

import shutil
import signal
import socket
import subprocess
from http import HTTPStatus
from pathlib import Path

import pytest

from tests.server import PROJECT, nightfeed, serving


def told(run: subprocess.CompletedProcess[str]) -> str:
    """The one line of an error, with nothing beside it."""
    assert (run.returncode, run.stdout) == (2, "")
    (line,) = run.stderr.splitlines()
    assert line.startswith("nightfeed: ")
    return line


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "nightfeed.example"])
def test_answering_anybody_is_for_loopback_only(tmp_path: Path, host: str) -> None:
    line = told(nightfeed(tmp_path, "serve", "--unsigned", "--host", host))
    assert "--unsigned" in line and host in line


def test_a_port_in_use_is_told_with_the_remedy(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        line = told(nightfeed(tmp_path, "serve", "--port", str(port)))
    assert f"127.0.0.1:{port}" in line and "choose another --host or --port" in line


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_a_port_that_cannot_be_is_refused(tmp_path: Path, port: str) -> None:
    assert "--port" in told(nightfeed(tmp_path, "serve", "--port", port))


def test_an_address_of_another_machine_is_refused(tmp_path: Path) -> None:
    assert "192.0.2.1" in told(nightfeed(tmp_path, "serve", "--host", "192.0.2.1", "--port", "0"))


def test_an_audio_address_that_alexa_cannot_play_is_refused(tmp_path: Path) -> None:
    line = told(nightfeed(tmp_path, "serve", "--port", "0", NIGHTFEED_AUDIO_URL="http://cdn.example/audio"))
    assert "NIGHTFEED_AUDIO_URL=http://cdn.example/audio" in line and "https" in line


def test_without_a_library_the_way_to_one_is_told(tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "content", tmp_path / "content")
    line = told(nightfeed(tmp_path, "serve", "--port", "0", NIGHTFEED_PROJECT=str(tmp_path)))
    assert "library.json" in line and "nightfeed record" in line


def test_a_library_without_guides_is_refused(tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "content", tmp_path / "content")
    (tmp_path / "audio").mkdir()
    (tmp_path / "audio" / "library.json").write_text('{"recorded": []}')
    line = told(nightfeed(tmp_path, "serve", "--port", "0", NIGHTFEED_PROJECT=str(tmp_path)))
    assert "library.json" in line and "no guides" in line


def test_the_data_folder_can_be_named(tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    with serving(tmp_path, "--data", str(folder)) as server:
        assert server.ask("/health").status == HTTPStatus.OK
    assert list(folder.iterdir())
    assert not server.data.exists()


@pytest.mark.parametrize("options", [["--unsigned"], []], ids=["unsigned", "signed"])
def test_who_may_call_is_told_where_it_is_anybody(tmp_path: Path, options: list[str]) -> None:
    with serving(tmp_path, *options) as server:
        server.ask("/health")
        assert ("NIGHTFEED_SKILL_ID" in server.log.read_text()) is (not options)
    with serving(tmp_path, *options, NIGHTFEED_SKILL_ID="amzn1.ask.skill.ours") as server:
        server.ask("/health")
        assert "NIGHTFEED_SKILL_ID" not in server.log.read_text()


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_well_when_it_is_told_to(tmp_path: Path, ending: signal.Signals) -> None:
    with serving(tmp_path, "--unsigned") as server:
        assert server.ask("/health").status == HTTPStatus.OK
        assert server.end(ending) == 0
        assert "Traceback" not in server.log.read_text()


@pytest.mark.parametrize("first", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("second", [signal.SIGINT, signal.SIGTERM])
def test_it_may_be_told_twice(tmp_path: Path, first: signal.Signals, second: signal.Signals) -> None:
    with serving(tmp_path, "--unsigned") as server:
        assert server.ask("/health").status == HTTPStatus.OK
        server.process.send_signal(first)
        assert server.end(second) in (0, -second)  # the latter where it was already gone but for its name
        assert "Traceback" not in server.log.read_text()
