"""The preview's pages over HTTP, on loopback: the guide's own listening page, and what is new of it."""

import hashlib
import html
import io
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import PurePosixPath

from flask import Flask, Response, abort, redirect, request, send_file
from werkzeug.wrappers import Response as AnyResponse

from skill.listen.listening import POLICY
from skill.listen.recordings import KINDS
from skill.listen.site import WORKER, SiteFile, site_files
from skill.preview.rehearsal import Performance

PATIENCE = 10.0
"""Seconds for which a page that asks for news waits before it asks again."""
ASSETS = {"preview.js": "text/javascript", "preview.css": "text/css"}
WAITING = (
    b'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Preview</title></head>'
    b"<body><main></main></body></html>"
)
"""Shown until there is a guide to show."""


@dataclass(frozen=True)
class Showing:
    """What the preview shows at a moment."""

    number: int = 0
    """Of the news: one more with every change of what is shown."""
    version: str = ""
    """Of page and recording, a hash."""
    places: tuple[float, ...] = ()
    """Seconds at which what changed begins."""
    problem: str = ""
    """What is to be mended, in a line."""
    progress: str = ""
    """What is being done."""
    site: Mapping[str, SiteFile] = field(default_factory=dict)
    recordings: Mapping[str, bytes] = field(default_factory=dict)


class Stage:
    """What is shown now; pages wait here for what comes next."""

    def __init__(self, address: str) -> None:
        """`address` is the preview's own, without a trailing slash."""
        self.now = Showing()
        self._address = address
        self._news = threading.Condition()

    def perform(self, performance: Performance) -> None:
        """Show the guide as it was rehearsed; a page that shows another is loaded anew."""
        site = site_files(performance.library, performance.show, self._address)
        # A worker would keep this guide's recordings on the editor's machine.
        del site[WORKER]
        (guide,) = performance.library.guides
        parts = (site[f"{guide.slug}/"].data, performance.files[guide.episode.file] if guide.episode else b"")
        version = hashlib.sha256(b"".join(parts)).hexdigest()[:16]
        self._show(replace(
            self.now, version=version, places=performance.places, problem="", progress="", site=site,
            recordings=performance.files,
        ))  # fmt: skip

    def tell(self, problem: str = "", progress: str = "") -> None:
        """Say this above the guide, which stays as it was."""
        self._show(replace(self.now, problem=problem, progress=progress))

    def news(self, seen: int) -> Showing:
        """What is shown, once it is something else than the number seen, or after PATIENCE."""
        with self._news:
            self._news.wait_for(lambda: self.now.number != seen, PATIENCE)
            return self.now

    def _show(self, showing: Showing) -> None:
        with self._news:
            self.now = replace(showing, number=self.now.number + 1)
            self._news.notify_all()


def create_app(stage: Stage, slug: str, draft: bool) -> Flask:
    """The preview of the guide; `draft`: what is new is in the draft voice."""
    app = Flask(__name__, static_folder=None)

    @app.get("/preview/news")
    def news() -> dict[str, object]:
        now = stage.news(request.args.get("seen", -1, type=int))
        return {
            "number": now.number, "version": now.version, "problem": now.problem, "progress": now.progress,
        }  # fmt: skip

    @app.get("/preview/<name>")
    def asset(name: str) -> Response:
        if name not in ASSETS:
            abort(404)
        return _fresh(Response(files("skill.preview").joinpath("assets", name).read_bytes()), ASSETS[name])

    @app.get("/audio/<path:file>")
    def recording(file: str) -> Response:
        data = stage.now.recordings.get(file)
        if data is None:
            abort(404)
        kind = KINDS[PurePosixPath(file).suffix]
        etag = hashlib.sha256(data).hexdigest()
        return _fresh(send_file(io.BytesIO(data), kind, etag=etag), kind)

    @app.get("/")
    def home() -> AnyResponse:
        return redirect(f"/{slug}/")

    @app.get(f"/{slug}/")
    def guide() -> Response:
        now = stage.now
        page = now.site[f"{slug}/"].data if now.site else WAITING
        told = {"version": now.version, "places": now.places, "draft": draft}
        return _fresh(Response(with_preview(page, told)), "text/html")

    @app.get("/<path:path>")
    def file(path: str) -> Response:
        found = stage.now.site.get(path)
        if not found:
            abort(404)
        return _fresh(Response(found.data), found.mimetype)

    return app


def with_preview(page: bytes, told: Mapping[str, object]) -> bytes:
    """The page with the preview's script in its head, and what is told to it."""
    head = (
        f'<meta name="preview" content="{html.escape(json.dumps(told))}">\n'
        '<link rel="stylesheet" href="/preview/preview.css">\n'
        '<script type="module" src="/preview/preview.js"></script>\n'
    )
    return page.replace(b"</head>", f"{head}</head>".encode(), 1)


def _fresh(response: Response, mimetype: str) -> Response:
    """Never kept by the browser: the same address may be something else a moment later."""
    response.mimetype = mimetype
    response.cache_control.no_cache = True
    if mimetype == "text/html":
        response.headers["Content-Security-Policy"] = POLICY
    return response
