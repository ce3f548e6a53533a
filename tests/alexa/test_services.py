"""Alexa's services over real HTTPS: what is asked, and what every kind of failure is called."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from skill.alexa.services import AlexaServices, ApiAccess
from skill.dialogue.services import ServiceError, Trouble, WeeklyReminder
from skill.prompts import read_prompts, say
from tests.amazon_certificates import Authority, pem
from tests.amazon_services import DEVICE, TOKEN, AmazonServices, Fault, amazon_services
from tests.conversing import CONTENT

ENDPOINT = "https://api.eu.amazonalexa.com"
NOW = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)
PROMPTS = read_prompts(CONTENT / "prompts" / "en.toml")
WANTED = WeeklyReminder(
    "SU", "20:00", "Europe/London", "2026-03-01T20:00:00", say("reminder.alexa_says"), "en-GB"
)
SHORT = 0.3
"""Seconds after which a call is given up here."""
CREATING = "POST /v1/alerts/reminders"


@pytest.fixture
def amazon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AmazonServices]:
    with amazon_services(tmp_path / "amazon") as services:
        for name, value in services.environment.items():
            monkeypatch.setenv(name, value)
        yield services


def services(endpoint: str = ENDPOINT, token: str = TOKEN, **limits: float) -> AlexaServices:
    return AlexaServices(ApiAccess(endpoint, token, DEVICE), NOW, PROMPTS, **limits)


def trouble(of: AlexaServices) -> Trouble:
    with pytest.raises(ServiceError) as raised:
        of.create_reminder(WANTED)
    return raised.value.trouble


def test_a_reminder_is_made_as_the_reference_says(amazon: AmazonServices) -> None:
    token = services().create_reminder(WANTED)
    assert amazon.reminders[token] == {
        "requestTime": "2026-03-01T03:00:00",
        "trigger": {
            "type": "SCHEDULED_ABSOLUTE",
            "timeZoneId": "Europe/London",
            "recurrence": {
                "startDateTime": "2026-03-01T20:00:00",
                "recurrenceRules": ["FREQ=WEEKLY;BYDAY=SU;BYHOUR=20;BYMINUTE=0;BYSECOND=0;INTERVAL=1;"],
            },
        },
        "alertInfo": {
            "spokenInfo": {"content": [{"locale": "en-GB", "text": "It's time for your weekly listen."}]}
        },
        "pushNotification": {"status": "ENABLED"},
    }


def test_a_reminder_can_be_looked_up_changed_and_deleted(amazon: AmazonServices) -> None:
    alexa = services()
    token = alexa.create_reminder(WANTED)
    alexa.check_reminder(token)
    alexa.update_reminder(token, WANTED)
    alexa.delete_reminder(token)
    assert amazon.reminders == {}
    for gone in (
        alexa.check_reminder,
        alexa.delete_reminder,
        lambda token: alexa.update_reminder(token, WANTED),
    ):
        with pytest.raises(ServiceError) as raised:
            gone(token)
        assert raised.value.trouble is Trouble.GONE


def test_the_time_zone_is_her_devices(amazon: AmazonServices) -> None:
    amazon.time_zone = "Asia/Kolkata"
    assert services().time_zone() == "Asia/Kolkata"
    assert amazon.log == ["GET api.eu.amazonalexa.com/v2/devices/*/settings/System.timeZone 200"]


@pytest.mark.parametrize("told", ["Mars/Olympus", None, 5, b"", b"<html>"])
def test_a_time_zone_that_is_none_is_trouble(amazon: AmazonServices, told: Any) -> None:
    amazon.faults = {"GET /v2": Fault(200, told)}
    with pytest.raises(ServiceError) as raised:
        services().time_zone()
    assert raised.value.trouble is Trouble.UNKNOWN


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault(401, {"code": "UNAUTHORIZED", "message": "m"}), Trouble.NOT_ALLOWED),
        (Fault(403, {"code": "ACCESS_DENIED", "message": "m"}), Trouble.NOT_ALLOWED),
        (Fault(403, {"code": "MAX_REMINDERS_EXCEEDED", "message": "m"}), Trouble.TOO_MANY),
        (Fault(403, {"code": "DEVICE_NOT_SUPPORTED", "message": "m"}), Trouble.DEVICE),
        (Fault(400, {"code": "DEVICE_NOT_SUPPORTED", "message": "m"}), Trouble.DEVICE),
        (Fault(429, {"code": "RATE_EXCEEDED", "message": "m"}), Trouble.BUSY),
        (Fault(500, {"code": "INTERNAL_ERROR", "message": "m"}), Trouble.DOWN),
        (Fault(503, b"<html>Service Unavailable</html>"), Trouble.DOWN),
        (Fault(400, {"code": "A_CODE_OF_TOMORROW", "message": "m"}), Trouble.UNKNOWN),
        (Fault(403, {"code": ["no", "code"]}), Trouble.NOT_ALLOWED),
        (Fault(429, b"\xff\xfe"), Trouble.BUSY),
        (Fault(401, b""), Trouble.NOT_ALLOWED),
        (Fault(201, b"<html>"), Trouble.UNKNOWN),
        (Fault(201, {"alertToken": 5}), Trouble.UNKNOWN),
        (Fault(201, ["alertToken"]), Trouble.UNKNOWN),
        (Fault(stalls=True), Trouble.SLOW),
        (Fault(201, {"alertToken": "t", "status": "ON"}, drips=True), Trouble.SLOW),
        (Fault(hangs_up=True), Trouble.SLOW),
    ],
    ids=lambda value: str(value) if isinstance(value, Trouble) else f"{value.status} {value.answer}",
)
def test_every_failure_has_its_name(amazon: AmazonServices, fault: Fault, expected: Trouble) -> None:
    amazon.faults = {CREATING: fault}
    assert trouble(services(call_seconds=SHORT if fault.stalls or fault.drips else 2.0)) is expected


def test_an_error_code_that_the_sdk_does_not_know_keeps_its_status(amazon: AmazonServices) -> None:
    for status, expected in ((403, Trouble.NOT_ALLOWED), (429, Trouble.BUSY), (500, Trouble.DOWN)):
        amazon.faults = {"GET /v2": Fault(status, {"code": "A_CODE_OF_TOMORROW", "message": "m"})}
        with pytest.raises(ServiceError) as raised:
            services().time_zone()
        assert raised.value.trouble is expected


def test_a_reminder_that_is_made_counts_as_made_whatever_its_status_is_called(amazon: AmazonServices) -> None:
    amazon.faults = {CREATING: Fault(201, {"alertToken": "t", "status": "A_STATUS_OF_TOMORROW"})}
    assert services().create_reminder(WANTED) == "t"


def test_a_refused_connection_and_a_host_that_nobody_vouches_for_are_no_way_there(
    amazon: AmazonServices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert trouble(services("https://api.example")) is Trouble.DOWN
    other = tmp_path / "other.pem"
    other.write_bytes(pem(Authority.root("other").certificate))
    monkeypatch.setenv("SSL_CERT_FILE", str(other))
    assert trouble(services()) is Trouble.DOWN
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    assert trouble(services()) is Trouble.DOWN
    assert amazon.log == []


def test_nothing_is_sent_without_tls_nor_after_a_redirect(amazon: AmazonServices) -> None:
    assert trouble(services("http://api.eu.amazonalexa.com")) is Trouble.DOWN
    amazon.faults = {CREATING: Fault(302, b"", location="https://api.amazonalexa.com/v1/alerts/reminders/x")}
    assert trouble(services()) is Trouble.UNKNOWN
    assert amazon.log == ["POST api.eu.amazonalexa.com/v1/alerts/reminders 302"]


def test_a_token_that_alexa_does_not_know_is_no_permission(amazon: AmazonServices) -> None:
    assert trouble(services(token="another")) is Trouble.NOT_ALLOWED


def test_a_turn_whose_time_is_used_up_calls_nobody(amazon: AmazonServices) -> None:
    amazon.faults = {CREATING: Fault(stalls=True)}
    alexa = services(turn_seconds=SHORT)
    assert trouble(alexa) is Trouble.SLOW
    assert trouble(alexa) is Trouble.SLOW
    assert len(amazon.log) <= 1
