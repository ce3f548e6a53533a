"""The signed door: is this request from Alexa, fresh, and meant for this skill?

Pure: time, headers and signing keys come in as arguments (the keys from skill/alexa/certificates.py).
The rules are Amazon's, "Host a Custom Skill as a Web Service": Verify that the request was sent by Alexa.
"""

import base64
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256

from skill.alexa.application import check_application, within
from skill.alexa.refusals import Reason, Refused
from skill.limits import MAX_REQUEST_BYTES

SIGNATURE_HEADER = "Signature-256"
LEGACY_SIGNATURE_HEADER = "Signature"
CHAIN_URL_HEADER = "SignatureCertChainUrl"
SIGNING_HEADERS = (SIGNATURE_HEADER, LEGACY_SIGNATURE_HEADER, CHAIN_URL_HEADER)

TOLERANCE = timedelta(seconds=150)
EVENT_TOLERANCE = timedelta(seconds=3600)
EVENT_PREFIX = "AlexaSkillEvent."


class SigningKeys(Protocol):
    """Where the keys come from."""

    def public_keys(self, url: str) -> Iterator[RSAPublicKey]:
        """The trusted key at the address; then, if it has changed since, the new one. Raises Refused."""


def verify_request(
    headers: Mapping[str, str],
    body: bytes,
    *,
    certificates: SigningKeys,
    skill_id: str | None,
    now: datetime,
) -> dict[str, Any]:
    """The request's envelope, parsed, once everything about it is right.

    `headers` are looked up whatever their case; `skill_id` None or empty lets any application in; `now` is
    aware. What costs nothing is checked first, so that few forgeries lead to a fetch. Raises only Refused.
    """
    given = _given(headers)
    signature = _signature(given)
    url = _header(given, CHAIN_URL_HEADER, Reason.CHAIN_URL_MISSING)
    envelope = _envelope(body)
    _check_timestamp(envelope, now)
    if skill_id:
        check_application(envelope, skill_id)
    if not any(_fits(key, signature, body) for key in certificates.public_keys(url)):
        raise Refused(Reason.SIGNATURE_WRONG)
    return envelope


def _given(headers: Mapping[str, str]) -> dict[str, list[str]]:
    """Our headers, by name."""
    wanted = {name.lower(): name for name in SIGNING_HEADERS}
    given: dict[str, list[str]] = {name: [] for name in wanted.values()}
    for key, value in headers.items():
        name = wanted.get(key.lower())
        if name and isinstance(value, str):
            given[name].append(value)
    return given


def _signature(given: Mapping[str, list[str]]) -> bytes:
    missing = Reason.SIGNATURE_LEGACY if given[LEGACY_SIGNATURE_HEADER] else Reason.SIGNATURE_MISSING
    encoded = _header(given, SIGNATURE_HEADER, missing)
    try:
        return base64.b64decode(encoded, validate=True)
    except ValueError:
        raise Refused(Reason.SIGNATURE_NOT_BASE64) from None


def _header(given: Mapping[str, list[str]], name: str, missing: Reason) -> str:
    values = given[name]
    if not values:
        raise Refused(missing)
    if len(values) > 1:
        raise Refused(Reason.HEADER_REPEATED)
    return values[0]


def _envelope(body: bytes) -> dict[str, Any]:
    if len(body) > MAX_REQUEST_BYTES:
        raise Refused(Reason.BODY_TOO_LARGE)
    try:
        envelope = msgspec.json.decode(body)
    except (ValueError, RecursionError):
        raise Refused(Reason.BODY_NOT_JSON) from None
    if not isinstance(envelope, dict):
        raise Refused(Reason.BODY_NOT_OBJECT)
    return envelope


def _check_timestamp(envelope: dict[str, Any], now: datetime) -> None:
    written = within(envelope, "request", "timestamp")
    if written is None:
        raise Refused(Reason.TIMESTAMP_MISSING)
    try:
        age = now - datetime.fromisoformat(written)
    except (TypeError, ValueError):
        # Not a string, not a time, or a time without a zone.
        raise Refused(Reason.TIMESTAMP_MALFORMED) from None
    kind = within(envelope, "request", "type")
    is_event = isinstance(kind, str) and kind.startswith(EVENT_PREFIX)
    tolerance = EVENT_TOLERANCE if is_event else TOLERANCE
    if age > tolerance:
        raise Refused(Reason.TIMESTAMP_OLD)
    if age < -tolerance:
        raise Refused(Reason.TIMESTAMP_AHEAD)


def _fits(key: RSAPublicKey, signature: bytes, body: bytes) -> bool:
    try:
        key.verify(signature, body, PKCS1v15(), SHA256())
    except InvalidSignature:
        return False
    return True
