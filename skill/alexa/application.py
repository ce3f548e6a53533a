"""Which skill a request is for."""

from typing import Any

from skill.alexa.refusals import Reason, Refused


def check_application(envelope: Any, skill_id: str) -> None:
    """Raises Refused for a request that is not for the skill of that id, wherever it names its skill."""
    places = [
        within(envelope, "context", "System", "application", "applicationId"),
        within(envelope, "session", "application", "applicationId"),
    ]
    named = [application for application in places if application is not None]
    if not named:
        raise Refused(Reason.APPLICATION_MISSING)
    if any(application != skill_id for application in named):
        raise Refused(Reason.APPLICATION_WRONG)


def within(envelope: Any, *names: str) -> Any:
    """What lies at that path of objects; None where there is nothing, or no object on the way."""
    found: Any = envelope
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found
