"""Announcing a guide: the event's shape, and every way that sending it may end, as the command tells it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from skill.alexa.proactive_events import Credentials, hosts, media_available
from skill.cli.announce_command import command
from skill.errors import NightfeedError
from skill.settings import read_settings
from skill.show import read_show
from tests.amazon_services import CLIENT, AmazonServices, Fault, amazon_services
from tests.conversing import CONTENT
from tests.server import PROJECT, environment, nightfeed
from tests.small_library import library

GUIDE = "limits-and-consequences"
EU, NA, FE = "api.eu.amazonalexa.com", "api.amazonalexa.com", "api.fe.amazonalexa.com"
STAGE = "/v1/proactiveEvents/stages/development"
SENDING = "POST /v1/proactiveEvents"


@pytest.fixture
def amazon(tmp_path: Path) -> Iterator[AmazonServices]:
    with amazon_services(tmp_path / "amazon") as services:
        yield services


def announce(tmp_path: Path, amazon: AmazonServices, *flags: str, **changes: str) -> Result:
    keys = {
        "NIGHTFEED_CLIENT_ID": CLIENT["client_id"],
        "NIGHTFEED_CLIENT_SECRET": CLIENT["client_secret"],
    }
    env = environment(tmp_path / "data", **(amazon.environment | keys | changes))
    run = CliRunner().invoke(command, [GUIDE, *flags], obj=read_settings(env, PROJECT), env=env)
    assert CLIENT["client_secret"] not in run.output + str(run.exception)
    return run


def refused(run: Result) -> str:
    """The one line of an error."""
    assert isinstance(run.exception, NightfeedError), run
    (line,) = str(run.exception).splitlines()
    return line


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


def test_a_long_name_makes_a_reference_that_alexa_takes() -> None:
    guide, show = replace(library().guides[0], slug="a" * 120), read_show(CONTENT / "show.toml")
    event = media_available(guide, show, ("en-GB",), datetime.now(UTC))
    assert event["referenceId"] == "guide-" + "a" * 94


def test_without_send_the_event_is_shown_and_nothing_is_sent(tmp_path: Path, amazon: AmazonServices) -> None:
    run = nightfeed(tmp_path / "data", "announce", GUIDE, "--live", **amazon.environment)
    assert (run.returncode, run.stderr) == (0, "Nothing is sent without --send.\n")
    assert json.loads(run.stdout)["event"]["name"] == "AMAZON.MediaContent.Available"
    assert amazon.log == []


def test_a_guide_is_announced_once_in_every_region_and_on_each_stage(
    tmp_path: Path, amazon: AmazonServices
) -> None:
    run = announce(tmp_path, amazon, "--send")
    assert run.stdout.splitlines() == [f"{host}: announced (development)" for host in (EU, NA, FE)]
    assert [place for place, _ in amazon.events] == [f"{host}{STAGE}" for host in (EU, NA, FE)]
    run = announce(tmp_path, amazon, "--send")
    assert run.exit_code == 0 and "announced before" in run.stdout
    assert len(amazon.events) == 3
    announce(tmp_path, amazon, "--send", "--live")
    assert [place for place, _ in amazon.events[3:]] == [
        f"{host}/v1/proactiveEvents" for host in (EU, NA, FE)
    ]
    # Asked to, it sends again; Alexa, who knows the reference, tells nobody twice.
    run = announce(tmp_path, amazon, "--send", "--again")
    assert f"{EU}: Alexa has had this announcement before" in run.stdout
    assert len(amazon.events) == 6


LATER = "try again later"
DEPLOY = "deploy skill.json with its notifications permission and publication, and check --live"


@pytest.mark.parametrize(
    ("status", "remedy"),
    [
        (300, LATER),
        (400, "look at the event without --send"),
        (401, DEPLOY),
        (403, DEPLOY),
        (429, LATER),
        (500, LATER),
        (503, LATER),
    ],
)
def test_what_was_refused_can_be_sent_anew(
    tmp_path: Path, amazon: AmazonServices, status: int, remedy: str
) -> None:
    amazon.faults = {SENDING: Fault(status, b"<html>")}
    told = refused(announce(tmp_path, amazon, "--send"))
    assert told == f"{EU} has not taken the announcement ({status}); {remedy}"
    amazon.faults = {}
    assert f"{EU}: announced (development)" in announce(tmp_path, amazon, "--send").stdout


def test_what_may_have_been_sent_is_not_sent_anew_unasked(tmp_path: Path, amazon: AmazonServices) -> None:
    amazon.faults = {SENDING: Fault(hangs_up=True, after_doing=True)}
    told = refused(announce(tmp_path, amazon, "--send"))
    assert told.startswith(f"{EU} hasn't answered: the guide may have been announced there, or not")
    assert "--again" in told
    amazon.faults = {}
    run = announce(tmp_path, amazon, "--send")
    assert run.stdout.splitlines()[0].startswith(f"{EU}: announced before")
    assert [place for place, _ in amazon.events] == [f"{host}{STAGE}" for host in (EU, NA, FE)]


def test_wrong_or_missing_keys_are_told_without_showing_them(tmp_path: Path, amazon: AmazonServices) -> None:
    run = announce(tmp_path, amazon, "--send", NIGHTFEED_CLIENT_SECRET="WRONG")
    assert refused(run) == (
        "Login with Amazon refuses NIGHTFEED_CLIENT_ID and NIGHTFEED_CLIENT_SECRET (401); "
        "copy both from the skill's Permissions page in the developer console"
    )
    assert "WRONG" not in run.output + str(run.exception)
    run = announce(tmp_path, amazon, "--send", NIGHTFEED_CLIENT_ID="")
    assert refused(run).startswith("set NIGHTFEED_CLIENT_ID")
    assert amazon.events == []


REFUSED = "Login with Amazon refuses NIGHTFEED_CLIENT_ID and NIGHTFEED_CLIENT_SECRET"


@pytest.mark.parametrize(
    ("fault", "beginning"),
    [
        (Fault(500), "Login with Amazon has failed (500); try again later"),
        (Fault(503), "Login with Amazon has failed (503); try again later"),
        (Fault(200, b"<html>"), f"{REFUSED} (200)"),
        (Fault(200, ["access_token"]), f"{REFUSED} (200)"),
        (Fault(200, {"access_token": 3}), f"{REFUSED} (200)"),
        (Fault(400, {"access_token": "given all the same"}), f"{REFUSED} (400)"),
        (Fault(hangs_up=True), "api.amazon.com doesn't answer; try again later"),
    ],
)
def test_login_that_fails_or_talks_nonsense_is_told(
    tmp_path: Path, amazon: AmazonServices, fault: Fault, beginning: str
) -> None:
    amazon.faults = {"POST /auth": fault}
    assert refused(announce(tmp_path, amazon, "--send")).startswith(beginning)
    assert amazon.events == []


def test_a_locale_of_no_region_is_told() -> None:
    assert hosts(["en-IN", "en-GB", "en-CA"]) == (EU, NA)
    with pytest.raises(NightfeedError) as told:
        hosts(["en-GB", "en-ZA"])
    assert str(told.value) == (
        "skill.json: 'en-ZA' is of no region known here; add it to skill/alexa/proactive_events.py"
    )


def test_where_amazon_cannot_be_reached_nothing_was_sent(tmp_path: Path, amazon: AmazonServices) -> None:
    run = announce(tmp_path, amazon, "--send", https_proxy="http://127.0.0.1:9")
    assert refused(run) == "api.amazon.com can't be reached; check the network and HTTPS_PROXY"
    assert "announced (development)" in announce(tmp_path, amazon, "--send").stdout


def test_an_unknown_guide_is_told(tmp_path: Path) -> None:
    run = nightfeed(tmp_path / "data", "announce", "nobody")
    assert run.returncode == 2 and GUIDE in run.stderr


def test_the_secret_is_shown_by_no_setting(tmp_path: Path) -> None:
    settings = read_settings({"NIGHTFEED_CLIENT_ID": "id", "NIGHTFEED_CLIENT_SECRET": "hush"}, tmp_path)
    assert (settings.client_id, settings.client_secret) == ("id", "hush")
    assert "hush" not in repr(settings) + repr(Credentials("id", "hush"))
