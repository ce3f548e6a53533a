"""Pages, feed and votes over real HTTP."""

import re
import sqlite3
from html.parser import HTMLParser
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlencode, urljoin, urlsplit

import pytest

from skill.library import read_library
from tests.server import PROJECT, Server, nightfeed, serving

LIBRARY = read_library(PROJECT / "audio" / "library.json")
GUIDE = LIBRARY.guides[0]
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Links(HTMLParser):
    """Every address that a page names."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ("href", "src", "data-cover") and value]


def vote(server: Server, helpful: str = "yes", listener: str = "a", **headers: str) -> HTTPStatus:
    body = urlencode({"helpful": helpful, "listener": listener}).encode()
    return HTTPStatus(server.ask(f"/{GUIDE.slug}/vote", "POST", body, FORM | headers).status)


def votes(server: Server) -> list[str]:
    told = nightfeed(server.data, "report", "--json")
    return re.findall(r'"(?:yes|no)": \d+', told.stdout)


@pytest.mark.parametrize("path", ["/", f"/{GUIDE.slug}/"])
def test_every_address_on_a_page_is_there_or_elsewhere(unsigned: Server, path: str) -> None:
    page = unsigned.ask(path)
    assert page.status == HTTPStatus.OK and page.headers["Content-Type"].startswith("text/html")
    links = {urljoin(f"{unsigned.address}{path}", link) for link in Links(page.text).found}
    ours = {link for link in links if link.startswith(f"{unsigned.address}/")}
    assert len(ours) > 8
    for link in ours:
        assert unsigned.ask(urlsplit(link).path).status == HTTPStatus.OK, link
    assert all(urlsplit(link).scheme in ("podcast",) for link in links - ours)


def test_the_guides_page_holds_player_chapters_and_words_without_any_script(unsigned: Server) -> None:
    page = unsigned.ask(f"/{GUIDE.slug}/").text
    assert GUIDE.episode
    assert f'controls preload="metadata" src="../audio/{GUIDE.episode.file}"' in page
    for chapter in GUIDE.episode.chapters:
        assert f'{GUIDE.episode.file}#t={chapter.start}"' in page
        for paragraph in chapter.paragraphs:
            for sentence in paragraph:
                assert f'data-start="{sentence.start}">' in page
    assert page.count("<h1") == 1 and f"<h1>{GUIDE.title}</h1>" in page


def test_the_home_page_is_light(unsigned: Server) -> None:
    paths = ["/", *(f"/{link}" for link in Links(unsigned.ask("/").text).found if link.startswith("assets/"))]
    assert len(paths) == 4
    assert sum(len(unsigned.ask(path).body) for path in paths) < 100_000


@pytest.mark.parametrize("path", ["/", "/feed.xml", f"/{GUIDE.slug}/", "/service-worker.js"])
def test_what_has_not_changed_is_not_sent_again(unsigned: Server, path: str) -> None:
    first = unsigned.ask(path)
    assert first.headers["Last-Modified"] and "no-cache" in first.headers["Cache-Control"]
    again = unsigned.ask(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status, again.body) == (HTTPStatus.NOT_MODIFIED, b"")
    assert unsigned.ask(path, headers={"If-None-Match": '"other"'}).status == HTTPStatus.OK
    head = unsigned.ask(path, "HEAD")
    assert (head.status, head.body) == (HTTPStatus.OK, b"")
    assert (
        head.headers["Content-Length"] == str(len(first.body))
        and head.headers["ETag"] == first.headers["ETag"]
    )


def test_an_asset_may_be_kept_for_good(unsigned: Server) -> None:
    (path,) = re.findall(r"assets/listen-[0-9a-f]{16}\.js", unsigned.ask("/").text)
    answer = unsigned.ask(f"/{path}")
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Type"].startswith("text/javascript")


def test_pages_let_nothing_run_that_is_not_theirs(unsigned: Server) -> None:
    policy = unsigned.ask("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy


def test_a_page_without_its_slash_is_found(unsigned: Server) -> None:
    answer = unsigned.ask(f"/{GUIDE.slug}")
    assert answer.status == HTTPStatus.PERMANENT_REDIRECT
    assert urlsplit(answer.headers["Location"]).path == f"/{GUIDE.slug}/"


@pytest.mark.parametrize(
    ("ending", "kind"),
    [
        ("json", "application/json+chapters"),
        ("vtt", "text/vtt"),
        ("jpg", "image/jpeg"),
        ("mp3", "audio/mpeg"),
    ],
)
def test_an_episodes_files_are_served_as_what_they_are(unsigned: Server, ending: str, kind: str) -> None:
    assert GUIDE.episode
    (file,) = (file for file in GUIDE.episode.files if Path(file).suffixes == [f".{ending}"])
    answer = unsigned.ask(f"/audio/{file}")
    assert answer.body == (PROJECT / "audio" / file).read_bytes()
    assert answer.headers["Content-Type"].split(";")[0] == kind
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_on_a_public_address_links_are_those_of_the_show(public: Server) -> None:
    assert "https://nightfeed.example/feed.xml" in public.ask("/").text
    assert 'href="talk"' not in public.ask("/").text


# votes


def test_a_vote_is_kept_once_for_each_browser_and_can_be_changed(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        assert vote(server, "no", Accept="application/json") == HTTPStatus.NO_CONTENT
        assert vote(server, "yes", Accept="application/json") == HTTPStatus.NO_CONTENT
        assert vote(server, "no", "another", Accept="application/json") == HTTPStatus.NO_CONTENT
        assert votes(server)[:2] == ['"yes": 1', '"no": 1']
        kept = sqlite3.connect(next(server.data.glob("*.sqlite3"))).iterdump()
        assert "another" not in "".join(kept)


def test_without_a_script_the_voter_is_thanked_on_a_page(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        body = urlencode({"helpful": "yes"}).encode()
        answer = server.ask(f"/{GUIDE.slug}/vote", "POST", body, FORM)
        assert answer.status == HTTPStatus.SEE_OTHER
        thanks = urljoin(f"/{GUIDE.slug}/vote", answer.headers["Location"])
        assert "Thank you" in server.ask(urlsplit(thanks).path).text
        assert votes(server)[0] == '"yes": 1'


def test_what_is_no_vote_is_refused(unsigned: Server) -> None:
    assert vote(unsigned, "maybe") == HTTPStatus.BAD_REQUEST
    assert vote(unsigned, "yes", "x" * 65) == HTTPStatus.BAD_REQUEST
    assert vote(unsigned, "yes", **{"Sec-Fetch-Site": "cross-site"}) == HTTPStatus.FORBIDDEN
    body = urlencode({"helpful": "yes"}).encode()
    assert unsigned.ask("/nothing/vote", "POST", body, FORM).status == HTTPStatus.NOT_FOUND


def test_nobody_fills_the_store_with_votes(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        came = [vote(server, listener=str(number), Accept="application/json") for number in range(40)]
    assert set(came[:30]) == {HTTPStatus.NO_CONTENT} and set(came[30:]) == {HTTPStatus.TOO_MANY_REQUESTS}


def test_a_vote_that_cannot_be_kept_is_not_confirmed(tmp_path: Path) -> None:
    (tmp_path / "data" / "nightfeed.sqlite3").mkdir(parents=True)
    with serving(tmp_path) as server:
        assert vote(server) == HTTPStatus.SERVICE_UNAVAILABLE
