import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

import pytest
from ask_sdk_core.skill_builder import SkillBuilder
from flask import Flask
from flask.testing import FlaskClient

from skill.alexa.certificates import SigningCertificates
from skill.alexa.flask_adapter import SignedRequestVerifier, skill_adapter, verification_exception
from tests.amazon_certificates import CHAIN_PATH, Amazon, CertificateHost, certificate_host, rsa_key, signed

ROOT = Path(__file__).parent.parent.parent
NOW = datetime.now(UTC)
BODY = (
    b'{"version": "1.0", "request": {"type": "LaunchRequest", "requestId": "r", "timestamp": "%s"},'
    b' "context": {"System": {"application": {"applicationId": "ours"}}}}'
) % NOW.isoformat().encode()


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CertificateHost]:
    amazon = Amazon.make()
    with certificate_host(tmp_path, {CHAIN_PATH: amazon.chain()}, amazon) as host:
        for name, value in host.environment.items():
            monkeypatch.setenv(name, value)
        yield host


def a_skill(answered: list[str]) -> object:
    builder = SkillBuilder()

    @builder.request_handler(can_handle_func=lambda _: True)
    def answer(handler_input: object) -> object:
        answered.append("a request")
        return handler_input.response_builder.response  # type: ignore[attr-defined]

    return builder.create()


def a_client(answered: list[str], app: Flask | None = None) -> FlaskClient:
    app = app or Flask("door")
    clock = lambda: NOW  # noqa: E731
    verifier = SignedRequestVerifier(SigningCertificates(clock), "ours", clock)
    skill_adapter(a_skill(answered), app, [verifier]).register(app, "/")
    return app.test_client()


def test_a_genuine_request_reaches_the_skill_through_the_adapter(host: CertificateHost) -> None:
    answered: list[str] = []
    response = a_client(answered).post("/", data=BODY, headers=signed(BODY))
    assert response.status_code == HTTPStatus.OK
    assert answered == ["a request"]


@pytest.mark.parametrize(
    ("body", "key"),
    [
        (BODY, "stranger"),
        (BODY.replace(b"ours", b"theirs"), "alexa"),
        (BODY.replace(b"20", b"19", 1), "alexa"),
    ],
    ids=["signed by another", "for another skill", "too old"],
)
def test_a_forged_request_is_answered_with_400_and_never_reaches_the_skill(
    host: CertificateHost, body: bytes, key: str
) -> None:
    answered: list[str] = []
    response = a_client(answered).post("/", data=body, headers=signed(body, key=rsa_key(key)))
    assert response.status_code == HTTPStatus.BAD_REQUEST
    assert answered == []


def test_the_sdks_own_verifiers_are_off_whatever_the_application_says(host: CertificateHost) -> None:
    app = Flask("door")
    app.config |= {"ASK_SDK_VERIFY_SIGNATURE": True, "ASK_SDK_VERIFY_TIMESTAMP": True}
    a_client([], app)
    verifiers = next(iter(app.extensions["ASK_SDK_SKILL_ADAPTER"].values()))._webservice_handler._verifiers
    assert [type(verifier) for verifier in verifiers] == [SignedRequestVerifier]


def test_the_sdks_own_verifier_left_on_refuses_even_a_sound_certificate() -> None:
    verifier = importlib.import_module(verification_exception().__module__).RequestVerifier()
    with pytest.raises(verification_exception()):
        verifier._validate_cert_chain(Amazon.make().chain())


def test_the_same_class_comes_every_time() -> None:
    first, second = (skill_adapter(a_skill([]), Flask("door")) for _ in range(2))
    assert type(first) is type(second)
    assert type(first).__module__ == "flask_ask_sdk.skill_adapter"


TOGETHER = """
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from skill.alexa.flask_adapter import verification_exception
assert not [name for name in sys.modules if name.startswith(("ask_sdk", "flask"))], "imported too early"
together = Barrier(16)
def first_call(number):
    together.wait()
    return verification_exception()
with ThreadPoolExecutor(16) as threads:
    found = set(threads.map(first_call, range(16)))
assert found == {verification_exception()}, found
assert not [name for name in sys.modules if name.startswith(("certvalidator", "oscrypto"))], "left behind"
"""


def test_the_first_16_calls_may_come_together_and_leave_no_stand_in_behind() -> None:
    subprocess.run([sys.executable, "-c", TOGETHER], check=True, cwd=ROOT)


def test_the_real_certvalidator_is_let_alone() -> None:
    code = (
        "import sys, types; real = sys.modules['certvalidator'] = types.ModuleType('certvalidator');"
        "real.CertificateValidator = 'real'; errors = types.ModuleType('certvalidator.errors');"
        "errors.ValidationError = errors.PathError = OSError; sys.modules['certvalidator.errors'] = errors;"
        "from skill.alexa.flask_adapter import verification_exception; verification_exception();"
        "assert sys.modules['certvalidator'] is real and sys.modules['certvalidator.errors'] is errors"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_the_check_alone_needs_neither_the_sdk_nor_a_web_client() -> None:
    assert importlib.util.find_spec("requests"), "the test would say nothing"
    code = (
        "import sys, skill.alexa.certificates;"
        "heavy = {'requests', 'certvalidator', 'oscrypto', 'ask_sdk_core', 'flask', 'ssl', 'urllib.request'};"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
