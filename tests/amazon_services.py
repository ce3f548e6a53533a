"""A stand-in for Amazon's APIs: reminders, settings, Login with Amazon, proactive events.

It is a far end on loopback (see tests/far_end.py). Addresses, shapes, statuses and error codes are those of
the published references.
"""

import contextlib
import functools
import json
import re
import threading
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from skill.talk.speaker import OpenSession
from tests.amazon_certificates import Amazon, key_pem, pem, rsa_key
from tests.far_end import FarEnd, far_end

API_HOSTS = ("api.amazonalexa.com", "api.eu.amazonalexa.com", "api.fe.amazonalexa.com")
LOGIN_HOST = "api.amazon.com"
TOKEN = "token-of-the-listener"
DEVICE = "amzn1.ask.device.talk"
CLIENT = {"client_id": "amzn1.application-oa2-client.1", "client_secret": "secret&of=ours+"}
EVENTS_TOKEN = "token-for-events"
DRIP_SECONDS = 0.05
LOCAL_TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?"
RULE = r"FREQ=WEEKLY;BYDAY=(MO|TU|WE|TH|FR|SA|SU);BYHOUR=\d+;BYMINUTE=\d+;BYSECOND=0;INTERVAL=1;"
REFERENCE = r"[A-Za-z0-9=_.~-]{1,100}"

Said = tuple[int, Any]
"""A status, and what is answered as JSON (None: nothing)."""


@dataclass
class Fault:
    """What goes wrong with the next calls."""

    status: int = 0
    answer: Any = None
    """JSON, or bytes as they stand."""
    stalls: bool = False
    """Nothing is answered before the test is over."""
    drips: bool = False
    """The answer comes in pieces, with a pause before each that is no silence."""
    hangs_up: bool = False
    """The connection ends without an answer."""
    location: str = ""
    """Where it sends the client to."""
    after_doing: bool = False
    """What was asked for is done all the same."""


@dataclass
class AmazonServices:
    """What is known to Amazon of one listener, and what was asked of it."""

    environment: dict[str, str] = field(default_factory=dict)
    """Makes a process come here and trust what it finds."""
    permitted: bool = True
    """Whether the skill may keep reminders for her."""
    time_zone: str = "Europe/London"
    reminders: dict[str, Any] = field(default_factory=dict)
    """As they were asked for, by token."""
    events: list[tuple[str, Any]] = field(default_factory=list)
    """Host and path, and the event."""
    faults: dict[str, Fault] = field(default_factory=dict)
    """By "METHOD path", or the beginning of that."""
    log: list[str] = field(default_factory=list)
    """ "METHOD host path status", in order; in a path, * stands for the device or the reminder."""
    over: threading.Event = field(default_factory=threading.Event)

    def answer(self, method: str, host: str, path: str, headers: Any, body: bytes) -> Said:
        """As the references say."""
        if host == LOGIN_HOST:
            return self._login(method, path, headers, body)
        if path.startswith("/v1/proactiveEvents"):
            return self._event(host, path, headers, body)
        if headers["Authorization"] != f"Bearer {TOKEN}":
            return 401, {"code": "UNAUTHORIZED", "message": "The authentication token is not valid."}
        if path == f"/v2/devices/{DEVICE}/settings/System.timeZone" and method == "GET":
            return 200, self.time_zone
        if not path.startswith("/v1/alerts/reminders"):
            return 404, {"code": "NOT_FOUND", "message": path}
        if not self.permitted:
            return 401, {
                "code": "UNAUTHORIZED",
                "message": "Access to this resource has not yet been requested.",
            }
        return self._reminder(method, path.removeprefix("/v1/alerts/reminders").lstrip("/"), headers, body)

    def _reminder(self, method: str, token: str, headers: Any, body: bytes) -> Said:
        if token and token not in self.reminders:
            return 404, {"code": "ALERT_NOT_FOUND", "message": "The reminder was not found."}
        if method == "DELETE":
            del self.reminders[token]
            return 200, None
        if method == "GET":
            return 200, {"alertToken": token, "status": "ON", "version": "1", **self.reminders[token]}
        asked = json.loads(body)
        if wrong := what_is_wrong(asked, headers["Content-Type"]):
            return 400, {"code": "INVALID_REQUEST", "message": wrong}
        made = token or str(uuid.uuid4())
        self.reminders[made] = asked
        stamp = "2026-03-01T03:00:00.000Z"
        return 200 if token else 201, {
            "alertToken": made,
            "createdTime": stamp,
            "updatedTime": stamp,
            "status": "ON",
            "version": "1",
            "href": f"/v1/alerts/reminders/{made}",
        }

    def _login(self, method: str, path: str, headers: Any, body: bytes) -> Said:
        asked = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        if (method, path.lower()) != ("POST", "/auth/o2/token"):
            return 404, None
        if headers["Content-Type"] != "application/x-www-form-urlencoded":
            return 415, None
        if {name: asked.get(name) for name in CLIENT} != CLIENT:
            return 401, {"error": "invalid_client", "error_description": "Client authentication failed"}
        if asked.get("grant_type") != "client_credentials" or asked.get("scope") != "alexa::proactive_events":
            return 400, {
                "error": "invalid_scope",
                "error_description": "The request has an invalid parameter",
            }
        return 200, {
            "access_token": EVENTS_TOKEN,
            "expires_in": 3600,
            "scope": asked["scope"],
            "token_type": "bearer",
        }

    def _event(self, host: str, path: str, headers: Any, body: bytes) -> Said:
        if headers["Authorization"] != f"Bearer {EVENTS_TOKEN}":
            return 403, {"message": "The authentication token is not valid."}
        if headers["Content-Type"] != "application/json":
            return 415, {"message": "Content-Type"}
        event = json.loads(body)
        if not re.fullmatch(REFERENCE, event["referenceId"]):
            return 400, {"message": "referenceId"}
        if any(
            there == host + path and known["referenceId"] == event["referenceId"]
            for there, known in self.events
        ):
            return 409, {"message": "A duplicate event."}
        self.events.append((host + path, event))
        return 202, None


def what_is_wrong(asked: Any, content_type: str) -> str:
    """With a reminder's request; empty where nothing is."""
    trigger, (text,) = asked["trigger"], asked["alertInfo"]["spokenInfo"]["content"]
    checks = {
        "content type": content_type == "application/json",
        "requestTime": re.fullmatch(LOCAL_TIME, asked["requestTime"]),
        "type": trigger["type"] == "SCHEDULED_ABSOLUTE",
        "timeZoneId": "/" in trigger["timeZoneId"],
        "startDateTime": re.fullmatch(LOCAL_TIME, trigger["recurrence"]["startDateTime"]),
        "recurrenceRules": all(re.fullmatch(RULE, rule) for rule in trigger["recurrence"]["recurrenceRules"]),
        "deprecated": not {"freq", "byDay"} & trigger["recurrence"].keys(),
        "content": text["locale"] and text["text"],
        "pushNotification": asked["pushNotification"]["status"] == "ENABLED",
    }
    return ", ".join(name for name, right in checks.items() if not right)


@contextlib.contextmanager
def amazon_services(folder: Path) -> Iterator[AmazonServices]:
    """The stand-in, running; the folder takes its files."""
    amazon, key = Amazon.make(), rsa_key("services")
    leaf = amazon.intermediate.leaf(key, [*API_HOSTS, LOGIN_HOST])
    chain = pem(leaf, amazon.intermediate.certificate)
    services = AmazonServices()
    root = pem(amazon.root.certificate)
    with far_end(folder, root, key_pem(key) + chain, functools.partial(_Services, services)) as environment:
        services.environment |= environment
        try:
            yield services
        finally:
            services.over.set()


def with_access(envelope: dict[str, Any]) -> None:
    """A change to an envelope: as Alexa sends it to a skill that may use her services."""
    envelope["context"]["System"]["apiAccessToken"] = TOKEN


def answering(directive: Any, status: str, code: str = "200") -> Callable[[dict[str, Any]], None]:
    """A change to an envelope: the answer to that Connections.SendRequest."""

    def change(envelope: dict[str, Any]) -> None:
        (scope,) = directive["payload"]["permissionScopes"]
        envelope["request"].update(
            type="Connections.Response",
            name=directive["name"],
            status={"code": code, "message": "OK"},
            token=directive["token"],
            payload={"permissionScopes": [scope], "status": status} if code == "200" else None,
        )

    return change


def session_kept(exchange: Any) -> OpenSession:
    """The session while Alexa asks her own question: the answer neither closes it nor leaves it open."""
    assert "shouldEndSession" not in exchange.response["response"]
    return OpenSession(exchange.request["session"]["sessionId"], exchange.response["sessionAttributes"])


class _Services(FarEnd):
    """Answers as the services do, or as the fault tells."""

    def __init__(self, services: AmazonServices, *args: Any) -> None:
        self._services = services
        super().__init__(*args)

    def do_GET(self) -> None:  # noqa: N802
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        services, call = self._services, f"{self.command} {self.path}"
        fault = next((fault for start, fault in services.faults.items() if call.startswith(start)), Fault())
        status, answer = fault.status, fault.answer
        if not status or fault.after_doing:
            done = services.answer(self.command, self.host, self.path, self.headers, body)
            status, answer = (status, answer) if status else done
        path = re.sub("(/reminders/|/devices/)[^/]+", r"\1*", self.path)
        happened = "stalls" if fault.stalls else "hangs up" if fault.hangs_up else status
        services.log.append(f"{self.command} {self.host}{path} {happened}")
        if fault.stalls:
            services.over.wait()
        if fault.stalls or fault.hangs_up:
            return
        data = answer if isinstance(answer, bytes) else b"" if answer is None else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        if fault.location:
            self.send_header("Location", fault.location)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        for piece in (data[start : start + 1] for start in range(len(data))) if fault.drips else [data]:
            services.over.wait(DRIP_SECONDS if fault.drips else 0)
            self.wfile.write(piece)

    do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815
