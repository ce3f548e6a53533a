"""The listening side as a folder for any web host: pages, feed and recordings."""

import json
import os
import shutil
from collections.abc import Iterator, Mapping, Set
from pathlib import Path, PurePosixPath

from skill.errors import NightfeedError
from skill.files import alone
from skill.library import Library
from skill.listen.site import SiteFile

OURS_FILE = ".nightfeed.json"
"""Names what is ours in the folder, so that nothing else is ever touched."""
LOCK_FILE = ".nightfeed.lock"
STAGE = ".nightfeed-new"
"""Folder, in the one that is published to, where the new site is put together."""
LATE = ("index.html", "feed.xml", "service-worker.js", "manifest.webmanifest")
"""What points to other files: put in place after them."""
AUDIO = "audio"


def publish(site: Mapping[str, SiteFile], library: Library, audio: Path, out: Path) -> tuple[int, int]:
    """Bring the folder up to date; how many files were written, and how many removed.

    All is written beside the old site first, then renamed into place, what others point to first; the old
    files go last, what points to others first. Stopped at any point, every page there is whole, and the next
    run carries on. Raises NightfeedError where a file is missing, or not ours, or cannot be written.
    """
    try:
        with alone(out / LOCK_FILE):
            return _publish(dict(_wanted(site, library, audio)), out)
    except OSError as error:
        where = error.filename or out
        raise NightfeedError(
            f"{where}: {error.strerror}; make room, check rights, or choose another --out"
        ) from None


def _publish(wanted: Mapping[str, "bytes | Path"], out: Path) -> tuple[int, int]:
    ours = _ours(out)
    if strangers := sorted(path for path in wanted if (out / path).exists() and path not in ours):
        raise NightfeedError(
            f"{out / strangers[0]}: is there already, and not of ours; move it, or choose another --out"
        )
    shutil.rmtree(out / STAGE, ignore_errors=True)
    changed = [path for path in sorted(wanted, key=_place_in_order) if not _holds(out / path, wanted[path])]
    for path in changed:
        _put(wanted[path], out / STAGE / path)
    # From here on, what is about to come into place is ours.
    _note(ours | wanted.keys(), out)
    for path in changed:
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / STAGE / path).replace(out / path)
    gone = [path for path in ours - wanted.keys() if (out / path).is_file()]
    for path in sorted(gone, key=_place_in_order, reverse=True):
        _remove(out / path, out)
    _note(wanted.keys(), out)
    shutil.rmtree(out / STAGE, ignore_errors=True)
    return len(changed), len(gone)


def _wanted(
    site: Mapping[str, SiteFile], library: Library, audio: Path
) -> Iterator[tuple[str, "bytes | Path"]]:
    for path, file in site.items():
        yield (f"{path}index.html" if path.endswith("/") or not path else path), file.data
    for name in (
        *filter(None, [library.cover_file]),
        *(file for guide in library.guides for file in guide.files),
    ):
        if not (audio / name).is_file():
            raise NightfeedError(f"{audio / name}: is missing; make it with: nightfeed record")
        yield f"{AUDIO}/{name}", audio / name


def _place_in_order(path: str) -> tuple[bool, int, str]:
    """Others first, then the deepest of those that point to them."""
    return PurePosixPath(path).name in LATE, -path.count("/"), path


def _holds(path: Path, wanted: "bytes | Path") -> bool:
    return path.is_file() and path.read_bytes() == _bytes(wanted)


def _bytes(wanted: "bytes | Path") -> bytes:
    return wanted if isinstance(wanted, bytes) else wanted.read_bytes()


def _put(wanted: "bytes | Path", path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_bytes(wanted))


def _ours(out: Path) -> Set[str]:
    try:
        return set(json.loads((out / OURS_FILE).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return set()
    except (ValueError, TypeError):
        raise NightfeedError(
            f"{out / OURS_FILE}: is damaged; empty the folder, or choose another --out"
        ) from None


def _note(ours: Set[str], out: Path) -> None:
    (out / STAGE).mkdir(exist_ok=True)
    new = out / STAGE / OURS_FILE
    new.write_text(json.dumps(sorted(ours), indent=0) + "\n", encoding="utf-8")
    new.replace(out / OURS_FILE)


def _remove(path: Path, out: Path) -> None:
    """Delete the file, and the folders that it leaves empty."""
    path.unlink()
    for folder in path.parents:
        if folder == out or any(os.scandir(folder)):
            return
        folder.rmdir()
