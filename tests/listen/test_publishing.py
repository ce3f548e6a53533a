"""The published site: whole, the same on every run, and nothing of others touched."""

import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from skill.errors import NightfeedError
from skill.library import Library, read_library
from skill.listen import publishing
from skill.listen.publishing import publish
from skill.listen.site import SiteFile, site_files
from skill.show import read_show
from tests.listen.test_listening import Links
from tests.server import PROJECT, ask, nightfeed

AUDIO = PROJECT / "audio"
LIBRARY = read_library(AUDIO / "library.json")
SHOW = read_show(PROJECT / "content" / "show.toml")
BASE = "https://guides.example/nightfeed"
OURS = {".nightfeed.json", ".nightfeed.lock"}


def put(out: Path, library: Library = LIBRARY, base: str = BASE) -> tuple[int, int]:
    return publish(site_files(library, SHOW, base), library, AUDIO, out)


def files(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and path.name not in OURS
    }


def dead_links(address: str) -> list[str]:
    """What a published site names and has not, from its home page on."""
    seen, waiting, dead = set[str](), [f"{address}/"], []
    while waiting:
        here = waiting.pop()
        answer = ask(address, urlsplit(here).path)
        if answer.status != HTTPStatus.OK:
            dead.append(here)
        if answer.headers["Content-Type"].startswith("text/html"):
            links = {urljoin(here, link).split("#")[0] for link in Links(answer.text).found}
            new = {link for link in links - seen if link.startswith(f"{address}/")}
            seen |= new
            waiting += new
    assert len(seen) > 10
    return dead


def test_a_plain_web_host_serves_it_whole(tmp_path: Path) -> None:
    put(tmp_path / "site")
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=tmp_path / "site")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as host:
        threading.Thread(target=host.serve_forever, daemon=True).start()
        assert dead_links(f"http://127.0.0.1:{host.server_port}") == []
        host.shutdown()


def test_it_holds_all_that_the_feed_names_and_takes_no_votes(tmp_path: Path) -> None:
    put(tmp_path)
    feed = (tmp_path / "feed.xml").read_text(encoding="utf-8")
    addresses = [part.split('"')[0] for part in feed.split('="')[1:] if part.startswith(f"{BASE}/audio/")]
    assert len(addresses) == 1 + 5 * len(LIBRARY.guides)
    assert all((tmp_path / address.removeprefix(f"{BASE}/")).is_file() for address in addresses)
    assert not [path for path in tmp_path.rglob("*.html") if "<form" in path.read_text(encoding="utf-8")]
    assert not list(tmp_path.rglob("*talk*"))


def test_a_second_run_changes_nothing_and_another_machine_makes_the_same(tmp_path: Path) -> None:
    written, removed = put(tmp_path / "one")
    assert written == len(files(tmp_path / "one")) and removed == 0
    stamps = {
        path: path.stat().st_mtime_ns for path in (tmp_path / "one").rglob("*") if path.name not in OURS
    }
    assert put(tmp_path / "one") == (0, 0)
    assert all(path.stat().st_mtime_ns == stamp for path, stamp in stamps.items() if path.is_file())
    put(tmp_path / "two")
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_what_is_no_longer_ours_goes_and_nothing_else_does(tmp_path: Path) -> None:
    put(tmp_path)
    gone = LIBRARY.guides[1]
    (tmp_path / "robots.txt").write_text("theirs")
    (tmp_path / "audio" / "jingle.mp3").write_text("theirs")
    put(tmp_path, Library(LIBRARY.recorded[:1], LIBRARY.cover_file))
    assert not (tmp_path / gone.slug).exists() and not (tmp_path / "audio" / gone.slug).exists()
    left = files(tmp_path)
    assert left.pop("robots.txt") == left.pop("audio/jingle.mp3") == b"theirs"
    other = tmp_path.parent / "other"
    put(other, Library(LIBRARY.recorded[:1], LIBRARY.cover_file))
    assert left == files(other)


def test_a_file_of_somebody_elses_in_our_place_is_left_and_told(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("theirs")
    with pytest.raises(NightfeedError, match=r"index\.html: is there already, and not of ours"):
        put(tmp_path)
    assert files(tmp_path) == {"index.html": b"theirs"}


def test_a_missing_recording_is_told_before_anything_is_written(tmp_path: Path) -> None:
    audio = tmp_path / "audio"
    shutil.copytree(AUDIO, audio)
    file = LIBRARY.guides[0].tip.clips[0].file
    (audio / file).unlink()
    with pytest.raises(NightfeedError, match="is missing; make it with: nightfeed record"):
        publish(site_files(LIBRARY, SHOW, BASE), LIBRARY, audio, tmp_path / "site")
    assert files(tmp_path / "site") == {}


class Stopped(BaseException):
    """Somebody pulls the plug."""


@pytest.mark.parametrize("step", ["_put", "replace", "_remove"])
@pytest.mark.parametrize("number", [0, 1, 3])
def test_stopped_half_way_the_old_site_still_works_and_the_next_run_finishes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int
) -> None:
    def stopping(real: Callable[..., object]) -> Callable[..., object]:
        count = iter(range(1000))

        def step(*values: object) -> object:
            if next(count) == number:
                raise Stopped
            return real(*values)

        return step

    out = tmp_path / "site"
    put(out, Library(LIBRARY.recorded[1:], LIBRARY.cover_file), "https://old.example")
    with monkeypatch.context() as patched:
        owner: object = Path if step == "replace" else publishing
        patched.setattr(owner, step, stopping(getattr(owner, step)))
        with pytest.raises(Stopped):
            put(out, Library(LIBRARY.recorded[:1], LIBRARY.cover_file))
    for page in out.rglob("index.html"):
        if publishing.STAGE in page.parts:
            continue
        for link in Links(page.read_text(encoding="utf-8")).found:
            if not urlsplit(link).scheme:
                path = (page.parent / link.split("#")[0]).resolve()
                assert path.is_file() or (path / "index.html").is_file(), (page, link)
    put(out, Library(LIBRARY.recorded[:1], LIBRARY.cover_file))
    put(tmp_path / "fresh", Library(LIBRARY.recorded[:1], LIBRARY.cover_file))
    assert files(out) == files(tmp_path / "fresh")


def test_two_at_once_leave_one_whole_site(tmp_path: Path) -> None:
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", "skill", "publish", "--out", str(tmp_path / "site"), "--base-url", BASE],
            cwd=PROJECT, env={**os.environ, "NIGHTFEED_PROJECT": str(PROJECT)}, stdout=subprocess.DEVNULL,
        )
        for _ in range(3)
    ]  # fmt: skip
    assert [run.wait(60) for run in runs] == [0, 0, 0]
    put(tmp_path / "other")
    assert files(tmp_path / "site") == files(tmp_path / "other")


def test_a_full_disk_is_told_in_one_line_and_leaves_the_old_site(tmp_path: Path) -> None:
    put(tmp_path / "site", Library(LIBRARY.recorded[1:], LIBRARY.cover_file))
    before = files(tmp_path / "site")
    limited = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (50000, 50000));"
        "from skill.cli import main; main()"
    )
    run = subprocess.run(
        [sys.executable, "-c", limited, "publish", "--out", str(tmp_path / "site")],
        cwd=PROJECT, env={**os.environ, "NIGHTFEED_PROJECT": str(PROJECT)}, capture_output=True, text=True,
    )  # fmt: skip
    assert run.returncode == 2 and run.stderr.count("\n") == 1 and "make room" in run.stderr
    after = {path: data for path, data in files(tmp_path / "site").items() if not path.startswith(".")}
    assert after == before


@pytest.mark.parametrize(
    "address", ["guides.example", "ftp://x.example", "https://x.example/?a=b", "https://"]
)
def test_what_is_no_web_address_is_told(tmp_path: Path, address: str) -> None:
    run = nightfeed(tmp_path, "publish", "--out", str(tmp_path / "site"), "--base-url", address)
    assert run.returncode == 2 and "not a web address" in run.stderr
    assert not (tmp_path / "site").exists()


def test_a_site_file_that_lasts_holds_its_hash() -> None:
    site = site_files(LIBRARY, SHOW, BASE)
    assert {path for path, file in site.items() if file.lasting} == {
        path for path in site if path.startswith("assets/")
    }
    assert isinstance(site[""], SiteFile)
