"""AWS Signature Version 4 for one kind of request: POST of JSON to "/". Pure.

As in "Create a signed AWS API request" (IAM user guide). botocore would do it too; loading that takes longer
than all else that a cold start of the skill does.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

ALGORITHM = "AWS4-HMAC-SHA256"


@dataclass(frozen=True)
class Credentials:
    """Of who asks."""

    access_key: str
    secret_key: str = field(repr=False)
    token: str = field(default="", repr=False)
    """Of a session; empty: they last."""


@dataclass(frozen=True)
class Scope:
    """What a signature is good for."""

    region: str
    service: str


def signed_headers(
    headers: Mapping[str, str], body: bytes, credentials: Credentials, scope: Scope, now: datetime
) -> dict[str, str]:
    """The headers (Host among them) with those that sign them and the body."""
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    signing = {**headers, "X-Amz-Date": stamp}
    if credentials.token:
        signing["X-Amz-Security-Token"] = credentials.token
    canonical = {name.lower(): " ".join(value.split()) for name, value in signing.items()}
    names = ";".join(sorted(canonical))
    lines = "".join(f"{name}:{canonical[name]}\n" for name in sorted(canonical))
    request = f"POST\n/\n\n{lines}\n{names}\n{hashlib.sha256(body).hexdigest()}"
    within = f"{stamp[:8]}/{scope.region}/{scope.service}/aws4_request"
    to_sign = f"{ALGORITHM}\n{stamp}\n{within}\n{hashlib.sha256(request.encode()).hexdigest()}"
    key = f"AWS4{credentials.secret_key}".encode()
    for part in within.split("/"):
        key = _mac(key, part)
    signature = _mac(key, to_sign).hex()
    credential = f"{credentials.access_key}/{within}"
    signing["Authorization"] = (
        f"{ALGORITHM} Credential={credential}, SignedHeaders={names}, Signature={signature}"
    )
    return signing


def _mac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()
