"""One call of an API of Amazon's: HTTPS only, within a time, and honest about what may have happened.

Trust and proxy come from the environment, as everywhere in Python: SSL_CERT_FILE, SSL_CERT_DIR, HTTPS_PROXY.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread

LARGEST_ANSWER = 64 * 1024
"""Bytes that are read of an answer; Amazon's have a few hundred."""


class UnreachedError(Exception):
    """Nothing was sent: there is no way to Amazon just now."""


class UnansweredError(Exception):
    """No answer came, or not in time: what was asked for may have been done, or not."""


@dataclass(frozen=True)
class Answer:
    """What came back, whatever its status."""

    status: int
    body: bytes


def call(method: str, url: str, headers: Mapping[str, str], body: bytes | None, seconds: float) -> Answer:
    """The answer; a redirect is one, too. Raises UnreachedError, or UnansweredError after those seconds."""
    if not url.startswith("https://"):
        raise UnreachedError("not an https address")
    outcome: SimpleQueue[Answer | UnreachedError | UnansweredError] = SimpleQueue()

    def run() -> None:
        try:
            outcome.put(_exchanged(method, url, headers, body, seconds))
        except (UnreachedError, UnansweredError) as error:
            outcome.put(error)

    # A socket's time-out holds for each of its steps, and not for looking a name up: only waiting from
    # outside bounds the whole.
    Thread(target=run, daemon=True).start()
    try:
        found = outcome.get(timeout=seconds)
    except Empty:
        raise UnansweredError("no answer in time") from None
    if isinstance(found, Exception):
        raise found
    return found


def _exchanged(
    method: str, url: str, headers: Mapping[str, str], body: bytes | None, seconds: float
) -> Answer:
    import ssl
    from http.client import HTTPException
    from urllib.error import URLError
    from urllib.request import HTTPSHandler, OpenerDirector, ProxyHandler, Request

    # With these two handlers alone, every answer comes back as it is: a token follows no redirect.
    opener = OpenerDirector()
    opener.add_handler(ProxyHandler())
    try:
        opener.add_handler(HTTPSHandler(context=ssl.create_default_context()))
        request = Request(url, body, dict(headers), method=method)  # noqa: S310 - https, see above
        answer = opener.open(request, timeout=seconds)
    except (URLError, ValueError) as error:
        raise UnreachedError(type(error).__name__) from None
    except (OSError, HTTPException) as error:
        raise UnansweredError(type(error).__name__) from None
    try:
        with answer:
            return Answer(answer.status, answer.read(LARGEST_ANSWER))
    except (OSError, HTTPException) as error:
        raise UnansweredError(type(error).__name__) from None
