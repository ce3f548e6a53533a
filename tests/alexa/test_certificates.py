import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from hypothesis import example, given, settings
from hypothesis import strategies as st

from skill.alexa.certificates import (
    ADDRESSES_KEPT,
    FAILURE_KEPT_FOR,
    FIRST_FETCHES_A_MINUTE,
    KEPT_FOR,
    LARGEST_FILE,
    RENEWED_AFTER,
    SigningCertificates,
    certificate_address,
)
from skill.alexa.refusals import Reason, Refused
from tests.amazon_certificates import (
    CHAIN_PATH,
    CHAIN_URL,
    HOST,
    Amazon,
    CertificateHost,
    certificate_host,
    pem,
    rsa_key,
)

OLD, NEW = rsa_key("alexa"), rsa_key("alexa-next")
SECOND = timedelta(seconds=1)


class Clock:
    """A clock that goes only when it is told to."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="module")
def amazon() -> Amazon:
    return Amazon.make()


@pytest.fixture
def host(amazon: Amazon, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CertificateHost]:
    with certificate_host(tmp_path, {CHAIN_PATH: amazon.chain()}, amazon) as host:
        for name, value in host.environment.items():
            monkeypatch.setenv(name, value)
        yield host


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def certificates(clock: Clock) -> SigningCertificates:
    return SigningCertificates(clock)


def reason(certificates: SigningCertificates, url: str = CHAIN_URL) -> Reason | None:
    """Why the address leads to no key; None where it leads to one."""
    try:
        certificates.public_key(url)
    except Refused as refused:
        return refused.reason
    return None


@pytest.mark.parametrize(
    "url",
    [
        CHAIN_URL,
        "HTTPS://S3.AmazonAWS.com/echo.api/echo-api-cert-1.pem",
        "https://s3.amazonaws.com:443/echo.api/echo-api-cert-1.pem",
        "https://s3.amazonaws.com/echo.api/../echo.api/./echo-api-cert-1.pem",
        "https://s3.amazonaws.com//echo.api//echo-api-cert-1.pem",
    ],
)
def test_every_spelling_of_an_address_has_one_normal_form(url: str) -> None:
    assert certificate_address(url) == CHAIN_URL


@given(st.text() | st.text("ht:/s3.amazonwcepi%2Ee@\\?#;").map(f"https://{HOST}/echo.api/".__add__))
@settings(deadline=None)
@example(f"https://{HOST}/echo.api/a\n/../../b")
def test_whatever_the_url_it_leads_below_the_folder_or_nowhere(url: str) -> None:
    try:
        address = certificate_address(url)
    except Refused:
        return
    assert address.startswith(f"https://{HOST}/echo.api/")
    assert not {".", ".."} & set(address.split("/"))
    assert not set("%?#@\\\n") & set(address)


def test_the_key_comes_through_the_proxy_and_from_the_normal_address(
    host: CertificateHost, certificates: SigningCertificates
) -> None:
    spelling = f"https://{HOST.upper()}:443/echo.api/x/..{CHAIN_PATH.removeprefix('/echo.api')}"
    assert certificates.public_key(spelling) == OLD.public_key()
    assert host.fetched == [f"CONNECT {HOST}:443", f"GET {CHAIN_PATH}"]


def test_a_certificate_is_fetched_once(host: CertificateHost, certificates: SigningCertificates) -> None:
    assert [certificates.public_key(CHAIN_URL) for _ in range(3)] == [OLD.public_key()] * 3
    assert len(host.gets) == 1


def test_32_threads_that_come_first_together_get_the_key_from_one_fetch(
    host: CertificateHost, certificates: SigningCertificates, amazon: Amazon
) -> None:
    other = "/echo.api/echo-api-cert-2.pem"
    host.answers[other] = amazon.chain(NEW)
    together = threading.Barrier(32)

    def first_call(number: int) -> RSAPublicKey:
        together.wait()
        return certificates.public_key(f"https://{HOST}{other if number % 2 else CHAIN_PATH}")

    with ThreadPoolExecutor(32) as threads:
        keys = list(threads.map(first_call, range(32)))
    assert keys == [OLD.public_key(), NEW.public_key()] * 16
    assert sorted(host.gets) == [CHAIN_PATH, other]


def test_a_kept_key_is_fetched_again_after_a_day(
    host: CertificateHost, certificates: SigningCertificates, clock: Clock, amazon: Amazon
) -> None:
    certificates.public_key(CHAIN_URL)
    host.answers[CHAIN_PATH] = amazon.chain(NEW)
    clock.now += KEPT_FOR - SECOND
    assert certificates.public_key(CHAIN_URL) == OLD.public_key()
    clock.now += SECOND
    assert certificates.public_key(CHAIN_URL) == NEW.public_key()


@pytest.mark.parametrize("part", ["leaf", "intermediate"])
def test_a_key_is_not_kept_beyond_the_end_of_any_certificate_in_its_chain(
    host: CertificateHost, certificates: SigningCertificates, clock: Clock, amazon: Amazon, part: str
) -> None:
    end = clock.now + timedelta(hours=1)
    if part == "leaf":
        host.answers[CHAIN_PATH] = amazon.chain(end=end)
    else:
        short = amazon.root.intermediate("short-lived", end=end)
        host.answers[CHAIN_PATH] = pem(short.leaf(OLD), short.certificate)
    assert reason(certificates) is None
    clock.now = end + SECOND
    assert reason(certificates) in (Reason.CERTIFICATE_EXPIRED, Reason.CERTIFICATE_UNTRUSTED)


def test_a_replaced_key_is_found_by_whom_the_old_one_does_not_fit(
    host: CertificateHost, certificates: SigningCertificates, clock: Clock, amazon: Amazon
) -> None:
    assert list(certificates.public_keys(CHAIN_URL)) == [OLD.public_key()]
    host.answers[CHAIN_PATH] = amazon.chain(NEW)
    assert list(certificates.public_keys(CHAIN_URL)) == [OLD.public_key()]
    clock.now += RENEWED_AFTER + SECOND
    assert list(certificates.public_keys(CHAIN_URL)) == [OLD.public_key(), NEW.public_key()]
    assert list(certificates.public_keys(CHAIN_URL)) == [NEW.public_key()]


def test_wrong_signatures_lead_to_one_fetch_in_five_minutes_and_never_lose_the_key(
    host: CertificateHost, certificates: SigningCertificates, clock: Clock
) -> None:
    certificates.public_key(CHAIN_URL)
    del host.answers[CHAIN_PATH]
    clock.now += RENEWED_AFTER + SECOND
    for _ in range(20):
        assert list(certificates.public_keys(CHAIN_URL)) == [OLD.public_key()]
    assert len(host.gets) == 2


def test_a_failure_is_remembered_for_a_moment_only(
    host: CertificateHost, certificates: SigningCertificates, clock: Clock, amazon: Amazon
) -> None:
    del host.answers[CHAIN_PATH]
    for _ in range(20):
        assert reason(certificates) is Reason.CERTIFICATE_NOT_FOUND
    assert len(host.gets) == 1
    host.answers[CHAIN_PATH] = amazon.chain()
    clock.now += FAILURE_KEPT_FOR
    assert reason(certificates) is None


def test_forged_addresses_lead_to_few_fetches_and_leave_the_genuine_key_in_place(
    host: CertificateHost, certificates: SigningCertificates, clock: Clock, amazon: Amazon
) -> None:
    certificates.public_key(CHAIN_URL)
    reasons = [reason(certificates, f"https://{HOST}/echo.api/{number}.pem") for number in range(200)]
    missing = FIRST_FETCHES_A_MINUTE - 1
    assert reasons == [Reason.CERTIFICATE_NOT_FOUND] * missing + [Reason.TOO_MANY_ADDRESSES] * (200 - missing)
    assert len(host.gets) == FIRST_FETCHES_A_MINUTE
    assert reason(certificates) is None
    assert len(host.gets) == FIRST_FETCHES_A_MINUTE
    # A day later the genuine one is renewed, however many forgeries have just come.
    clock.now += KEPT_FOR - SECOND
    for number in range(200):
        reason(certificates, f"https://{HOST}/echo.api/{number}.pem")
    clock.now += SECOND
    host.answers[CHAIN_PATH] = amazon.chain(NEW)
    assert certificates.public_key(CHAIN_URL) == NEW.public_key()


def test_a_minute_after_a_flood_unknown_addresses_are_fetched_again(
    host: CertificateHost, certificates: SigningCertificates, clock: Clock
) -> None:
    for number in range(FIRST_FETCHES_A_MINUTE + 1):
        reason(certificates, f"https://{HOST}/echo.api/{number}.pem")
    clock.now += timedelta(minutes=1)
    assert reason(certificates) is None


def test_the_addresses_in_memory_are_bounded_and_the_longest_unused_goes_first(
    host: CertificateHost, certificates: SigningCertificates, clock: Clock, amazon: Amazon
) -> None:
    paths = [f"/echo.api/{number}.pem" for number in range(ADDRESSES_KEPT)]
    host.answers |= dict.fromkeys(paths, amazon.chain())
    certificates.public_key(CHAIN_URL)
    for path in paths:
        clock.now += timedelta(minutes=1)
        certificates.public_key(CHAIN_URL)
        certificates.public_key(f"https://{HOST}{path}")
    before = len(host.gets)
    certificates.public_key(CHAIN_URL)
    assert len(host.gets) == before
    certificates.public_key(f"https://{HOST}{paths[0]}")
    assert len(host.gets) == before + 1


def drip(handler: BaseHTTPRequestHandler) -> None:
    """An answer that never ends, though no wait within it is long."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"-")
        time.sleep(0.05)


def silence(handler: BaseHTTPRequestHandler) -> None:
    """No answer, for longer than anybody waits."""
    handler.rfile.read()


@pytest.mark.parametrize("answer", [drip, silence])
def test_a_host_that_keeps_us_waiting_is_given_up(
    host: CertificateHost, certificates: SigningCertificates, answer: object
) -> None:
    host.answers[CHAIN_PATH] = answer  # type: ignore[assignment]
    assert reason(certificates) is Reason.HOST_UNREACHABLE


def test_a_file_may_be_as_large_as_the_limit_and_no_larger(
    host: CertificateHost, certificates: SigningCertificates, clock: Clock, amazon: Amazon
) -> None:
    chain = amazon.chain()
    host.answers[CHAIN_PATH] = chain + b"\n" * (LARGEST_FILE - len(chain))
    assert reason(certificates) is None
    clock.now += KEPT_FOR
    host.answers[CHAIN_PATH] = chain + b"\n" * (LARGEST_FILE - len(chain) + 1)
    assert reason(certificates) is Reason.CERTIFICATE_TOO_LARGE


def test_a_host_that_cannot_show_a_trusted_certificate_is_not_asked(
    amazon: Amazon, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, certificates: SigningCertificates
) -> None:
    stranger = amazon.root.root("stranger")
    with certificate_host(tmp_path, {CHAIN_PATH: amazon.chain()}, amazon, identity=stranger) as host:
        for name, value in host.environment.items():
            monkeypatch.setenv(name, value)
        assert reason(certificates) is Reason.HOST_UNREACHABLE
    assert host.gets == []


def test_a_closed_port_is_a_refusal(
    host: CertificateHost, certificates: SigningCertificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert reason(certificates) is Reason.HOST_UNREACHABLE


def test_roots_may_also_lie_in_a_folder(
    host: CertificateHost,
    certificates: SigningCertificates,
    amazon: Amazon,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    roots = tmp_path / "roots"
    roots.mkdir()
    (roots / "0a1b2c3d.0").write_bytes(pem(amazon.root.certificate))
    (roots / "00000000.0").symlink_to("no-such-root.pem")
    (roots / "ffffffff.0").write_bytes(b"not a certificate")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    monkeypatch.setenv("SSL_CERT_DIR", str(roots))
    assert reason(certificates) is None


def test_where_the_platform_has_no_roots_certifi_gives_them(
    host: CertificateHost,
    certificates: SigningCertificates,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    # Those do not know our host, which is refused; without any root the check could not even begin.
    assert reason(certificates) is Reason.HOST_UNREACHABLE
    assert host.fetched == [f"CONNECT {HOST}:443"]
