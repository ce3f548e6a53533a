import base64
import contextlib
import json
import logging
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from threading import Barrier
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skill.alexa.certificates import KEPT_FOR, LARGEST_FILE, RENEWED_AFTER, SigningCertificates
from skill.alexa.flask_adapter import SignedRequestVerifier, verification_exception
from skill.alexa.refusals import Reason, Refused
from skill.alexa.verification import verify_request
from skill.limits import MAX_REQUEST_BYTES
from tests.amazon_certificates import (
    CHAIN_PATH,
    CHAIN_URL,
    HOST,
    Amazon,
    Answer,
    CertificateHost,
    certificate_host,
    pem,
    rsa_key,
    signed,
)

NOW = datetime.now(UTC).replace(microsecond=0)
SECOND = timedelta(seconds=1)
SKILL = "amzn1.ask.skill.ours"
SECRET = "what-she-said"
"""In every body: no refusal may show it."""

Headers = dict[str, str]
Forgery = Callable[[], tuple[Headers, bytes]]


class Clock:
    """A clock that goes only when it is told to."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def request(**changes: Any) -> dict[str, Any]:
    """An envelope as Alexa sends it; a change replaces a top-level member, and None takes it away."""
    envelope = {
        "version": "1.0",
        "session": {"new": True, "application": {"applicationId": SKILL}},
        "context": {"System": {"application": {"applicationId": SKILL}, "user": {"userId": SECRET}}},
        "request": {"type": "LaunchRequest", "timestamp": stamp()},
    } | changes
    return {name: value for name, value in envelope.items() if value is not None}


def stamp(age: timedelta = timedelta()) -> str:
    return (NOW - age).isoformat().replace("+00:00", "Z")


def body(**changes: Any) -> bytes:
    return json.dumps(request(**changes)).encode()


def said(timestamp: Any = None, kind: Any = "LaunchRequest") -> bytes:
    """A body with that timestamp."""
    return body(request={"type": kind, "timestamp": timestamp})


def aged(seconds: float, kind: str = "LaunchRequest") -> bytes:
    return said(stamp(timedelta(seconds=seconds)), kind)


def from_url(url: str) -> Forgery:
    """Right in all but where its certificate lies."""
    return lambda: (signed(body(), url), body())


def from_file(name: str, key: str = "alexa") -> Forgery:
    """Right in all but its certificate, which is one of FILES."""
    return lambda: (signed(body(), f"https://{HOST}/echo.api/{name}.pem", rsa_key(key)), body())


def with_body(content: bytes) -> Forgery:
    """Signed by Alexa, and yet not to be let in."""
    return lambda: (signed(content), content)


def with_headers(change: Callable[[Headers], Headers]) -> Forgery:
    return lambda: (change(signed(body())), body())


def without(name: str) -> Forgery:
    return with_headers(lambda headers: {key: value for key, value in headers.items() if key != name})


def with_signature(text: str) -> Forgery:
    return with_headers(lambda headers: headers | {"Signature-256": text})


def encoded(signature: bytes) -> str:
    return base64.b64encode(signature).decode()


def redirect(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(HTTPStatus.FOUND)
    handler.send_header("Location", CHAIN_URL)
    handler.end_headers()


def broken(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"this is not HTTP\r\n\r\n")


def files(amazon: Amazon) -> dict[str, Answer]:
    """What lies on the certificate host: the genuine chain, and one file for each way to get it wrong."""
    day = timedelta(days=1)
    alexa, root, intermediate = rsa_key("alexa"), amazon.root, amazon.intermediate
    leaf = intermediate.leaf(alexa)
    stranger = root.root("stranger")
    namesake = root.root("root", "stranger")
    late = root.intermediate("late", end=NOW - day)
    chain = amazon.chain
    found: dict[str, Answer] = {
        "empty": b"",
        "text": b"<html>not a certificate</html>",
        "cut": chain()[:600],
        "junk": b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        "huge": chain() + b"\n" * LARGEST_FILE,
        "gone": HTTPStatus.NOT_FOUND,
        "unwell": HTTPStatus.INTERNAL_SERVER_ERROR,
        "moved": redirect,
        "broken": broken,
        "expired": chain(end=NOW - SECOND),
        "early": chain(start=NOW + day),
        "late-authority": pem(late.leaf(alexa), late.certificate),
        "other-name": chain(names=["example.com"]),
        "longer-name": chain(names=["echo-api.amazon.com.example.com"]),
        "wildcard": chain(names=["*.amazon.com"]),
        "no-name": chain(names=[]),
        "elliptic": chain(ec.generate_private_key(ec.SECP256R1())),
        "alone": pem(leaf),
        "self-made": pem(stranger.leaf(alexa), stranger.certificate),
        "namesake": pem(namesake.leaf(alexa), namesake.certificate),
        "wrong-order": pem(intermediate.certificate, leaf),
        "leaf-as-authority": pem(_below_a_leaf(amazon), leaf, intermediate.certificate),
        "other-key": chain(rsa_key("alexa-next")),
    }
    return {CHAIN_PATH: chain()} | {f"/echo.api/{name}.pem": answer for name, answer in found.items()}


def _below_a_leaf(amazon: Amazon) -> Any:
    """A certificate for Alexa's name that an ordinary server's certificate has signed."""
    shop = type(amazon.root)(amazon.intermediate.leaf(rsa_key("shop"), ["shop.example"]), rsa_key("shop"))
    return shop.leaf(rsa_key("alexa"))


def _legacy(headers: Headers) -> Headers:
    signature = rsa_key("alexa").sign(body(), padding.PKCS1v15(), SHA1())
    return {"SignatureCertChainUrl": CHAIN_URL, "Signature": encoded(signature)}


def _padded_otherwise(headers: Headers) -> Headers:
    pss = padding.PSS(padding.MGF1(SHA256()), padding.PSS.DIGEST_LENGTH)
    return headers | {"Signature-256": encoded(rsa_key("alexa").sign(body(), pss, SHA256()))}


def _sha1_in_the_new_header(headers: Headers) -> Headers:
    signature = rsa_key("alexa").sign(body(), padding.PKCS1v15(), SHA1())
    return headers | {"Signature-256": encoded(signature)}


def _application(place: str, application: Any) -> bytes:
    if place == "session":
        return body(session={"application": {"applicationId": application}})
    return body(context={"System": {"application": {"applicationId": application}}})


FORGERIES: dict[str, tuple[Reason, Forgery]] = {
    "no headers": (Reason.SIGNATURE_MISSING, with_headers(lambda _: {})),
    "no signature": (Reason.SIGNATURE_MISSING, without("Signature-256")),
    "only the old signature": (Reason.SIGNATURE_LEGACY, with_headers(_legacy)),
    "no certificate address": (Reason.CHAIN_URL_MISSING, without("SignatureCertChainUrl")),
    "an address that is no text": (
        Reason.CHAIN_URL_MISSING,
        with_headers(lambda headers: headers | {"SignatureCertChainUrl": None}),  # type: ignore[dict-item]
    ),
    "two signatures": (
        Reason.HEADER_REPEATED,
        with_headers(lambda headers: headers | {"signature-256": "AAAA"}),
    ),
    "two addresses": (
        Reason.HEADER_REPEATED,
        with_headers(lambda headers: headers | {"SIGNATURECERTCHAINURL": CHAIN_URL}),
    ),
    "signature with a mark in it": (
        Reason.SIGNATURE_NOT_BASE64,
        with_headers(lambda headers: headers | {"Signature-256": headers["Signature-256"] + "*"}),
    ),
    "signature cut short": (Reason.SIGNATURE_NOT_BASE64, with_signature("AAAAA")),
    "signature beyond ASCII": (Reason.SIGNATURE_NOT_BASE64, with_signature("ÄÄÄÄ")),
    "empty signature": (Reason.SIGNATURE_WRONG, with_signature("")),
    "signature of zeros": (Reason.SIGNATURE_WRONG, with_signature(encoded(bytes(256)))),
    "signature too long": (Reason.SIGNATURE_WRONG, with_signature(encoded(bytes(4096)))),
    "signature of another body": (Reason.SIGNATURE_WRONG, lambda: (signed(b"{}"), body())),
    "one more space in the body": (Reason.SIGNATURE_WRONG, lambda: (signed(body()), body() + b" ")),
    "signed with another key": (
        Reason.SIGNATURE_WRONG,
        lambda: (signed(body(), key=rsa_key("stranger")), body()),
    ),
    "PSS padding": (Reason.SIGNATURE_WRONG, with_headers(_padded_otherwise)),
    "SHA-1 in the new header": (Reason.SIGNATURE_WRONG, with_headers(_sha1_in_the_new_header)),
    "certificate of another key": (Reason.SIGNATURE_WRONG, from_file("other-key")),
    #
    "empty address": (Reason.URL_MALFORMED, from_url("")),
    "address with a line end": (Reason.URL_MALFORMED, from_url(f"{CHAIN_URL}\n")),
    "address with a tab": (Reason.URL_MALFORMED, from_url(f"https://{HOST}/echo.\tapi/a.pem")),
    "address beyond ASCII": (Reason.URL_MALFORMED, from_url(f"https://{HOST}/echo.api/ä.pem")),
    "address with half a bracket": (Reason.URL_MALFORMED, from_url("https://[::1/echo.api/a.pem")),
    "http": (Reason.URL_SCHEME, from_url(f"http://{HOST}{CHAIN_PATH}")),
    "a file": (Reason.URL_SCHEME, from_url("file:///echo.api/a.pem")),
    "no scheme": (Reason.URL_SCHEME, from_url(f"//{HOST}{CHAIN_PATH}")),
    "a user": (Reason.URL_USER, from_url(f"https://alexa@{HOST}{CHAIN_PATH}")),
    "the host as user": (Reason.URL_USER, from_url(f"https://{HOST}:443@example.com{CHAIN_PATH}")),
    "another host": (Reason.URL_HOST, from_url(f"https://example.com{CHAIN_PATH}")),
    "a longer host": (Reason.URL_HOST, from_url(f"https://{HOST}.example.com{CHAIN_PATH}")),
    "a host below": (Reason.URL_HOST, from_url(f"https://mine.{HOST}{CHAIN_PATH}")),
    "a dot behind the host": (Reason.URL_HOST, from_url(f"https://{HOST}.{CHAIN_PATH}")),
    "no host": (Reason.URL_HOST, from_url(f"https://{CHAIN_PATH}")),
    "a backslash behind the host": (Reason.URL_HOST, from_url(f"https://{HOST}\\.example.com{CHAIN_PATH}")),
    "another port": (Reason.URL_PORT, from_url(f"https://{HOST}:563{CHAIN_PATH}")),
    "port zero": (Reason.URL_PORT, from_url(f"https://{HOST}:0{CHAIN_PATH}")),
    "a port that is no number": (Reason.URL_PORT, from_url(f"https://{HOST}:https{CHAIN_PATH}")),
    "a port beyond all": (Reason.URL_PORT, from_url(f"https://{HOST}:99999{CHAIN_PATH}")),
    "a query": (Reason.URL_SUFFIX, from_url(f"{CHAIN_URL}?versionId=1")),
    "an empty query": (Reason.URL_SUFFIX, from_url(f"{CHAIN_URL}?")),
    "a fragment": (Reason.URL_SUFFIX, from_url(f"{CHAIN_URL}#a")),
    "another folder": (Reason.URL_PATH, from_url(f"https://{HOST}/mine/echo-api-cert-1.pem")),
    "the folder in capitals": (Reason.URL_PATH, from_url(f"https://{HOST}/EcHo.aPi/a.pem")),
    "a folder with a longer name": (Reason.URL_PATH, from_url(f"https://{HOST}/echo.api.mine/a.pem")),
    "the folder itself": (Reason.URL_PATH, from_url(f"https://{HOST}/echo.api/")),
    "dots out of the folder": (Reason.URL_PATH, from_url(f"https://{HOST}/echo.api/../mine/a.pem")),
    "encoded dots": (Reason.URL_PATH, from_url(f"https://{HOST}/echo.api/%2e%2e/mine/a.pem")),
    "an encoded slash": (Reason.URL_PATH, from_url(f"https://{HOST}/echo.api/..%2fmine%2fa.pem")),
    "twice encoded dots": (Reason.URL_PATH, from_url(f"https://{HOST}/echo.api/%252e%252e/mine/a.pem")),
    "backslashes out of the folder": (Reason.URL_PATH, from_url(f"https://{HOST}/echo.api/..\\mine\\a.pem")),
    "an encoded letter": (Reason.URL_PATH, from_url(f"https://{HOST}/%65cho.api/a.pem")),
    #
    "nothing at the address": (Reason.CERTIFICATE_NOT_FOUND, from_file("no-such-file")),
    "a file that is gone": (Reason.CERTIFICATE_NOT_FOUND, from_file("gone")),
    "a host that is unwell": (Reason.CERTIFICATE_NOT_FOUND, from_file("unwell")),
    "a redirect to the genuine file": (Reason.CERTIFICATE_NOT_FOUND, from_file("moved")),
    "a host that does not speak HTTP": (Reason.HOST_UNREACHABLE, from_file("broken")),
    "a huge file": (Reason.CERTIFICATE_TOO_LARGE, from_file("huge")),
    "an empty file": (Reason.CERTIFICATE_MALFORMED, from_file("empty")),
    "a page for a certificate": (Reason.CERTIFICATE_MALFORMED, from_file("text")),
    "half a certificate": (Reason.CERTIFICATE_MALFORMED, from_file("cut")),
    "junk for a certificate": (Reason.CERTIFICATE_MALFORMED, from_file("junk")),
    "an expired certificate": (Reason.CERTIFICATE_EXPIRED, from_file("expired")),
    "a certificate before its time": (Reason.CERTIFICATE_TOO_EARLY, from_file("early")),
    "an expired authority": (Reason.CERTIFICATE_UNTRUSTED, from_file("late-authority")),
    "a certificate for another name": (Reason.CERTIFICATE_NAME, from_file("other-name")),
    "a certificate for a longer name": (Reason.CERTIFICATE_NAME, from_file("longer-name")),
    "a certificate for a wildcard": (Reason.CERTIFICATE_NAME, from_file("wildcard")),
    "a certificate without a name": (Reason.CERTIFICATE_NAME, from_file("no-name")),
    "the authority in the leaf's place": (Reason.CERTIFICATE_NAME, from_file("wrong-order")),
    "a certificate that is not RSA": (Reason.CERTIFICATE_KEY, from_file("elliptic")),
    "a chain without its authority": (Reason.CERTIFICATE_UNTRUSTED, from_file("alone")),
    "a chain to a root of its own": (Reason.CERTIFICATE_UNTRUSTED, from_file("self-made")),
    "a chain to a root with our root's name": (Reason.CERTIFICATE_UNTRUSTED, from_file("namesake")),
    "a shop's certificate as authority": (Reason.CERTIFICATE_UNTRUSTED, from_file("leaf-as-authority")),
    #
    "a body beyond the limit": (
        Reason.BODY_TOO_LARGE,
        with_body(body(padding=" " * MAX_REQUEST_BYTES)),
    ),
    "no body": (Reason.BODY_NOT_JSON, with_body(b"")),
    "half a body": (Reason.BODY_NOT_JSON, with_body(body()[:-1])),
    "a body with something after it": (Reason.BODY_NOT_JSON, with_body(body() + b"{}")),
    "a body that is not UTF-8": (Reason.BODY_NOT_JSON, with_body(b'{"a": "\xff"}')),
    "a body in UTF-16": (Reason.BODY_NOT_JSON, with_body(json.dumps(request()).encode("utf-16"))),
    "a body of brackets": (Reason.BODY_NOT_JSON, with_body(b"[" * 100_000)),
    "a body of nested objects": (Reason.BODY_NOT_JSON, with_body(b'{"a":' * 20_000 + b"1" + b"}" * 20_000)),
    "NaN": (Reason.BODY_NOT_JSON, with_body(b'{"a": NaN}')),
    "a list": (Reason.BODY_NOT_OBJECT, with_body(b"[" + body() + b"]")),
    "a text": (Reason.BODY_NOT_OBJECT, with_body(b'"request"')),
    "null": (Reason.BODY_NOT_OBJECT, with_body(b"null")),
    #
    "no request": (Reason.TIMESTAMP_MISSING, with_body(body(request=None))),
    "a request that is a list": (Reason.TIMESTAMP_MISSING, with_body(body(request=[stamp()]))),
    "no timestamp": (Reason.TIMESTAMP_MISSING, with_body(said())),
    "a number for a timestamp": (Reason.TIMESTAMP_MALFORMED, with_body(said(NOW.timestamp() * 1000))),
    "a list for a timestamp": (Reason.TIMESTAMP_MALFORMED, with_body(said([stamp()]))),
    "a word for a timestamp": (Reason.TIMESTAMP_MALFORMED, with_body(said("now"))),
    "an empty timestamp": (Reason.TIMESTAMP_MALFORMED, with_body(said(""))),
    "a timestamp without a zone": (Reason.TIMESTAMP_MALFORMED, with_body(said(stamp()[:-1]))),
    "a timestamp beyond the calendar": (
        Reason.TIMESTAMP_MALFORMED,
        with_body(said("10000-01-01T00:00:00Z")),
    ),
    "the first of all timestamps": (Reason.TIMESTAMP_OLD, with_body(said("0001-01-01T00:00:00+23:59"))),
    "the last of all timestamps": (Reason.TIMESTAMP_AHEAD, with_body(said("9999-12-31T23:59:59-23:59"))),
    "151 seconds old": (Reason.TIMESTAMP_OLD, with_body(aged(151))),
    "151 seconds ahead": (Reason.TIMESTAMP_AHEAD, with_body(aged(-151))),
    "an hour old, and nearly an event": (
        Reason.TIMESTAMP_OLD,
        with_body(aged(3600, "AlexaSkillEventual.SkillDisabled")),
    ),
    "a type that is no text": (
        Reason.TIMESTAMP_OLD,
        with_body(said(stamp(timedelta(seconds=151)), ["AlexaSkillEvent.SkillDisabled"])),
    ),
    "an event 3,601 seconds old": (
        Reason.TIMESTAMP_OLD,
        with_body(aged(3601, "AlexaSkillEvent.SkillDisabled")),
    ),
    #
    "no application": (Reason.APPLICATION_MISSING, with_body(body(session=None, context=None))),
    "lists for applications": (Reason.APPLICATION_MISSING, with_body(body(session=[SKILL], context=SKILL))),
    "another skill in both places": (
        Reason.APPLICATION_WRONG,
        with_body(_application("session", "theirs").replace(SKILL.encode(), b"theirs")),
    ),
    "another skill in the session": (Reason.APPLICATION_WRONG, with_body(_application("session", "theirs"))),
    "another skill in the context": (Reason.APPLICATION_WRONG, with_body(_application("context", "theirs"))),
    "an application that is a list": (Reason.APPLICATION_WRONG, with_body(_application("context", [SKILL]))),
    "our skill in capitals": (
        Reason.APPLICATION_WRONG,
        with_body(_application("context", SKILL.upper())),
    ),
}


@pytest.fixture(scope="module")
def amazon() -> Amazon:
    return Amazon.make()


@pytest.fixture(scope="module")
def host(amazon: Amazon, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CertificateHost]:
    folder = tmp_path_factory.mktemp("host")
    with pytest.MonkeyPatch.context() as patch, certificate_host(folder, files(amazon), amazon) as host:
        for name, value in host.environment.items():
            patch.setenv(name, value)
        yield host


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def certificates(host: CertificateHost, clock: Clock) -> SigningCertificates:
    return SigningCertificates(clock)


def verified(
    certificates: SigningCertificates,
    headers: Headers,
    content: bytes,
    now: datetime = NOW,
    skill: str = SKILL,
) -> dict[str, Any]:
    return verify_request(headers, content, certificates=certificates, skill_id=skill, now=now)


def test_the_genuine_request_is_let_in_and_comes_back_parsed(certificates: SigningCertificates) -> None:
    assert verified(certificates, signed(body()), body()) == request()


@pytest.mark.parametrize(("reason", "forgery"), FORGERIES.values(), ids=FORGERIES.keys())
def test_a_forgery_is_refused_for_its_own_reason_and_nothing_of_it_is_shown(
    certificates: SigningCertificates, reason: Reason, forgery: Forgery, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    headers, content = forgery()
    with pytest.raises(Refused) as caught:
        verified(certificates, headers, content)
    assert caught.value.reason is reason
    assert str(caught.value) == reason.value
    shown = "".join(traceback.format_exception(caught.value))
    assert not any(part in shown for part in (SECRET, "mine", "example.com", *headers.values()) if part)
    assert caplog.records == []


def test_every_reason_has_its_forgery() -> None:
    covered = {reason for reason, _ in FORGERIES.values()}
    assert set(Reason) - covered == {Reason.TOO_MANY_ADDRESSES}  # a matter of many: test_certificates.py


def test_every_reason_has_a_text_of_its_own() -> None:
    texts = [reason.value for reason in Reason.__members__.values()]
    assert len(set(texts)) == len(Reason.__members__)


@pytest.mark.parametrize("spelling", [str.lower, str.upper, str.title])
def test_headers_may_be_spelled_in_any_case(
    certificates: SigningCertificates, spelling: Callable[[str], str]
) -> None:
    headers = {spelling(name): value for name, value in signed(body()).items()}
    assert verified(certificates, headers, body())


def test_the_old_signature_beside_the_new_one_does_no_harm(certificates: SigningCertificates) -> None:
    assert verified(certificates, signed(body()) | {"Signature": "AAAA"}, body())


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(aged(150), id="150 seconds old"),
        pytest.param(aged(-150), id="150 seconds ahead"),
        pytest.param(aged(3600, "AlexaSkillEvent.SkillDisabled"), id="an event an hour old"),
        pytest.param(said(stamp()[:-1] + ".123Z"), id="with milliseconds"),
        pytest.param(body(session=None), id="without a session"),
        pytest.param(body(context=None), id="without a context"),
        pytest.param(body(note="Grüße, 👶"), id="beyond ASCII"),
    ],
)
def test_what_lies_at_the_edge_of_the_rules_is_let_in(
    certificates: SigningCertificates, content: bytes
) -> None:
    assert verified(certificates, signed(content), content)


@pytest.mark.parametrize("skill_id", [None, ""])
def test_without_a_skill_id_any_application_may_call(
    certificates: SigningCertificates, skill_id: str | None
) -> None:
    content = _application("context", "theirs")
    assert verify_request(signed(content), content, certificates=certificates, skill_id=skill_id, now=NOW)


def test_32_genuine_requests_that_come_first_together_are_let_in_with_one_fetch(
    host: CertificateHost, certificates: SigningCertificates
) -> None:
    together, before = Barrier(32), len(host.gets)
    headers = signed(body())

    def first_call(_: int) -> dict[str, Any]:
        together.wait()
        return verified(certificates, headers, body())

    with ThreadPoolExecutor(32) as threads:
        assert list(threads.map(first_call, range(32))) == [request()] * 32
    assert len(host.gets) == before + 1


def test_a_genuine_request_is_let_in_after_a_rollover_to_a_new_address(
    host: CertificateHost, certificates: SigningCertificates
) -> None:
    verified(certificates, signed(body()), body())
    moved = from_file("other-key", key="alexa-next")()
    assert verified(certificates, *moved)


@pytest.mark.parametrize("later", [KEPT_FOR, RENEWED_AFTER + SECOND], ids=["after a day", "after minutes"])
def test_a_genuine_request_is_let_in_after_a_rollover_at_the_same_address(
    host: CertificateHost, certificates: SigningCertificates, clock: Clock, amazon: Amazon, later: timedelta
) -> None:
    path = "/echo.api/rolling.pem"
    host.answers[path] = amazon.chain()
    assert verified(certificates, signed(body(), f"https://{HOST}{path}"), body())
    host.answers[path] = amazon.chain(rsa_key("alexa-next"))
    clock.now += later
    content = said((NOW + later).isoformat())
    headers = signed(content, f"https://{HOST}{path}", rsa_key("alexa-next"))
    assert verified(certificates, headers, content, clock.now)


def test_a_genuine_request_is_let_in_after_the_kept_key_has_run_out(
    certificates: SigningCertificates, clock: Clock
) -> None:
    verified(certificates, signed(body()), body())
    clock.now += KEPT_FOR
    content = said(clock.now.isoformat())
    assert verified(certificates, signed(content), content, clock.now)


def test_what_costs_nothing_is_checked_before_anything_is_fetched(
    host: CertificateHost, certificates: SigningCertificates
) -> None:
    before = len(host.fetched)
    for content in (b"{", aged(151), _application("context", "theirs")):
        with pytest.raises(Refused):
            verified(certificates, signed(content), content)
    assert len(host.fetched) == before


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.datetimes().map(datetime.isoformat),
    lambda inside: st.lists(inside) | st.dictionaries(st.sampled_from(["application", "timestamp"]), inside),
    max_leaves=5,
)


@given(
    changes=st.dictionaries(st.sampled_from(["request", "session", "context"]), JSON)
    | st.builds(dict, request=st.builds(dict, timestamp=JSON, type=JSON))
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_is_signed_it_is_let_in_or_refused_and_nothing_else(
    certificates: SigningCertificates, changes: dict[str, Any]
) -> None:
    content = json.dumps(request() | changes).encode(errors="surrogatepass")
    with contextlib.suppress(Refused):
        verified(certificates, signed(content), content)


def test_the_sdk_gets_its_own_exception_with_the_reason_alone(
    certificates: SigningCertificates, clock: Clock
) -> None:
    verifier = SignedRequestVerifier(certificates, SKILL, clock)
    verifier.verify(signed(body()), body().decode(), None)
    with pytest.raises(verification_exception()) as caught:
        verifier.verify(signed(b"{}"), body().decode(), None)
    assert caught.value.args == (Reason.SIGNATURE_WRONG.value,)
    assert SECRET not in "".join(traceback.format_exception(caught.value))
    with pytest.raises(verification_exception(), match=Reason.BODY_NOT_JSON.value):
        verifier.verify(signed(b""), '{"a": "\ud800"}', None)
