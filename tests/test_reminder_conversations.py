"""Reminders through the skill's own door, with Amazon's services behind it over real HTTPS."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from skill.alexa.services import AlexaServices
from skill.talk.conversation import Exchange, Speaker
from skill.talk.speaker import ALEXA_ASKS, OpenSession
from tests.amazon_services import (
    AmazonServices,
    Fault,
    amazon_services,
    answering,
    session_kept,
    with_access,
)
from tests.conversing import Clock, make_house, make_speaker, sending

LISTENER = "amzn1.ask.account.reminded"
CREATING = "POST /v1/alerts/reminders"
API = "api.eu.amazonalexa.com"


@pytest.fixture
def amazon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AmazonServices]:
    with amazon_services(tmp_path / "amazon") as services:
        for name, value in services.environment.items():
            monkeypatch.setenv(name, value)
        yield services


class Talk:
    """One listener's conversation."""

    def __init__(self, folder: Path, call_seconds: float = 2.0) -> None:
        services = partial(AlexaServices, call_seconds=call_seconds)
        self.house = replace(make_house(folder, Clock()), services=services)
        self.texts = self.house.prompts.texts
        self.speaker: Speaker = sending(make_speaker(self.house), with_access)
        self.session: OpenSession | None = None
        self.directive: Any = None

    def hear(self, *said: str) -> str:
        """What is answered to the last of what is said."""
        return [self._answer(self.speaker.hear(words, LISTENER, self.session)) for words in said][-1]

    def permit(self, status: str, code: str = "200", session: OpenSession | None = None) -> str:
        """What is answered once she has told Alexa."""
        speaker = sending(self.speaker, answering(self.directive, status, code))
        return self._answer(speaker.hear("", LISTENER, session or self.session))

    def sending(self, change: Callable[[dict[str, Any]], None]) -> None:
        """Change each envelope from now on."""
        self.speaker = sending(self.speaker, change)

    @property
    def asked(self) -> str:
        """The open question."""
        assert self.session
        return str(self.session.attributes["nightfeed"]["ask"]["question"])

    def _answer(self, exchange: Exchange) -> str:
        response = exchange.response["response"]
        self.card = response.get("card")
        self.session = exchange.session
        if "directives" in response:
            (self.directive,) = response["directives"]
            self.session = session_kept(exchange)
        return " ".join(step.text for step in exchange.steps if not step.url)


SUNDAY = "remind me every sunday at eight in the evening"


def test_the_full_flow_from_the_vote_to_the_reminder(tmp_path: Path, amazon: AmazonServices) -> None:
    amazon.permitted = False
    talk = Talk(tmp_path)
    talk.hear("open nightfeed", "yes", "carry on", "carry on")
    assert "Would you like a reminder" in talk.hear("it helped")
    assert talk.hear("yes") == "On which day of the week shall I remind you?"
    assert talk.hear("sunday") == "And at what time?"
    assert talk.hear("eight in the evening") == "That's every Sunday at 8 in the evening. Shall I set that?"
    assert talk.hear("yes") == ALEXA_ASKS
    assert talk.directive == {
        "type": "Connections.SendRequest",
        "name": "AskFor",
        "payload": {
            "@type": "AskForPermissionsConsentRequest",
            "@version": "2",
            "permissionScopes": [
                {"permissionScope": "alexa::alerts:reminders:skill:readwrite", "consentLevel": "ACCOUNT"}
            ],
        },
        "token": "SU 20:00 Europe/London",
    }
    amazon.permitted = True
    said = talk.permit("ACCEPTED")
    assert said == (
        "That's set. I'll remind you every Sunday at 8 in the evening. Would you like to hear First foods?"
    )
    talk.hear("change my reminder to nine in the evening", "yes", "when is my reminder")
    assert "cancelled" in talk.hear("cancel my reminder")
    assert amazon.log == [
        f"GET {API}/v2/devices/*/settings/System.timeZone 200",
        f"POST {API}/v1/alerts/reminders 401",
        f"POST {API}/v1/alerts/reminders 201",
        f"GET {API}/v2/devices/*/settings/System.timeZone 200",
        f"PUT {API}/v1/alerts/reminders/* 200",
        f"GET {API}/v1/alerts/reminders/* 200",
        f"DELETE {API}/v1/alerts/reminders/* 200",
    ]


@pytest.mark.parametrize(
    ("fault", "key"),
    [
        (Fault(403, {"code": "MAX_REMINDERS_EXCEEDED"}), "trouble_too_many"),
        (Fault(403, {"code": "DEVICE_NOT_SUPPORTED"}), "trouble_device"),
        (Fault(429, {"code": "RATE_EXCEEDED"}), "trouble_busy"),
        (Fault(500, {"code": "INTERNAL_ERROR"}), "trouble_down"),
        (Fault(503, b"<html>"), "trouble_down"),
        (Fault(stalls=True), "trouble_slow"),
        (Fault(hangs_up=True, after_doing=True), "trouble_slow"),
        (Fault(400, {"code": "A_CODE_OF_TOMORROW"}), "trouble_unknown"),
        (Fault(201, b"<html>"), "trouble_unknown"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_failure_is_told_for_what_it_is_and_the_conversation_goes_on(
    tmp_path: Path, amazon: AmazonServices, fault: Fault, key: str
) -> None:
    talk = Talk(tmp_path, call_seconds=0.3 if fault.stalls else 2.0)
    talk.hear("open nightfeed", "yes", SUNDAY)
    amazon.faults = {CREATING: fault}
    assert talk.hear("yes").startswith(talk.texts[f"reminder.{key}"])
    assert talk.asked == "next_or_more"
    amazon.faults = {}
    assert "haven't a reminder" in talk.hear("when is my reminder")
    assert "That's set" in [talk.hear(SUNDAY), talk.hear("yes")][-1]


@pytest.mark.parametrize(
    ("fault", "key"),
    [
        (Fault(429, {"code": "RATE_EXCEEDED"}), "trouble_busy"),
        (Fault(500, {"code": "A_CODE_OF_TOMORROW"}), "trouble_down"),
        (Fault(403, {"code": "ACCESS_DENIED"}), "no_time_zone"),
        (Fault(200, "Mars/Olympus"), "no_time_zone"),
        (Fault(204, b""), "no_time_zone"),
        (Fault(stalls=True), "no_time_zone"),
    ],
    ids=lambda value: value if isinstance(value, str) else str(value.status),
)
def test_without_her_time_zone_nothing_is_read_back(
    tmp_path: Path, amazon: AmazonServices, fault: Fault, key: str
) -> None:
    talk = Talk(tmp_path, call_seconds=0.3 if fault.stalls else 2.0)
    amazon.faults = {"GET /v2": fault}
    assert talk.hear(SUNDAY).startswith(talk.texts[f"reminder.{key}"])
    assert talk.asked == "start"


def test_where_amazon_cannot_be_reached_that_is_told(
    tmp_path: Path, amazon: AmazonServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = Talk(tmp_path)
    talk.hear(SUNDAY)
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    assert talk.hear("yes").startswith(talk.texts["reminder.trouble_down"])
    assert talk.asked == "start"


def test_a_question_for_the_permission_that_failed_is_told_and_a_card_sent(
    tmp_path: Path, amazon: AmazonServices
) -> None:
    amazon.permitted = False
    talk = Talk(tmp_path)
    talk.hear(SUNDAY, "yes")
    assert talk.permit("", code="500").startswith(talk.texts["reminder.permission_failed"])
    assert talk.card == {
        "type": "AskForPermissionsConsent",
        "permissions": ["alexa::alerts:reminders:skill:readwrite"],
    }
    assert talk.asked == "start"


def test_a_refused_permission_is_asked_for_only_once(tmp_path: Path, amazon: AmazonServices) -> None:
    amazon.permitted = False
    talk = Talk(tmp_path)
    talk.hear(SUNDAY, "yes")
    assert talk.permit("ACCEPTED").startswith(talk.texts["reminder.trouble_not_allowed"])
    assert talk.card["permissions"] == ["alexa::alerts:reminders:skill:readwrite"]


def test_the_day_and_the_time_survive_even_a_session_that_alexa_has_lost(
    tmp_path: Path, amazon: AmazonServices
) -> None:
    amazon.permitted = False
    talk = Talk(tmp_path)
    talk.hear(SUNDAY, "yes")
    amazon.permitted = True
    assert "every Sunday at 8 in the evening" in talk.permit("ACCEPTED", session=OpenSession("new", {}))
    assert len(amazon.reminders) == 1


@pytest.mark.parametrize("token", ["", "nonsense", "XX 20:00 Europe/London", "SU 20:00 Mars/Olympus"])
def test_a_permission_for_nothing_that_is_known_leads_to_a_question(
    tmp_path: Path, amazon: AmazonServices, token: str
) -> None:
    amazon.permitted = False
    talk = Talk(tmp_path)
    talk.hear(SUNDAY, "yes")
    amazon.permitted = True
    talk.directive["token"] = token
    talk.permit("ACCEPTED", session=OpenSession("new", {}))
    assert talk.asked in ("which_day", "set_reminder")
    assert amazon.reminders == {}


def test_a_reminder_that_was_deleted_elsewhere_is_set_anew_or_forgotten(
    tmp_path: Path, amazon: AmazonServices
) -> None:
    talk = Talk(tmp_path)
    talk.hear(SUNDAY, "yes")
    amazon.reminders.clear()
    talk.hear("change my reminder to monday")
    assert talk.hear("yes").startswith(talk.texts["reminder.trouble_gone"])
    assert talk.asked == "set_reminder" and amazon.reminders == {}
    assert "every Monday at 8 in the evening" in talk.hear("yes")
    assert len(amazon.reminders) == 1
    amazon.reminders.clear()
    assert talk.hear("cancel my reminder").startswith(talk.texts["reminder.trouble_gone"])
    assert talk.hear("cancel my reminder").startswith(talk.texts["reminder.none"])


def test_a_reminder_that_could_not_be_cancelled_stays_known(tmp_path: Path, amazon: AmazonServices) -> None:
    talk = Talk(tmp_path)
    talk.hear(SUNDAY, "yes")
    amazon.faults = {"DELETE": Fault(503)}
    assert talk.hear("cancel my reminder").startswith(talk.texts["reminder.trouble_down"])
    amazon.faults = {"GET /v1": Fault(503)}
    assert "every Sunday" in talk.hear("when is my reminder")


def test_alexa_is_told_the_listeners_own_zone_and_locale(tmp_path: Path, amazon: AmazonServices) -> None:
    amazon.time_zone = "America/Los_Angeles"
    talk = Talk(tmp_path)
    talk.sending(lambda envelope: envelope["request"].update(locale="en-US"))
    talk.hear("remind me on saturday at eight in the evening", "yes")
    (asked,) = amazon.reminders.values()
    # In Los Angeles it is still Saturday, the last day of February, seven in the evening.
    assert asked["requestTime"] == "2026-02-28T19:00:00"
    assert asked["trigger"]["recurrence"]["startDateTime"] == "2026-02-28T20:00:00"
    assert asked["trigger"]["timeZoneId"] == "America/Los_Angeles"
    assert asked["alertInfo"]["spokenInfo"]["content"][0]["locale"] == "en-US"


@pytest.mark.parametrize(
    ("access", "told"),
    [
        ({"apiEndpoint": "http://api.eu.amazonalexa.com"}, "trouble_device"),
        ({"apiEndpoint": None}, "trouble_device"),
        ({"apiAccessToken": ""}, "trouble_device"),
    ],
)
def test_without_a_safe_way_to_alexas_services_none_is_taken(
    tmp_path: Path, amazon: AmazonServices, access: dict[str, Any], told: str
) -> None:
    talk = Talk(tmp_path)
    speaker = make_speaker(talk.house)
    talk.speaker = sending(
        speaker, lambda envelope: envelope["context"]["System"].update({"apiAccessToken": "t"} | access)
    )
    assert talk.hear(SUNDAY).startswith(talk.texts[f"reminder.{told}"])
    assert amazon.log == []


def test_what_alexa_says_names_neither_the_skill_nor_the_listener(tmp_path: Path) -> None:
    house = make_house(tmp_path)
    for prompts in (house.prompts, *house.prompts.local.values()):
        text = prompts.texts["reminder.alexa_says"]
        assert house.show.name.lower() not in text.lower() and "{" not in text
        assert json.dumps(text).isascii()
