"""The feed, held to the rules of podcast apps: Apple's, and those of Podcasting 2.0."""

import io
import uuid
from dataclasses import replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import pytest
from PIL import Image

from skill.library import Library, read_library
from skill.limits import COVER_PIXELS
from skill.listen.feed import PODCAST_NAMESPACE, feed
from skill.show import Podcast, read_show
from tests.small_library import library as small_library

ROOT = Path(__file__).parent.parent.parent
LIBRARY = read_library(ROOT / "audio" / "library.json")
SHOW = read_show(ROOT / "content" / "show.toml")
BASE = "https://guides.example/nightfeed"
SPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "atom": "http://www.w3.org/2005/Atom",
}


@pytest.fixture(scope="module")
def channel() -> ElementTree.Element:
    """The whole show, as XML."""
    (channel,) = ElementTree.fromstring(feed(LIBRARY, SHOW, BASE))
    return channel


def text(element: ElementTree.Element, name: str) -> str:
    (found,) = element.findall(name, SPACES)
    return found.text or ""


def attributes(element: ElementTree.Element, name: str) -> dict[str, str]:
    (found,) = element.findall(name, SPACES)
    return found.attrib


def file_of(address: str) -> bytes:
    return (ROOT / address.removeprefix(f"{BASE}/")).read_bytes()


def test_a_podcast_app_reads_it_without_a_complaint() -> None:
    read = feedparser.parse(feed(LIBRARY, SHOW, BASE))
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == "rss20" and read.encoding == "utf-8"
    assert [entry.title for entry in read.entries] == [guide.title for guide in LIBRARY.guides]
    assert all(entry.published_parsed and entry.links and entry.summary for entry in read.entries)


def test_the_show_has_all_that_directories_ask_for(channel: ElementTree.Element) -> None:
    assert (text(channel, "title"), text(channel, "language")) == (SHOW.name, SHOW.language)
    assert 0 < len(text(channel, "description").encode()) <= 4_000
    assert text(channel, "link") == f"{BASE}/"
    assert attributes(channel, "atom:link") == {"rel": "self", "href": f"{BASE}/feed.xml"}
    assert text(channel, "itunes:author") == SHOW.publisher
    assert text(channel, "itunes:explicit") == "false"
    assert text(channel, "itunes:type") == "episodic"
    (category,) = channel.findall("itunes:category", SPACES)
    assert category.attrib == {"text": "Kids & Family"}
    assert attributes(category, "itunes:category") == {"text": "Parenting"}
    picture = Image.open(io.BytesIO(file_of(attributes(channel, "itunes:image")["href"])))
    assert picture.size == (COVER_PIXELS, COVER_PIXELS) and picture.mode == "RGB" and picture.format == "JPEG"
    assert (text(channel, "podcast:medium"), text(channel, "podcast:locked")) == ("podcast", "yes")
    assert channel.findall("podcast:person", SPACES)
    assert channel.findall("itunes:owner", SPACES) == []


def test_an_owner_is_told_where_one_may_be_written_to() -> None:
    show = replace(SHOW, podcast=Podcast(subcategory="", email="us@example.org"))
    (channel,) = ElementTree.fromstring(feed(LIBRARY, show, BASE))
    (owner,) = channel.findall("itunes:owner", SPACES)
    assert (text(owner, "itunes:name"), text(owner, "itunes:email")) == (SHOW.publisher, "us@example.org")
    assert attributes(channel, "podcast:locked") == {"owner": "us@example.org"}
    (category,) = channel.findall("itunes:category", SPACES)
    assert list(category) == []


def test_the_shows_id_is_that_of_its_public_address_wherever_it_is_read_from() -> None:
    told = uuid.uuid5(PODCAST_NAMESPACE, "nightfeed.example/feed.xml")
    for base in (BASE, "http://127.0.0.1:8000"):
        (channel,) = ElementTree.fromstring(feed(LIBRARY, SHOW, base))
        assert text(channel, "podcast:guid") == str(told)


@pytest.mark.parametrize("number", range(len(LIBRARY.guides)))
def test_an_episode_is_what_its_files_are(channel: ElementTree.Element, number: int) -> None:
    item, guide = channel.findall("item")[number], LIBRARY.guides[number]
    enclosure = attributes(item, "enclosure")
    data = file_of(enclosure["url"])
    assert enclosure["length"] == str(len(data)) and enclosure["type"] == "audio/mpeg"
    assert data.startswith(b"ID3") and urlsplit(enclosure["url"]).path.endswith(".mp3")
    assert guide.episode and text(item, "itunes:duration") == str(round(guide.episode.seconds))
    assert parsedate_to_datetime(text(item, "pubDate")).date().isoformat() == guide.published
    assert text(item, "link") == f"{BASE}/{guide.slug}/"
    assert (text(item, "itunes:explicit"), text(item, "itunes:episodeType")) == ("false", "full")
    assert file_of(attributes(item, "itunes:image")["href"]).startswith(b"\xff\xd8")
    chapters = attributes(item, "podcast:chapters")
    assert chapters["type"] == "application/json+chapters" and b"startTime" in file_of(chapters["url"])
    plain, timed = (found.attrib for found in item.findall("podcast:transcript", SPACES))
    for transcript in (plain, timed):
        assert transcript["type"] == "text/vtt" and transcript["language"] == SHOW.language
        assert file_of(transcript["url"]).startswith(b"WEBVTT")
    assert timed["rel"] == "captions" and "rel" not in plain
    assert b"<00:00:" in file_of(timed["url"]) and b"<00:00:" not in file_of(plain["url"])


def test_an_episodes_id_stays_when_feed_and_recording_change(channel: ElementTree.Element) -> None:
    (item, *_) = channel.findall("item")
    assert text(item, "guid") == "urn:nightfeed:guide:building-secure-relationships"
    assert attributes(item, "guid") == {"isPermaLink": "false"}


def test_a_guide_without_an_episode_is_left_out_and_signs_are_escaped() -> None:
    sleep, food = small_library().recorded
    odd = replace(sleep, guide=replace(sleep.guide, title="Night & <day>"))
    (channel,) = ElementTree.fromstring(feed(Library((odd, food)), SHOW, BASE))
    assert [text(item, "title") for item in channel.findall("item")] == ["Night & <day>"]


def test_the_same_library_gives_the_same_bytes() -> None:
    assert feed(LIBRARY, SHOW, BASE) == feed(LIBRARY, SHOW, BASE)
