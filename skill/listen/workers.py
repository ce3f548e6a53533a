"""Several processes behind one address, by gunicorn: one that ends is begun anew."""

import logging
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

IN_MEMORY = Path("/dev/shm")  # noqa: S108 - gunicorn makes files of its own names in it
PATIENCE = 30
"""Seconds after which a worker that hangs is ended."""
ENDING = 10
"""Seconds that a worker has to answer what it is answering, once it is told to end."""
KEEP_ALIVE = 5
"""Seconds for which a proxy's connection is kept."""


class Lines(Logger):  # type: ignore[misc]
    """gunicorn's log goes the way of all others."""

    def setup(self, cfg: Any) -> None:
        """See gunicorn's Logger."""
        self.error_log.propagate = True
        self.error_log.setLevel(logging.INFO)


class Workers(BaseApplication):  # type: ignore[misc]
    """That many workers, each with an application of its own, on an address that is listened to already."""

    def __init__(
        self, make: Callable[[], Flask], listening: socket.socket, workers: int, threads: int
    ) -> None:
        self._make = make
        self._options = {
            "bind": f"fd://{listening.detach()}",
            "workers": workers,
            "threads": threads,
            "worker_class": "gthread",
            "timeout": PATIENCE,
            "graceful_timeout": ENDING,
            "keepalive": KEEP_ALIVE,
            # A worker's sign of life is a file, which a slow disk would hold up.
            "worker_tmp_dir": str(IN_MEMORY) if IN_MEMORY.is_dir() else tempfile.gettempdir(),
            "logger_class": Lines,
            "control_socket_disable": True,
        }
        super().__init__()

    def load_config(self) -> None:
        """See BaseApplication."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """See BaseApplication. Called in each worker: threads and connections do not outlive a fork."""
        return self._make()
