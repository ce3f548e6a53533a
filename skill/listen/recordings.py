"""/audio/…: the recordings, in whole or in ranges, and what belongs to them."""

from pathlib import Path

from flask import Blueprint, Response, abort, send_from_directory

from skill.library import Library

FOREVER = 365 * 24 * 3600
"""Seconds: a recording's name holds the hash of what it says, so its bytes never change."""

KINDS = {
    ".mp3": "audio/mpeg",
    ".json": "application/json+chapters",
    ".vtt": "text/vtt",
    ".jpg": "image/jpeg",
}
"""Ending → media type; that of chapters is Podcasting 2.0's."""


def blueprint(audio: Path, library: Library) -> Blueprint:
    """Serves the files that the library names, and nothing else in the folder."""
    pages = Blueprint("recordings", __name__)
    named = {library.cover_file, *(file for guide in library.guides for file in guide.files)} - {""}

    @pages.get("/audio/<path:file>")
    def recording(file: str) -> Response:
        if file not in named:
            abort(404)
        response = send_from_directory(
            audio.resolve(), file, mimetype=KINDS[Path(file).suffix], conditional=True, max_age=FOREVER
        )
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    return pages
