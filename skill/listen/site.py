"""The listening side as files: pages, feed, and what browsers need beside them. Pure.

The same files are served (listening.py) and published to any web host (publishing.py).
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from importlib.resources import files

from skill.library import Library
from skill.listen.feed import FEED_FILE, feed
from skill.listen.pages import Pages
from skill.show import Show

ASSETS = ("listen.css", "listen.js", "icon.svg")
"""Named with their hash in the site, so that a browser may keep them for ever."""
WORKER, MANIFEST = "service-worker.js", "manifest.webmanifest"
GROUND = "#12141c"
"""Behind the page while an installed one opens; as in listen.css."""


@dataclass(frozen=True)
class SiteFile:
    """One file of the site."""

    mimetype: str
    make: Callable[[], bytes]
    lasting: bool = False
    """Whether its name holds its hash, so that it never changes."""

    @cached_property
    def data(self) -> bytes:
        """What is in it, made when it is first asked for."""
        return self.make()


def site_files(
    library: Library, show: Show, base_url: str, votes: bool = False, talk: bool = False
) -> dict[str, SiteFile]:
    """Path → file, without the recordings, which are at audio/; a page's path is empty or ends in a slash.

    `base_url` has no trailing slash. `votes`: whether they can be sent to Nightfeed's own server; `talk`:
    whether the talk page is beside them.
    """
    assets = {name: _named(name) for name in ASSETS}
    pages = Pages(library, show, base_url, {name: path for name, (path, _) in assets.items()}, votes, talk)
    site = dict(assets.values())
    for guide in library.guides:
        if guide.episode:
            site[f"{guide.slug}/"] = _page(partial(pages.guide, guide, guide.episode))
    if votes:
        site["thanks/"] = _page(pages.thanks)
    site[""] = _page(pages.home)
    site[FEED_FILE] = SiteFile("application/rss+xml", partial(feed, library, show, base_url))
    icon = assets["icon.svg"][0]
    site[MANIFEST] = SiteFile("application/manifest+json", partial(_manifest, library, show, icon))
    site[WORKER] = SiteFile("text/javascript", partial(_worker, dict(site)))
    return site


def _page(render: Callable[[], str]) -> SiteFile:
    return SiteFile("text/html", lambda: render().encode())


def _named(name: str) -> tuple[str, SiteFile]:
    """An asset with its path, which holds its hash."""
    data = _asset(name)
    stem, _, ending = name.rpartition(".")
    kinds = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
    return f"assets/{stem}-{_hash(data)}.{ending}", SiteFile(kinds[ending], lambda: data, lasting=True)


def _asset(name: str) -> bytes:
    return files("skill.listen").joinpath("assets", name).read_bytes()


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def _manifest(library: Library, show: Show, icon: str) -> bytes:
    """The web app manifest, with addresses relative to its own."""
    cover = {"src": f"audio/{library.cover_file}", "sizes": "1400x1400", "type": "image/jpeg"}
    told = {
        "name": show.name,
        "short_name": show.name,
        "description": show.description,
        "lang": show.language,
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "background_color": GROUND,
        "theme_color": GROUND,
        "icons": [
            {"src": icon, "sizes": "any", "type": "image/svg+xml"},
            {**cover, "purpose": "any"},
            {**cover, "purpose": "maskable"},
        ],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _worker(site: Mapping[str, SiteFile]) -> bytes:
    """The service worker, which keeps the small files at once; it changes when any of them does."""
    kept = sorted(path for path, file in site.items() if file.lasting or path == "")
    version = _hash(b"".join(site[path].data for path in sorted(site)))
    head = f"const VERSION = {json.dumps(version)};\nconst KEPT = {json.dumps(kept)};\n"
    return head.encode() + _asset(WORKER)
