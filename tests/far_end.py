"""What stands in for hosts far away: a real CONNECT proxy and TLS server on loopback.

Nothing is patched: the code under test comes to it because of HTTPS_PROXY, and trusts it because of
SSL_CERT_FILE.
"""

import contextlib
import ssl
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


class FarEnd(BaseHTTPRequestHandler):
    """Takes CONNECT for any host, and is that host itself."""

    host = ""
    """Whose part it plays, once it was asked for one."""

    def __init__(self, tls: ssl.SSLContext, *args: Any) -> None:
        self._tls = tls
        super().__init__(*args)

    def do_CONNECT(self) -> None:
        self.host = self.path.partition(":")[0]
        self.connected()
        self.send_response(HTTPStatus.OK)
        self.end_headers()
        # A client that does not trust the host leaves here; one that has waited too long, later.
        with contextlib.suppress(OSError), self._tls.wrap_socket(self.connection, server_side=True) as inner:
            self.rfile, self.wfile = inner.makefile("rb"), inner.makefile("wb", 0)
            self.handle_one_request()
        self.close_connection = True

    def connected(self) -> None:
        """Somebody has asked for the host."""

    def log_message(self, format: str, *args: Any) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64


@contextlib.contextmanager
def far_end(
    folder: Path, trusted: bytes, identity: bytes, handler: Callable[..., FarEnd]
) -> Iterator[dict[str, str]]:
    """The environment that brings a process to it, while it runs; the folder takes its files.

    `trusted` are the roots to be trusted, `identity` its own key and chain, as PEM; `handler` is called as
    FarEnd is.
    """
    roots, own, nothing = folder / "trusted.pem", folder / "host.pem", folder / "no-roots"
    nothing.mkdir(parents=True)
    roots.write_bytes(trusted)
    own.write_bytes(identity)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(own)
    server = _Server(("127.0.0.1", 0), partial(handler, tls))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    proxy = f"http://127.0.0.1:{server.server_port}"
    try:
        yield {
            **{"SSL_CERT_FILE": str(roots), "SSL_CERT_DIR": str(nothing)},
            **{"HTTPS_PROXY": proxy, "https_proxy": proxy, "NO_PROXY": "", "no_proxy": ""},
        }
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
