"""Alexa's signing certificates: fetched, validated up to a trusted root, and kept for a while.

Trust and proxy come from the environment, as everywhere in Python: SSL_CERT_FILE, SSL_CERT_DIR, HTTPS_PROXY.
"""

import posixpath
import re
import time
import warnings
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from http import HTTPStatus
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from skill.alexa.refusals import Reason, Refused

if TYPE_CHECKING:
    import ssl

HOST = "s3.amazonaws.com"
PORT = 443
FOLDER = "/echo.api/"
SIGNER = "echo-api.amazon.com"

KEPT_FOR = timedelta(hours=24)
"""How long a key is used before its certificate is fetched again."""
FAILURE_KEPT_FOR = timedelta(seconds=10)
"""How long an address that led to no key is refused without another fetch."""
RENEWED_AFTER = timedelta(minutes=5)
"""How old a key must be for a wrong signature to lead to another fetch."""
ADDRESSES_KEPT = 32
FIRST_FETCHES_A_MINUTE = 30
"""How many fetches a minute addresses without a key may cause, all together."""
FETCH_SECONDS = 2.0
"""Longest silence of the certificate host, and longest download; a whole turn may take 8 seconds."""
LARGEST_FILE = 64 * 1024
"""Bytes; Amazon's file of four certificates has about 7,000."""

_PRINTABLE = re.compile(r"[!-~]+")
_PLAIN_PATH = re.compile(r"[\w.~/-]+", re.ASCII)
_MALFORMED = (
    ValueError,
    UnsupportedAlgorithm,
    x509.DuplicateExtension,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
)


def certificate_address(url: str) -> str:
    """The URL in its one normal form, which alone is fetched. Raises Refused if it cannot be Amazon's.

    Dot segments and repeated slashes are resolved. A percent-encoding is refused, since none is needed:
    so nothing can be decoded twice, or differently, further on.
    """
    # urlsplit drops tabs and line ends silently, so they are looked for before.
    if not _PRINTABLE.fullmatch(url):
        raise Refused(Reason.URL_MALFORMED)
    try:
        parts = urlsplit(url)
    except ValueError:
        raise Refused(Reason.URL_MALFORMED) from None
    if parts.scheme != "https":
        raise Refused(Reason.URL_SCHEME)
    if "@" in parts.netloc:
        raise Refused(Reason.URL_USER)
    if parts.hostname != HOST:
        raise Refused(Reason.URL_HOST)
    try:
        if parts.port not in (None, PORT):
            raise Refused(Reason.URL_PORT)
    except ValueError:
        raise Refused(Reason.URL_PORT) from None
    if "?" in url or "#" in url:
        raise Refused(Reason.URL_SUFFIX)
    path = posixpath.normpath("/" + parts.path.lstrip("/"))
    if not (path.startswith(FOLDER) and _PLAIN_PATH.fullmatch(parts.path)):
        raise Refused(Reason.URL_PATH)
    return f"https://{HOST}{path}"


@dataclass(frozen=True)
class _Finding:
    """What an address led to."""

    outcome: RSAPublicKey | Reason
    at: datetime
    until: datetime


@dataclass
class _Address:
    """What is known of one address."""

    finding: _Finding | None = None
    lock: Lock = field(default_factory=Lock)
    """Held by the one thread that fetches; others wait for what it finds."""

    @property
    def has_key(self) -> bool:
        """Whether it led to a trusted key."""
        return self.finding is not None and isinstance(self.finding.outcome, RSAPublicKey)

    def known(self, now: datetime, since: datetime | None) -> _Finding | None:
        """The finding if it still holds, and was made at or after `since`."""
        finding = self.finding
        if finding is None or now >= finding.until or (since is not None and finding.at < since):
            return None
        return finding


class SigningCertificates:
    """The trusted keys, by address. Any number of threads may ask; an address is fetched by one at a time."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        """`clock` gives the time now, aware."""
        self._clock = clock
        self._addresses: OrderedDict[str, _Address] = OrderedDict()
        self._first_fetches: deque[datetime] = deque(maxlen=FIRST_FETCHES_A_MINUTE)
        self._lock = Lock()

    def public_key(self, url: str) -> RSAPublicKey:
        """The trusted key at the URL, from memory or fetched. Raises Refused."""
        return self._key(certificate_address(url), None)

    def public_keys(self, url: str) -> Iterator[RSAPublicKey]:
        """The key at the URL; then, for whom it does not fit, the one that has replaced it there, if any.

        The address is looked at again at most every RENEWED_AFTER. Raises Refused.
        """
        key = self.public_key(url)
        yield key
        renewed = self._key(certificate_address(url), self._clock() - RENEWED_AFTER)
        if renewed != key:
            yield renewed

    def _key(self, url: str, since: datetime | None) -> RSAPublicKey:
        address = self._address(url)
        now = self._clock()
        finding = address.known(now, since)
        if finding is None:
            with address.lock:
                finding = address.known(now, since) or self._find(url, address, now)
        if isinstance(finding.outcome, Reason):
            raise Refused(finding.outcome)
        return finding.outcome

    def _address(self, url: str) -> _Address:
        with self._lock:
            address = self._addresses.setdefault(url, _Address())
            self._addresses.move_to_end(url)
            if len(self._addresses) > ADDRESSES_KEPT:
                # Those with a key go last: forged addresses cannot push Amazon's out.
                del self._addresses[min(list(self._addresses)[:-1], key=lambda u: self._addresses[u].has_key)]
            return address

    def _find(self, url: str, address: _Address, now: datetime) -> _Finding:
        known = address.finding
        try:
            if not address.has_key:
                self._count_first_fetch(now)
            context, roots = self._trust
            key, until = _trusted_key(_fetched(url, context), roots, now)
            finding = _Finding(key, now, min(until, now + KEPT_FOR))
        except Refused as refused:
            if known is not None and address.has_key and now < known.until:
                finding = replace(known, at=now)
            else:
                finding = _Finding(refused.reason, now, now + FAILURE_KEPT_FOR)
        address.finding = finding
        return finding

    def _count_first_fetch(self, now: datetime) -> None:
        with self._lock:
            fetches = self._first_fetches
            if len(fetches) == FIRST_FETCHES_A_MINUTE and now - fetches[0] < timedelta(minutes=1):
                raise Refused(Reason.TOO_MANY_ADDRESSES)
            fetches.append(now)

    @cached_property
    def _trust(self) -> "tuple[ssl.SSLContext, Store]":
        return _trust_store()


def _trust_store() -> "tuple[ssl.SSLContext, Store]":
    """The roots that this machine trusts, for the certificate host and for the signer alike."""
    import ssl

    context = ssl.create_default_context()
    if not context.get_ca_certs() and (folder := ssl.get_default_verify_paths().capath):
        # OpenSSL reads a folder of roots, named by hash, only as it needs them; one may be a dead link.
        for file in Path(folder).glob("*.[0-9]"):
            with suppress(OSError):
                context.load_verify_locations(file)
    if not context.get_ca_certs():
        import certifi

        context.load_verify_locations(certifi.where())
    return context, Store(_readable(context.get_ca_certs(binary_form=True)))


def _readable(roots: Iterable[bytes]) -> list[x509.Certificate]:
    """The roots, from DER; without those that are not as they should be, of which bundles hold a few."""
    readable = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CryptographyDeprecationWarning)
        for root in roots:
            with suppress(ValueError):
                readable.append(x509.load_der_x509_certificate(root))
    return readable


def _fetched(url: str, context: "ssl.SSLContext") -> bytes:
    """The file there, as PEM. Raises Refused; a redirect is not followed."""
    from http.client import HTTPException
    from urllib.request import HTTPSHandler, OpenerDirector, ProxyHandler

    # With these two handlers alone, every answer comes back as it is, a redirect too.
    opener = OpenerDirector()
    opener.add_handler(ProxyHandler())
    opener.add_handler(HTTPSHandler(context=context))
    deadline = time.monotonic() + FETCH_SECONDS
    chain = b""
    try:
        with opener.open(url, timeout=FETCH_SECONDS) as answer:
            if answer.status != HTTPStatus.OK:
                raise Refused(Reason.CERTIFICATE_NOT_FOUND)
            while piece := answer.read1(LARGEST_FILE):
                chain += piece
                if len(chain) > LARGEST_FILE:
                    raise Refused(Reason.CERTIFICATE_TOO_LARGE)
                if time.monotonic() > deadline:
                    raise Refused(Reason.HOST_UNREACHABLE)
    except (OSError, HTTPException, ValueError):
        raise Refused(Reason.HOST_UNREACHABLE) from None
    return chain


def _trusted_key(chain: bytes, roots: Store, now: datetime) -> tuple[RSAPublicKey, datetime]:
    """The leaf's key, and when the first certificate of its chain expires. Raises Refused."""
    try:
        leaf, *others = x509.load_pem_x509_certificates(chain)
        key = leaf.public_key()
        names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        raise Refused(Reason.CERTIFICATE_NAME) from None
    except _MALFORMED:
        raise Refused(Reason.CERTIFICATE_MALFORMED) from None
    if now < leaf.not_valid_before_utc:
        raise Refused(Reason.CERTIFICATE_TOO_EARLY)
    if now > leaf.not_valid_after_utc:
        raise Refused(Reason.CERTIFICATE_EXPIRED)
    # The chain's check below would let a wildcard pass.
    if SIGNER not in names.get_values_for_type(x509.DNSName):
        raise Refused(Reason.CERTIFICATE_NAME)
    if not isinstance(key, RSAPublicKey):
        raise Refused(Reason.CERTIFICATE_KEY)
    verifier = PolicyBuilder().store(roots).time(now).build_server_verifier(x509.DNSName(SIGNER))
    try:
        path = verifier.verify(leaf, others)
    except VerificationError:
        raise Refused(Reason.CERTIFICATE_UNTRUSTED) from None
    return key, min(certificate.not_valid_after_utc for certificate in path)
