"""Real envelopes of every kind that Alexa sends, made at random: see "Request Types Reference"."""

from collections.abc import Callable
from random import Random
from typing import Any

import msgspec

from skill.bookmark import Bookmark
from skill.dialogue.forgetting import REMINDERS
from skill.dialogue.reply import Ask, Pending, Question, Stream
from skill.dialogue.routes import ROUTES
from skill.dialogue.screen import TOUCHABLE
from skill.dialogue.stream_token import write_token
from skill.dialogue.turn import Session

Envelope = dict[str, Any]

STAMP = "2026-03-01T03:00:00Z"
NOW = 1_772_334_000.0
"""The same time, in POSIX seconds."""
APPLICATION = {"applicationId": "amzn1.ask.skill.test"}
GUIDES = ("sleep", "food", "gone")
INTENTS = (*(route.name for route in ROUTES if route.name.endswith("Intent")), "IntentOfTomorrow")
SLOTS = {
    "guide": ("sleep", "weaning", "bees", "sleeping well"),
    "section": ("bedtime", "first tastes", "the moon", "night waking"),
    "number": ("1", "2", "7", "?", "15"),
    "ordinal": ("1", "3"),
    "query": ("why do babies wake", "lead in sleep", "quantum physics"),
    "duration": ("PT5M", "PT15S", "P1D", "five minutes"),
    "day": ("sunday", "2026-03-02", "someday"),
    "time": ("20:00", "EV", "8 o'clock"),
}
IDS = ("sleep", "food", "sleep.0", "sleep.1", "food.0")
VIEWPORT = {
    "experiences": [{"arcMinuteWidth": 246, "arcMinuteHeight": 144, "canRotate": False, "canResize": False}],
    "mode": "HUB",
    "shape": "RECTANGLE",
    "pixelWidth": 1024,
    "pixelHeight": 600,
    "dpi": 160,
    "currentPixelWidth": 1024,
    "currentPixelHeight": 600,
    "touch": ["SINGLE"],
    "keyboard": [],
    "video": {"codecs": ["H_264_42", "H_264_41"]},
}
STRANGERS = (
    {"type": "Alexa.Of.Tomorrow", "payload": {"more": [1, 2]}},
    {"type": "System.ExceptionEncountered", "error": {"type": "INVALID_RESPONSE", "message": "m"}},
    {"type": "Messaging.MessageReceived", "message": {"notice": "n"}},
    {"type": "Dialog.API.Invoked", "apiRequest": {"name": "n", "arguments": {}, "slots": {}}},
    {"type": "Alexa.Presentation.HTML.Message", "message": {"m": 1}},
    {"type": "Alexa.Presentation.APL.RuntimeError", "token": "nightfeed", "errors": []},
    {"type": "Display.ElementSelected", "token": "nightfeed"},
    {"type": "GameEngine.InputHandlerEvent", "events": []},
    {"type": "Reminders.ReminderStarted", "body": {"alertToken": "t"}},
    {"type": "LaunchRequest.Task", "task": {"name": "t", "version": "1", "input": {}}},
)


def launch(random: Random) -> Envelope:
    """ "Open Nightfeed"."""
    return _spoken(random, {"type": "LaunchRequest"})


def intent(random: Random) -> Envelope:
    """Something said: any intent, with slots as the model resolves them."""
    return _spoken(random, {"type": "IntentRequest", "dialogState": "STARTED", "intent": _intent(random)})


def session_ended(random: Random) -> Envelope:
    """A session's end without a word."""
    reason = random.choice(("USER_INITIATED", "ERROR", "EXCEEDED_MAX_REPROMPTS"))
    error = {"error": {"type": "INVALID_RESPONSE", "message": "m"}} if reason == "ERROR" else {}
    return _spoken(random, {"type": "SessionEndedRequest", "reason": reason, **error})


def playing(random: Random) -> Envelope:
    """What the AudioPlayer reports."""
    event = random.choice(("Started", "NearlyFinished", "Finished", "Stopped"))
    request = {"type": f"AudioPlayer.Playback{event}", "token": token(random)}
    return _silent(random, {**request, "offsetInMilliseconds": random.randrange(30_000)})


def playing_failed(random: Random) -> Envelope:
    """The AudioPlayer's failure, of this stream or of the one to come."""
    error = {"type": random.choice(("MEDIA_ERROR_UNKNOWN", "MEDIA_ERROR_INVALID_REQUEST")), "message": "m"}
    request = {"type": "AudioPlayer.PlaybackFailed", "token": token(random), "error": error}
    return _silent(random, {**request, "currentPlaybackState": _player(random)})


def button(random: Random) -> Envelope:
    """A button of the device."""
    pressed = random.choice(("Play", "Pause", "Next", "Previous"))
    return _silent(random, {"type": f"PlaybackController.{pressed}CommandIssued"})


def connection(random: Random) -> Envelope:
    """Alexa's answer to what was handed to her."""
    payload = {
        "permissionScopes": [{"permissionScope": REMINDERS, "consentLevel": "ACCOUNT"}],
        "status": random.choice(("ACCEPTED", "DENIED", "NOT_ANSWERED")),
    }
    status = {"code": random.choice(("200", "200", "400", "500")), "message": "m"}
    handed_over = random.choice(("", "SU 20:00 Europe/London", "MO 07:30 Moon/Sea"))
    request = {"type": "Connections.Response", "name": "AskFor", "status": status, "token": handed_over}
    return _spoken(random, {**request, "payload": payload})


def touch(random: Random) -> Envelope:
    """A button on the screen."""
    source = {"type": "TouchWrapper", "handler": "Press", "id": "button"}
    request = {"type": "Alexa.Presentation.APL.UserEvent", "token": "nightfeed", "source": source}
    arguments = [random.choice((*TOUCHABLE, "ButtonOfTomorrow"))]
    return _spoken(random, {**request, "arguments": arguments, "components": {}})


def skill_event(random: Random) -> Envelope:
    """Enabled, disabled, permissions given and taken back, and others."""
    name = random.choice(
        ("SkillEnabled", "SkillDisabled", "SkillPermissionAccepted", "SkillPermissionChanged",
         "SkillAccountLinked", "ProactiveSubscriptionChanged", "SkillOfTomorrow")
    )  # fmt: skip
    request: Envelope = {"type": f"AlexaSkillEvent.{name}", "eventCreationTime": STAMP}
    if "Permission" in name:
        scopes = random.choice(([], [{"scope": REMINDERS}]))
        request["body"] = {"acceptedPermissions": scopes, "userInformationPersistenceStatus": "PERSISTED"}
    elif name == "ProactiveSubscriptionChanged":
        request["body"] = {"subscriptions": [{"eventName": "AMAZON.MediaContent.Available"}]}
    envelope = _silent(random, request)
    del envelope["context"]["System"]["device"]
    return envelope


def can_fulfill(random: Random) -> Envelope:
    """Alexa asks whether we could."""
    return _spoken(random, {"type": "CanFulfillIntentRequest", "intent": _intent(random)})


def stranger(random: Random) -> Envelope:
    """A request that this skill never asked for."""
    return _spoken(random, dict(random.choice(STRANGERS)))


KINDS: dict[str, Callable[[Random], Envelope]] = {
    kind.__name__: kind
    for kind in (launch, intent, session_ended, playing, playing_failed, button, connection, touch,
                 skill_event, can_fulfill, stranger)
}  # fmt: skip


def token(random: Random) -> str:
    """Of a stream of ours, or once of another's."""
    if random.random() < 0.1:
        return "https://example.org/other.mp3"
    stream = Stream(_place(random), "", random.random() < 0.2, random.random() < 0.2)
    return write_token(stream)


def session_attributes(random: Random) -> Envelope:
    """Any conversation so far."""
    if random.random() < 0.2:
        return {}
    guide, other = random.choices(GUIDES, k=2)
    ask = Ask(random.choice(list(Question)), guide, random.randrange(4), other)
    day, time = random.choice(("", "SU", "MO")), random.choice(("", "20:00", "00:00"))
    pending = Pending(day, time, random.choice(("", "Europe/London")), random.choice((None, ask)))
    session = Session(
        ask=random.choice((None, ask, ask)),
        place=random.choice((None, _place(random))),
        reading_since=random.choice((0.0, NOW - 30)),
        soft=random.choice((None, None, True, False)),
        reminder=random.choice((None, pending)),
    )
    return {"nightfeed": msgspec.to_builtins(session)}


def _place(random: Random) -> Bookmark:
    section, clip = random.randrange(4), random.randrange(3)
    return Bookmark(random.choice(GUIDES), section, clip, random.random() < 0.2, random.choice((0.0, 4.2)))


def _intent(random: Random) -> Envelope:
    named = random.sample(sorted(SLOTS), random.choice((0, 1, 1, 2)))
    slots = {name: _slot(random, name) for name in named}
    return {"name": random.choice(INTENTS), "confirmationStatus": "NONE", "slots": slots}


def _slot(random: Random, name: str) -> Envelope:
    value = random.choice(SLOTS[name])
    code = random.choice(("ER_SUCCESS_MATCH", "ER_SUCCESS_NO_MATCH", "ER_ERROR_TIMEOUT"))
    values = [{"value": {"name": value, "id": random.choice(IDS)}}] if code == "ER_SUCCESS_MATCH" else []
    authority = {"authority": "amzn1.er-authority.echo-sdk.test", "status": {"code": code}, "values": values}
    slot = {"name": name, "confirmationStatus": "NONE", "source": "USER"}
    if random.random() < 0.1:
        return slot
    resolutions = {"resolutionsPerAuthority": [authority]}
    simple = {"type": "Simple", "value": value, "resolutions": resolutions}
    return {**slot, "value": value, "resolutions": resolutions, "slotValue": simple}


def _player(random: Random) -> Envelope:
    activity = random.choice(("PLAYING", "STOPPED", "FINISHED", "IDLE", "PAUSED", "BUFFER_UNDERRUN"))
    offset = random.randrange(30_000)
    return {"token": token(random), "offsetInMilliseconds": offset, "playerActivity": activity}


def _silent(random: Random, request: Envelope) -> Envelope:
    """Without a session."""
    return {"version": "1.0", "context": _context(random), "request": _request(random, request)}


def _spoken(random: Random, request: Envelope) -> Envelope:
    """In a session."""
    envelope = _silent(random, request)
    new = random.random() < 0.3
    session = {"new": new, "sessionId": "amzn1.echo-api.session.test", "application": APPLICATION}
    session["attributes"] = {} if new else session_attributes(random)
    return {**envelope, "session": {**session, "user": envelope["context"]["System"]["user"]}}


def _request(random: Random, request: Envelope) -> Envelope:
    locale = random.choice(("en-GB", "en-GB", "en-US", "en-IN", "de-DE"))
    identity = f"amzn1.echo-api.request.{random.getrandbits(64):x}"
    return {"requestId": identity, "timestamp": STAMP, "locale": locale, **request}


def _context(random: Random) -> Envelope:
    user = {"userId": f"amzn1.ask.account.{random.randrange(5)}", "permissions": {"scopes": {}}}
    interfaces: Envelope = {"AudioPlayer": {}} if random.random() < 0.7 else {}
    if random.random() < 0.4:
        interfaces["Alexa.Presentation.APL"] = {"runtime": {"maxVersion": "2024.3"}}
    system = {
        "application": APPLICATION,
        "user": user,
        "device": {"deviceId": "amzn1.ask.device.test", "supportedInterfaces": interfaces},
        "apiEndpoint": "https://api.eu.amazonalexa.com",
        "apiAccessToken": random.choice(("", "token")),
        "unit": {"unitId": "u", "persistentUnitId": "p"},
        "person": {"personId": "p", "accessToken": "t"},
    }
    context: Envelope = {"System": system}
    if "AudioPlayer" in interfaces:
        context["AudioPlayer"] = _player(random)
    if "Alexa.Presentation.APL" in interfaces:
        context["Viewport"] = VIEWPORT
        context["Viewports"] = [{"type": "APL", "id": "main", "shape": "RECTANGLE", "canRotate": False}]
        context["Alexa.Presentation.APL"] = {"token": "nightfeed", "version": "AriaRuntime-1"}
        context["Extensions"] = {"available": {"aplext:backstack:10": {}}}
    return context
