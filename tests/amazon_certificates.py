"""Stand-ins for what Alexa's signature rests on: certificates, and the host that they are fetched from.

The host is a far end on loopback (see tests/far_end.py, and `CertificateHost.environment`).
"""

import base64
import contextlib
import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tests.far_end import FarEnd, far_end

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
Answer = bytes | HTTPStatus | Callable[[BaseHTTPRequestHandler], None]
"""A file; a status without one; or a function that writes the whole answer."""

HOST = "s3.amazonaws.com"
SIGNER = "echo-api.amazon.com"
CHAIN_PATH = "/echo.api/echo-api-cert-1.pem"
CHAIN_URL = f"https://{HOST}{CHAIN_PATH}"
START = datetime.now(UTC) - timedelta(days=100)
END = datetime.now(UTC) + timedelta(days=1000)


@functools.cache
def rsa_key(name: str) -> rsa.RSAPrivateKey:
    """The RSA key of that name: made once a run, since making one is slow."""
    return rsa.generate_private_key(65537, 2048)


@dataclass(frozen=True)
class Authority:
    """A certificate that signs others, with its key."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey

    @staticmethod
    def root(name: str, key_name: str = "") -> "Authority":
        """One that signs itself, with the key of its own name or another."""
        key = rsa_key(key_name or name)
        return Authority(_certificate(name, key, name, key, _authority_extensions(), START, END), key)

    def intermediate(self, name: str, end: datetime = END) -> "Authority":
        """One below this."""
        key = rsa_key(name)
        certificate = _certificate(name, key, _name(self), self.key, _authority_extensions(), START, end)
        return Authority(certificate, key)

    def leaf(
        self, key: Key, names: Sequence[str] = (SIGNER,), start: datetime = START, end: datetime = END
    ) -> x509.Certificate:
        """A server's certificate for those names."""
        extensions: list[tuple[x509.ExtensionType, bool]] = [
            (x509.BasicConstraints(ca=False, path_length=None), True),
            (_key_usage(digital_signature=True), True),
            (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False),
        ]
        if names:
            extensions.append((x509.SubjectAlternativeName([x509.DNSName(name) for name in names]), False))
        return _certificate(
            names[0] if names else "nobody", key, _name(self), self.key, extensions, start, end
        )


@dataclass(frozen=True)
class Amazon:
    """The authorities that Alexa's certificate hangs on."""

    root: Authority
    intermediate: Authority

    @staticmethod
    def make() -> "Amazon":
        """A root of our own, and one authority below it."""
        root = Authority.root("root")
        return Amazon(root, root.intermediate("intermediate"))

    def chain(self, key: Key | None = None, **leaf: Any) -> bytes:
        """The file that lies on the host: leaf and intermediate. Without a key, for the one of `signed`."""
        return pem(self.intermediate.leaf(key or rsa_key("alexa"), **leaf), self.intermediate.certificate)


def signed(body: bytes, url: str = CHAIN_URL, key: rsa.RSAPrivateKey | None = None) -> dict[str, str]:
    """The headers with which Alexa sends this body."""
    signature = (key or rsa_key("alexa")).sign(body, padding.PKCS1v15(), SHA256())
    return {"SignatureCertChainUrl": url, "Signature-256": base64.b64encode(signature).decode()}


def pem(*certificates: x509.Certificate) -> bytes:
    """The certificates one after the other."""
    return b"".join(certificate.public_bytes(Encoding.PEM) for certificate in certificates)


def key_pem(key: rsa.RSAPrivateKey) -> bytes:
    """The private key."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@dataclass
class CertificateHost:
    """What stands in for s3.amazonaws.com."""

    answers: dict[str, Answer]
    """By path; what is not in it is answered as S3 does: 403."""
    environment: dict[str, str]
    """Makes a process come here and trust what it finds."""
    fetched: list[str] = field(default_factory=list)
    """Every "CONNECT host:port" and "GET path" that came, in order."""

    @property
    def gets(self) -> list[str]:
        """The paths that were asked for."""
        return [line.removeprefix("GET ") for line in self.fetched if line.startswith("GET ")]


@contextlib.contextmanager
def certificate_host(
    folder: Path, answers: dict[str, Answer], amazon: Amazon, identity: Authority | None = None
) -> Iterator[CertificateHost]:
    """The host, running; `folder` takes its files. `identity` signs its TLS certificate, else Amazon does."""
    issuer, key = identity or amazon.intermediate, rsa_key("host")
    chain = pem(issuer.leaf(key, [HOST]), issuer.certificate)
    host = CertificateHost(answers, {})
    root = pem(amazon.root.certificate)
    with far_end(folder, root, key_pem(key) + chain, functools.partial(_Files, host)) as environment:
        host.environment |= environment
        yield host


class _Files(FarEnd):
    """Hands out the host's files."""

    def __init__(self, files: CertificateHost, *args: Any) -> None:
        self._files = files
        super().__init__(*args)

    def connected(self) -> None:
        self._files.fetched.append(self.requestline.rsplit(" ", 1)[0])

    def do_GET(self) -> None:  # noqa: N802
        self._files.fetched.append(self.requestline.rsplit(" ", 1)[0])
        answer = self._files.answers.get(self.path, HTTPStatus.FORBIDDEN)
        if callable(answer):
            answer(self)
            return
        status, body = (answer, b"") if isinstance(answer, HTTPStatus) else (HTTPStatus.OK, answer)
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _name(authority: Authority) -> str:
    return str(authority.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)


def _authority_extensions() -> list[tuple[x509.ExtensionType, bool]]:
    return [
        (x509.BasicConstraints(ca=True, path_length=None), True),
        (_key_usage(key_cert_sign=True, crl_sign=True), True),
    ]


def _key_usage(**uses: bool) -> x509.KeyUsage:
    unused = dict.fromkeys(
        (
            "digital_signature",
            "content_commitment",
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    return x509.KeyUsage(**(unused | uses))


def _certificate(
    subject: str,
    key: Key,
    issuer: str,
    issuer_key: rsa.RSAPrivateKey,
    extensions: Sequence[tuple[x509.ExtensionType, bool]],
    start: datetime,
    end: datetime,
) -> x509.Certificate:
    builder = (
        x509.CertificateBuilder()
        .subject_name(_common_name(subject))
        .issuer_name(_common_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
        )
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical)
    return builder.sign(issuer_key, SHA256())


def _common_name(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
