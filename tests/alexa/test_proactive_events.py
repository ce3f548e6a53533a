"""Announcing a guide: the event's shape, and every way that sending it may end, as the command tells it."""

import json
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from skill.alexa.proactive_events import Credentials, media_available
from skill.settings import read_settings
from skill.show import read_show
from tests.amazon_services import CLIENT, AmazonServices, Fault, amazon_services
from tests.conversing import CONTENT
from tests.server import nightfeed
from tests.small_library import library

GUIDE = "limits-and-consequences"
EU, NA, FE = "api.eu.amazonalexa.com", "api.amazonalexa.com", "api.fe.amazonalexa.com"
STAGE = "/v1/proactiveEvents/stages/development"
SENDING = "POST /v1/proactiveEvents"


@pytest.fixture
def amazon(tmp_path: Path) -> Iterator[AmazonServices]:
    with amazon_services(tmp_path / "amazon") as services:
        yield services


def announce(
    tmp_path: Path, amazon: AmazonServices, *flags: str, **changes: str
) -> subprocess.CompletedProcess[str]:
    keys = {
        "NIGHTFEED_CLIENT_ID": CLIENT["client_id"],
        "NIGHTFEED_CLIENT_SECRET": CLIENT["client_secret"],
    }
    run = nightfeed(tmp_path / "data", "announce", GUIDE, *flags, **(amazon.environment | keys | changes))
    assert CLIENT["client_secret"] not in run.stdout + run.stderr
    return run


def refused(run: subprocess.CompletedProcess[str]) -> str:
    """The one line of an error."""
    assert run.returncode == 2, run
    (line,) = run.stderr.splitlines()
    return line.removeprefix("nightfeed: ")


def test_the_event_is_as_its_schema_says() -> None:
    now = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
    show = read_show(CONTENT / "show.toml")
    assert media_available(library().guides[0], show, ("en-GB", "en-US"), now) == {
        "timestamp": "2026-03-01T12:30:00Z",
        "referenceId": "guide-sleep",
        "expiryTime": "2026-03-02T11:30:00Z",
        "event": {
            "name": "AMAZON.MediaContent.Available",
            "payload": {
                "availability": {
                    "startTime": "2026-03-01T12:30:00Z",
                    "provider": {"name": "localizedattribute:providerName"},
                    "method": "STREAM",
                },
                "content": {"name": "localizedattribute:contentName", "contentType": "EPISODE"},
            },
        },
        "localizedAttributes": [
            {"locale": locale, "providerName": "Nightfeed", "contentName": "Sleeping well"}
            for locale in ("en-GB", "en-US")
        ],
        "relevantAudience": {"type": "Multicast", "payload": {}},
    }


def test_without_send_the_event_is_shown_and_nothing_is_sent(tmp_path: Path, amazon: AmazonServices) -> None:
    run = announce(tmp_path, amazon, "--live")
    assert run.returncode == 0
    assert json.loads(run.stdout)["event"]["name"] == "AMAZON.MediaContent.Available"
    assert amazon.log == []


def test_a_guide_is_announced_once_in_every_region_and_on_each_stage(
    tmp_path: Path, amazon: AmazonServices
) -> None:
    run = announce(tmp_path, amazon, "--send")
    assert run.stdout.splitlines() == [f"{host}: announced (development)" for host in (EU, NA, FE)]
    assert [place for place, _ in amazon.events] == [f"{host}{STAGE}" for host in (EU, NA, FE)]
    run = announce(tmp_path, amazon, "--send")
    assert run.returncode == 0 and "announced before" in run.stdout
    assert len(amazon.events) == 3
    announce(tmp_path, amazon, "--send", "--live")
    assert [place for place, _ in amazon.events[3:]] == [
        f"{host}/v1/proactiveEvents" for host in (EU, NA, FE)
    ]
    # Asked to, it sends again; Alexa, who knows the reference, tells nobody twice.
    run = announce(tmp_path, amazon, "--send", "--again")
    assert f"{EU}: Alexa has had this announcement before" in run.stdout
    assert len(amazon.events) == 6


@pytest.mark.parametrize("status", [400, 401, 403, 429, 500, 503])
def test_what_was_refused_can_be_sent_anew(tmp_path: Path, amazon: AmazonServices, status: int) -> None:
    amazon.faults = {SENDING: Fault(status, b"<html>")}
    assert f"has not taken the announcement ({status})" in refused(announce(tmp_path, amazon, "--send"))
    amazon.faults = {}
    assert f"{EU}: announced (development)" in announce(tmp_path, amazon, "--send").stdout


def test_what_may_have_been_sent_is_not_sent_anew_unasked(tmp_path: Path, amazon: AmazonServices) -> None:
    amazon.faults = {SENDING: Fault(hangs_up=True, after_doing=True)}
    told = refused(announce(tmp_path, amazon, "--send"))
    assert "may have been announced there, or not" in told and "--again" in told
    amazon.faults = {}
    run = announce(tmp_path, amazon, "--send")
    assert run.stdout.splitlines()[0].startswith(f"{EU}: announced before")
    assert [place for place, _ in amazon.events] == [f"{host}{STAGE}" for host in (EU, NA, FE)]


def test_wrong_or_missing_keys_are_told_without_showing_them(tmp_path: Path, amazon: AmazonServices) -> None:
    run = announce(tmp_path, amazon, "--send", NIGHTFEED_CLIENT_SECRET="WRONG")
    assert "refuses NIGHTFEED_CLIENT_ID and NIGHTFEED_CLIENT_SECRET (401)" in refused(run)
    assert "WRONG" not in run.stdout + run.stderr
    run = announce(tmp_path, amazon, "--send", NIGHTFEED_CLIENT_ID="")
    assert refused(run).startswith("set NIGHTFEED_CLIENT_ID")
    assert amazon.events == []


def test_login_that_fails_or_talks_nonsense_is_told(tmp_path: Path, amazon: AmazonServices) -> None:
    for fault in (Fault(503), Fault(200, b"<html>"), Fault(200, {"access_token": 3}), Fault(hangs_up=True)):
        amazon.faults = {"POST /auth": fault}
        refused(announce(tmp_path, amazon, "--send"))
    assert amazon.events == []


def test_where_amazon_cannot_be_reached_nothing_was_sent(tmp_path: Path, amazon: AmazonServices) -> None:
    run = announce(tmp_path, amazon, "--send", https_proxy="http://127.0.0.1:9")
    assert refused(run) == "api.amazon.com can't be reached; check the network and HTTPS_PROXY"
    assert "announced (development)" in announce(tmp_path, amazon, "--send").stdout


def test_an_unknown_guide_is_told(tmp_path: Path) -> None:
    run = nightfeed(tmp_path / "data", "announce", "nobody")
    assert GUIDE in refused(run)


def test_the_secret_is_shown_by_no_setting(tmp_path: Path) -> None:
    settings = read_settings({"NIGHTFEED_CLIENT_ID": "id", "NIGHTFEED_CLIENT_SECRET": "hush"}, tmp_path)
    assert (settings.client_id, settings.client_secret) == ("id", "hush")
    assert "hush" not in repr(settings) + repr(Credentials("id", "hush"))
