"""Writing files so that they are whole or not there."""

import os
import tempfile
from pathlib import Path

from skill.errors import NightfeedError


def write_whole(path: Path, data: bytes) -> None:
    """Write the file under another name first: nobody sees it half-written. Raises NightfeedError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise NightfeedError(
            f"{path}: cannot be written ({error.strerror}); make room or check rights"
        ) from None
