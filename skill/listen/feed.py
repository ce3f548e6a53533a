"""The podcast feed: RSS 2.0 with the tags of iTunes and Podcasting 2.0. Pure.

Rules: "Podcast RSS feed requirements" (Apple), the namespace at podcastindex.org.
"""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import XMLGenerator

from feedgenerator import Enclosure, Rss201rev2Feed

from skill.library import Episode, Guide, Library
from skill.show import Show

FEED_FILE = "feed.xml"
NAMESPACES = {
    "xmlns:itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "xmlns:podcast": "https://podcastindex.org/namespace/1.0",
}
PODCAST_NAMESPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""Of the ids that shows have in Podcasting 2.0 (podcast:guid)."""
PUBLISHED_AT = 6
"""Hour of the day, UTC, at which guides count as published."""
MOST_DESCRIPTION = 4_000
"""Bytes of the show's description (Apple)."""


def feed(library: Library, show: Show, base_url: str) -> bytes:
    """The feed with every recorded episode, newest first; its addresses are below that one."""
    audio = f"{base_url}/audio"
    made = _PodcastFeed(
        title=show.name,
        link=f"{base_url}/",
        description=show.description.encode()[:MOST_DESCRIPTION].decode(errors="ignore"),
        language=show.language,
        feed_url=f"{base_url}/{FEED_FILE}",
        author_name=show.publisher,
        show=show,
        cover=f"{audio}/{library.cover_file}",
    )
    for guide in library.guides:
        if guide.episode:
            made.add_item(**_item(guide, guide.episode, base_url, audio))
    written: bytes = made.writeString("utf-8").encode()
    return written


def guid(guide: Guide) -> str:
    """What podcast apps know the episode by: it stays, wherever the feed moves, whatever is recorded anew."""
    return f"urn:nightfeed:guide:{guide.slug}"


def podcast_guid(show: Show) -> str:
    """What the show is known by everywhere: of the address of its feed, without scheme (podcast:guid)."""
    address = f"{show.base_url}/{FEED_FILE}".partition("://")[2]
    return str(uuid.uuid5(PODCAST_NAMESPACE, address))


def published(guide: Guide) -> datetime:
    """When the guide counts as published."""
    return datetime.fromisoformat(guide.published).replace(hour=PUBLISHED_AT, tzinfo=UTC)


def _item(guide: Guide, episode: Episode, base_url: str, audio: str) -> Mapping[str, Any]:
    parts = "; ".join(section.heading for section in guide.sections)
    return {
        "title": guide.title,
        "link": f"{base_url}/{guide.slug}/",
        "description": f"{guide.topic}. In this guide: {parts}.",
        "unique_id": guid(guide),
        "unique_id_is_permalink": False,
        "pubdate": published(guide),
        "enclosures": [Enclosure(f"{audio}/{episode.file}", str(episode.size), "audio/mpeg")],
        "episode": episode,
        "audio": audio,
    }


class _PodcastFeed(Rss201rev2Feed):  # type: ignore[misc]
    """What the library writes, with what podcast apps want beside it."""

    def rss_attributes(self) -> dict[str, str]:
        return {**super().rss_attributes(), **NAMESPACES}

    def root_attributes(self) -> dict[str, str]:
        return {}

    def add_root_elements(self, handler: XMLGenerator) -> None:
        super().add_root_elements(handler)
        show: Show = self.feed["show"]
        add: Any = handler.addQuickElement  # type: ignore[attr-defined]
        add("itunes:author", show.publisher)
        add("itunes:image", attrs={"href": self.feed["cover"]})
        handler.startElement("itunes:category", {"text": show.podcast.category})  # type: ignore[arg-type]
        if show.podcast.subcategory:
            add("itunes:category", attrs={"text": show.podcast.subcategory})
        handler.endElement("itunes:category")
        add("itunes:explicit", "false")
        add("itunes:type", "episodic")
        if show.podcast.email:
            handler.startElement("itunes:owner", {})  # type: ignore[arg-type]
            add("itunes:name", show.publisher)
            add("itunes:email", show.podcast.email)
            handler.endElement("itunes:owner")
        add("podcast:guid", podcast_guid(show))
        add("podcast:locked", "yes", {"owner": show.podcast.email} if show.podcast.email else {})
        add("podcast:medium", "podcast")
        add("podcast:person", show.publisher, {"role": "host"})

    def add_item_elements(self, handler: XMLGenerator, item: Mapping[str, Any]) -> None:
        super().add_item_elements(handler, item)
        add: Any = handler.addQuickElement  # type: ignore[attr-defined]
        episode: Episode = item["episode"]
        add("itunes:title", item["title"])
        add("itunes:duration", str(round(episode.seconds)))
        add("itunes:explicit", "false")
        add("itunes:episodeType", "full")
        add("itunes:image", attrs={"href": f"{item['audio']}/{episode.cover_file}"})
        chapters = {"url": f"{item['audio']}/{episode.chapters_file}", "type": "application/json+chapters"}
        add("podcast:chapters", attrs=chapters)
        transcript = {"url": f"{item['audio']}/{episode.transcript_file}", "type": "text/vtt"}
        add("podcast:transcript", attrs={**transcript, "language": self.feed["show"].language})
        timed = {**transcript, "url": f"{item['audio']}/{episode.words_file}", "rel": "captions"}
        add("podcast:transcript", attrs={**timed, "language": self.feed["show"].language})
