"""Whatever befalls DynamoDB, a call ends in time with a line that says what to do, and the guide is read."""

import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime

import pytest

from skill.bookmark import Bookmark
from skill.errors import NightfeedError, installing
from skill.store import dynamodb_table
from skill.store.calls import CALL_SECONDS
from skill.store.contract import Answered, Counted, Reminder, Store, StoreError
from skill.store.dynamodb import DynamoStore
from tests.dynamodb import REGION, TABLE, Faulty
from tests.store.test_faults import WORDS, Talk, messages

NOW = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)
THROTTLED = (400, "ProvisionedThroughputExceededException")
NO_TABLE = (400, "ResourceNotFoundException")
BROKEN = (500, "InternalServerError")
SUCCESS = (200, "")
SILENCE = (0, "")

TURNS_CALLS: tuple[Callable[[Store], object], ...] = (
    lambda store: store.listener("zoe"),
    lambda store: store.keep_bookmark("zoe", Bookmark("sleep")),
    lambda store: store.keep_bookmark("zoe", None),
    lambda store: store.start("zoe", "sleep", NOW),
    lambda store: store.finish("zoe", "sleep", NOW),
    lambda store: store.count_asking("zoe", "sleep"),
    lambda store: store.vote("zoe", "sleep", True, NOW),
    lambda store: store.keep_reminder("zoe", Reminder("token", "SU", "20:00", "Europe/London")),
    lambda store: store.note_offer("zoe", NOW),
    lambda store: store.hush("zoe", NOW),
    lambda store: store.keep_answer("zoe", Answered("request", "{}")),
    lambda store: store.count(Counted.NO_ANSWER, "zoe", NOW),
    lambda store: store.forget("zoe"),
)
OTHER_CALLS: tuple[Callable[[Store], object], ...] = (
    lambda store: store.claim_announcement("sleep", NOW),
    lambda store: store.withdraw_announcement("sleep"),
    lambda store: store.report(),
    lambda store: store.retire(NOW),
)

Aws = Callable[[str], None]


LONGEST = dynamodb_table.BEGIN_SECONDS + dynamodb_table.CONNECT_SECONDS + dynamodb_table.READ_SECONDS
"""Seconds of a call in life."""


@pytest.fixture(autouse=True)
def at_leisure(monkeypatch: pytest.MonkeyPatch) -> None:
    """No answer is missed because the machine is busy, and none is asked for after a pause."""
    give_time(monkeypatch, 60.0)
    monkeypatch.setattr(dynamodb_table, "PATIENT_ATTEMPTS", 1)


def give_time(monkeypatch: pytest.MonkeyPatch, read: float) -> None:
    """Let an answer take that many seconds, and all else as long as it likes."""
    for limit in ("CONNECT_SECONDS", "BEGIN_SECONDS", "PATIENT_CONNECT_SECONDS"):
        monkeypatch.setattr(dynamodb_table, limit, 60.0)
    for limit in ("READ_SECONDS", "PATIENT_READ_SECONDS"):
        monkeypatch.setattr(dynamodb_table, limit, read)


@contextmanager
def refusing():
    """The address of a port at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


def hanging() -> AbstractContextManager[str]:
    return Faulty(SILENCE).serving()


def fault_of(call: Callable[[Store], object], store: Store | None = None) -> str:
    """What is told of the fault: one line that names the table, and nothing of a listener."""
    store = store or DynamoStore(TABLE, REGION)
    with pytest.raises(StoreError) as caught:
        call(store)
    told = str(caught.value)
    assert told.startswith(f"DynamoDB table {TABLE}: ")
    assert "\n" not in told
    assert not any(word in told for word in ("zoe", "sleep"))
    return told


@pytest.mark.parametrize(
    ("answer", "remedy"),
    [
        (THROTTLED, "raise the table's capacity"),
        ((400, "ThrottlingException"), "raise the table's capacity"),
        (NO_TABLE, "there is no such table"),
        ((400, "ValidationException"), "partition key id"),
        ((400, "AccessDeniedException"), "the role needs GetItem"),
        ((400, "UnrecognizedClientException"), "see to AWS_ACCESS_KEY_ID"),
        ((400, "ExpiredTokenException"), "see to AWS_ACCESS_KEY_ID"),
        (BROKEN, "InternalServerError; see AWS's"),
    ],
)
def test_every_answer_that_is_an_error_is_told_with_its_remedy(
    answer: tuple[int, str], remedy: str, aws: Aws
) -> None:
    with Faulty(answer).serving() as address:
        aws(address)
        store = DynamoStore(TABLE, REGION)
        for call in (*TURNS_CALLS, *OTHER_CALLS):
            assert remedy in fault_of(call, store)


@pytest.mark.parametrize("fault", [hanging, refusing])
def test_who_cannot_be_reached_is_not_waited_for(
    fault: Callable[[], AbstractContextManager[str]], aws: Aws, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_time(monkeypatch, read=0.05)
    with fault() as address:
        aws(address)
        store = DynamoStore(TABLE, REGION)
        for call in (*TURNS_CALLS, *OTHER_CALLS):
            assert "check the network" in fault_of(call, store)


def test_a_call_is_over_before_a_turn_gives_it_up() -> None:
    assert LONGEST < CALL_SECONDS


def test_a_call_of_many_requests_is_given_up_between_two_of_them(
    aws: Aws, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dynamodb_table, "BEGIN_SECONDS", -1.0)
    faulty = Faulty(SUCCESS)
    with faulty.serving() as address:
        aws(address)
        assert "no answer in time" in fault_of(TURNS_CALLS[0])
    assert faulty.asked == []


def test_without_credentials_the_remedy_is_told(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    aws("http://127.0.0.1:1")
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    assert "see to AWS_ACCESS_KEY_ID" in fault_of(TURNS_CALLS[0])


@pytest.mark.parametrize("first", [THROTTLED, BROKEN])
def test_what_may_pass_is_asked_once_more(first: tuple[int, str], aws: Aws) -> None:
    faulty = Faulty(first, SUCCESS)
    with faulty.serving() as address:
        aws(address)
        DynamoStore(TABLE, REGION).vote("zoe", "sleep", True, NOW)
    assert faulty.asked == ["DynamoDB_20120810.UpdateItem"] * 2


@pytest.mark.parametrize(("answer", "times"), [(THROTTLED, 2), (NO_TABLE, 1)])
def test_what_does_not_pass_is_asked_no_more_than_twice(
    answer: tuple[int, str], times: int, aws: Aws
) -> None:
    faulty = Faulty(answer)
    with faulty.serving() as address:
        aws(address)
        fault_of(TURNS_CALLS[0])
    assert len(faulty.asked) == times


@pytest.mark.parametrize(("answer", "times"), [(BROKEN, 1), (THROTTLED, 2)])
def test_an_asking_that_may_have_been_counted_is_not_counted_again(
    answer: tuple[int, str], times: int, aws: Aws
) -> None:
    faulty = Faulty(answer)
    with faulty.serving() as address:
        aws(address)
        fault_of(lambda store: store.count_asking("zoe", "sleep"))
    assert len(faulty.asked) == times


@pytest.mark.parametrize(
    "fault", [hanging, refusing, Faulty(THROTTLED).serving, Faulty(NO_TABLE).serving, Faulty(BROKEN).serving]
)
def test_she_is_read_to_and_her_vote_is_not_confirmed_and_the_log_says_so_once(
    fault: Callable[[], AbstractContextManager[str]],
    aws: Aws,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    give_time(monkeypatch, read=0.05 if fault is hanging else 60.0)
    with fault() as address:
        aws(address)
        talk = Talk(DynamoStore(TABLE, REGION))
        heard = [talk.hear(words) for words in WORDS]
        assert "part-1-lead-1" in heard[1] and "part-2-lead-1" in heard[2] and "top-tip" in heard[3]
        assert talk.says("feedback.not_noted", "yes")
    told = messages(caplog)
    assert told and all(each.startswith("cannot ") and TABLE in each for each in told)
    assert len(set(told)) == len(told) <= 2


def test_a_table_somewhere_is_refused_at_the_start(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_REGION")
    with pytest.raises(NightfeedError, match=f"NIGHTFEED_TABLE={TABLE}: in which region"):
        DynamoStore(TABLE)
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    DynamoStore(TABLE)


def test_a_region_that_is_none_is_refused_at_the_start(aws: Aws) -> None:
    with pytest.raises(NightfeedError, match="the moon is no region"):
        DynamoStore(TABLE, "the moon")


def test_without_awss_client_the_remedy_is_told_at_the_start() -> None:
    script = (
        "import sys; sys.modules['botocore'] = None\n"
        "from skill.errors import NightfeedError; from skill.store.dynamodb import DynamoStore\n"
        "try: DynamoStore('listeners', 'eu-west-1')\n"
        "except NightfeedError as error: print(error)"
    )
    told = subprocess.check_output([sys.executable, "-c", script], text=True)
    assert told == (f"NIGHTFEED_TABLE=listeners: botocore is missing; {installing('aws')}\n")
