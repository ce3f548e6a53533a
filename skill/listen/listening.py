"""The listening side over HTTP: pages and feed, and what listeners answer to "Did this guide help you?"."""

import hashlib
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime

from flask import Blueprint, Response, abort, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from skill.library import Library
from skill.listen.rate_limit import RateLimit
from skill.listen.site import SiteFile
from skill.store.contract import Store, StoreError
from skill.store.listener_id import page_listener

FOREVER = 365 * 24 * 3600
"""Seconds: what is named with its hash never changes."""
MAX_LISTENER = 64
"""Characters of the id that a browser made up."""
HELPFUL = {"yes": True, "no": False}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self' blob:; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


def blueprint(site: Mapping[str, SiteFile], modified: datetime) -> Blueprint:
    """Serves the site's files; `modified` is when the library was."""
    pages = Blueprint("listening", __name__)

    def file(path: str) -> AnyResponse:
        found = site[path]
        response = Response(found.data, mimetype=found.mimetype)
        response.set_etag(hashlib.sha256(found.data).hexdigest()[:32])
        response.last_modified = modified
        response.cache_control.no_cache = None if found.lasting else True
        response.cache_control.max_age = FOREVER if found.lasting else None
        response.headers["X-Content-Type-Options"] = "nosniff"
        if found.mimetype == "text/html":
            response.headers["Content-Security-Policy"] = POLICY
            response.headers["Referrer-Policy"] = "same-origin"
        if found.mimetype == "application/rss+xml":
            response.headers["Access-Control-Allow-Origin"] = "*"
        return response.make_conditional(request)

    for path in site:
        pages.add_url_rule(f"/{path}", view_func=file, defaults={"path": path})
    return pages


def voting(
    library: Library, store: Store, key: bytes, clock: Callable[[], datetime], limit: RateLimit
) -> Blueprint:
    """POST /<guide>/vote. A voter is known by an id that her browser made up, kept as a keyed hash only."""
    votes = Blueprint("voting", __name__)

    @votes.post("/<slug>/vote")
    def vote(slug: str) -> AnyResponse:
        if not library.guide(slug):
            abort(404)
        helpful = HELPFUL.get(request.form.get("helpful", ""))
        made_up = request.form.get("listener", "") or str(uuid.uuid4())
        if helpful is None or len(made_up) > MAX_LISTENER:
            abort(400)
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
            abort(403)
        if not limit.allows(request.remote_addr or ""):
            abort(429)
        listener = page_listener(made_up, key)
        try:
            store.start(listener, slug, clock())
            store.vote(listener, slug, helpful, clock())
        except StoreError:
            abort(503)
        if "application/json" in request.headers.get("Accept", ""):
            return Response(status=204)
        return redirect("../thanks/", code=303)

    return votes
