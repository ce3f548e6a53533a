"""Forgetting her means her reminder too; and what Alexa's events tell is acted upon."""

import json
from pathlib import Path
from typing import Any

import pytest

from skill.alexa.entry import answer
from skill.alexa.skill import build_skill
from skill.bookmark import Bookmark
from skill.dialogue.conversation import converse
from skill.dialogue.forgetting import REMINDERS, forget
from skill.dialogue.memory import Memory
from skill.dialogue.reply import Ask, Question, StopStream
from skill.dialogue.services import ServiceError, Trouble
from skill.dialogue.turn import Playing, Session, Turn
from skill.store.contract import Listener, Reminder, StoreError
from skill.store.sqlite import SqliteStore
from tests.conversing import AUDIO_URL, Clock, event, make_house, make_speaker, sending
from tests.stories import LISTENER, BrokenStore, hashed

REMINDER = Reminder("alert-1", "SU", "20:00", "Europe/London")


class Alexa:
    """Alexa's services, of which one may fail; every other method of theirs would be an error."""

    def __init__(self, trouble: Trouble | None = None) -> None:
        self.trouble = trouble
        self.deleted: list[str] = []

    def delete_reminder(self, token: str) -> None:
        """See Services."""
        if self.trouble:
            raise ServiceError(self.trouble)
        self.deleted.append(token)


def said_yes(tmp_path: Path, services: Any, **more: Any) -> tuple[list[str], Turn, Any]:
    """What is said to her yes: prompt keys; with the turn, and the reply."""
    house = make_house(tmp_path)
    house.store.keep_reminder("she", REMINDER)
    house.store.keep_bookmark("she", Bookmark("sleep"))
    session = Session(Ask(Question.FORGET), Bookmark("sleep"), Clock().now.timestamp())
    memory = Memory(house.store, "she", Clock().now)
    turn = Turn(house.library, house.show, memory, Clock().now, session, services=services, **more)
    reply, kept = converse(forget, turn)
    assert kept.ask is None
    assert house.store.listener("she") == Listener()
    return [words.key for words in reply.speech], turn, reply


def test_her_reminder_is_deleted_with_the_rest(tmp_path: Path) -> None:
    alexa = Alexa()
    assert said_yes(tmp_path, alexa)[0] == ["forgetting.done"]
    assert alexa.deleted == ["alert-1"]


def test_a_reminder_that_is_gone_already_is_no_trouble(tmp_path: Path) -> None:
    assert said_yes(tmp_path, Alexa(Trouble.GONE))[0] == ["forgetting.done"]


@pytest.mark.parametrize("services", [None, Alexa(Trouble.DOWN), Alexa(Trouble.NOT_ALLOWED)])
def test_a_reminder_that_cannot_be_deleted_is_honestly_told(tmp_path: Path, services: Any) -> None:
    assert said_yes(tmp_path, services)[0] == ["forgetting.done", "forgetting.reminder_left"]


def test_what_plays_is_stopped_so_that_it_tells_nothing_of_her(tmp_path: Path) -> None:
    assert said_yes(tmp_path, Alexa())[2].directives == ()
    assert said_yes(tmp_path, Alexa(), playing=Playing("t", 3.0))[2].directives == (StopStream(),)


@pytest.mark.parametrize("name", ["SkillPermissionAccepted", "SkillPermissionChanged"])
@pytest.mark.parametrize(
    ("accepted", "kept"),
    [([REMINDERS], REMINDER), ([], None), (["alexa::profile:given_name:read"], None), (None, REMINDER)],
    ids=["given", "withdrawn", "another", "nothing told"],
)
def test_a_reminder_is_forgotten_where_the_permission_is_withdrawn(
    tmp_path: Path, name: str, accepted: list[str] | None, kept: Reminder | None
) -> None:
    house = make_house(tmp_path)
    speaker = make_speaker(house)
    her = hashed(speaker.hear("open nightfeed", LISTENER, None).request, house.listener_key)
    house.store.keep_reminder(her, REMINDER)
    house.store.keep_bookmark(her, Bookmark("sleep"))
    exchange = sending(speaker, event(name, accepted)).hear("", LISTENER, None)
    assert exchange.response["response"] == {}
    listener = house.store.listener(her)
    assert (listener.bookmark, listener.reminder) == (Bookmark("sleep"), kept)


def test_an_event_that_the_store_cannot_take_is_not_acknowledged(tmp_path: Path) -> None:
    speaker = make_speaker(make_house(BrokenStore(tmp_path / "broken.sqlite3")))
    with pytest.raises(StoreError):
        sending(speaker, event("SkillDisabled")).hear("", LISTENER, None)


def test_an_event_as_alexa_sends_it_is_understood(tmp_path: Path) -> None:
    house = make_house(SqliteStore(tmp_path / "events.sqlite3"))
    body = {
        "version": "1.0",
        "context": {
            "System": {
                "application": {"applicationId": "amzn1.ask.skill.x"},
                "user": {"userId": LISTENER},
                "apiEndpoint": "https://api.eu.amazonalexa.com",
            }
        },
        "request": {
            "type": "AlexaSkillEvent.SkillDisabled",
            "requestId": "r",
            "timestamp": "2026-03-01T03:00:00Z",
            "eventCreationTime": "2026-03-01T03:00:00Z",
            "eventPublishingTime": "2026-03-01T03:00:00Z",
            "body": {"userInformationPersistenceStatus": "NOT_PERSISTED"},
        },
    }
    her = hashed(body, house.listener_key)
    house.store.vote(her, "sleep", True, Clock().now)
    reply = json.loads(answer(build_skill(house, AUDIO_URL), json.dumps(body)))
    assert reply["response"] == {}
    assert house.store.listener(her) == Listener()
