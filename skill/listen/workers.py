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
    """That many workers, which share the memory of one application, on an address that is open already."""

    def __init__(
        self, app: Flask, begin: Callable[[], None], listening: socket.socket, workers: int, threads: int
    ) -> None:
        """The application may hold no thread or connection: neither outlives a fork.

        `begin` is called in each worker.
        """
        self._app = app
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
            "preload_app": True,
            "post_worker_init": lambda worker: begin(),
        }
        super().__init__()

    def load_config(self) -> None:
        """See BaseApplication."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """See BaseApplication."""
        return self._app
