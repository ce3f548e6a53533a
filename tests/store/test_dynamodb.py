"""DynamoDB's own side of the store, over a real table."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from skill.alexa.start import open_store
from skill.bookmark import Bookmark
from skill.settings import read_settings
from skill.store.contract import Answered, Counted, GuideReport, Hearing, Store, StoreError
from skill.store.dynamodb import DynamoStore
from skill.store.dynamodb_items import ageing
from skill.store.sqlite import SqliteStore
from tests.a_year import NOW as NOW_A_YEAR_ON
from tests.a_year import write_a_year
from tests.dynamodb import REGION, TABLE, losing_the_first_answer
from tests.small_library import library
from tests.store.test_faults import WORDS, Talk, messages

pytestmark = pytest.mark.heavy

NOW = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
MORE_THAN_A_PAGE = 12
"""Items of 100 kB: a scan gives a megabyte at a time."""


@pytest.fixture
def store(table: str) -> DynamoStore:
    return DynamoStore(table, REGION)


def test_an_item_has_the_shape_that_the_sdks_adapter_reads(store: DynamoStore, client: Any) -> None:
    store.vote("ann", "sleep", True, NOW)
    store.keep_bookmark("ann", Bookmark("sleep", 1))
    (item,) = client.scan(TableName=TABLE)["Items"]
    assert item["id"] == {"S": "ann"}
    assert set(item["attributes"]["M"]) == {"hearings", "bookmark"}


def test_the_later_vote_wins_whichever_comes_first(store: DynamoStore) -> None:
    store.vote("ann", "sleep", True, LATER)
    store.vote("ann", "sleep", False, NOW)
    assert store.listener("ann").hearings == (Hearing("sleep", LATER, helpful=True),)
    store.vote("ann", "sleep", False, LATER + timedelta(seconds=1))
    assert store.listener("ann").hearings == (Hearing("sleep", LATER, helpful=False),)


def test_an_earlier_start_that_comes_late_does_not_change_the_order(store: DynamoStore) -> None:
    store.start("ann", "sleep", LATER)
    store.start("ann", "sleep", NOW)
    assert store.listener("ann").hearings == (Hearing("sleep", LATER),)


def test_the_report_reads_page_by_page(store: DynamoStore) -> None:
    for number in range(MORE_THAN_A_PAGE):
        store.start(f"listener {number}", "sleep", NOW)
        store.keep_answer(f"listener {number}", Answered("request", "x" * 100_000))
    assert store.report().guides == (GuideReport("sleep", MORE_THAN_A_PAGE, 0, 0, 0),)
    assert store.retire(LATER) == MORE_THAN_A_PAGE
    assert store.report().guides == (GuideReport("sleep", MORE_THAN_A_PAGE, 0, 0, 0),)


def test_of_who_has_gone_nothing_stays_in_the_table(store: DynamoStore, client: Any) -> None:
    store.vote("ann", "sleep", True, NOW)
    store.hush("ann", NOW)
    store.start("ben", "sleep", NOW)
    store.forget("ben")
    store.retire(LATER)
    store.count(Counted.NO_ANSWER, "sleep", NOW)
    tally, past = sorted(client.scan(TableName=TABLE)["Items"], key=lambda item: "starts" in item)
    counts = {"starts": {"N": "1"}, "finishes": {"N": "0"}, "yes": {"N": "1"}, "no": {"N": "0"}}
    assert past == {"id": {"S": "past sleep"}, **counts}
    assert tally == {"id": {"S": "tally 2026-02-23 no_answer sleep"}, "times": {"N": "1"}}


@pytest.mark.parametrize("started", [NOW, LATER])
def test_who_does_something_while_old_hearings_are_retired_is_left_alone(
    started: datetime, store: DynamoStore, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.start("ann", "food", started)
    store.start("ann", "sleep", NOW)

    def meanwhile(item: Any, before: datetime) -> Any:
        aged = ageing(item, before)
        store.vote("ann", "sleep", True, LATER)
        return aged

    monkeypatch.setattr("skill.store.dynamodb.ageing", meanwhile)
    assert store.retire(LATER) == 0
    assert {hearing.guide for hearing in store.listener("ann").hearings} == {"food", "sleep"}
    assert store.report().guides == (GuideReport("food", 1, 0, 0, 0), GuideReport("sleep", 1, 0, 1, 0))


def test_what_is_asked_again_because_the_answer_was_lost_is_done_once(
    table: str, dynalite: str, aws: Callable[[str], None]
) -> None:
    def through_a_fault(call: Callable[[Store], object]) -> object:
        with losing_the_first_answer(dynalite) as address:
            aws(address)
            return call(DynamoStore(table, REGION))

    DynamoStore(table, REGION).start("ann", "sleep", NOW)
    through_a_fault(lambda store: store.vote("ann", "sleep", True, NOW))
    with pytest.raises(StoreError):
        through_a_fault(lambda store: store.count_asking("ann", "sleep"))
    with pytest.raises(StoreError):
        through_a_fault(lambda store: store.count(Counted.NO_ANSWER, "sleep", NOW))
    assert through_a_fault(lambda store: store.claim_announcement("sleep", NOW)) is True
    assert through_a_fault(lambda store: store.claim_announcement("sleep", NOW)) is False
    aws(dynalite)
    assert DynamoStore(table, REGION).listener("ann").hearings == (Hearing("sleep", NOW, None, True, 1),)
    assert [tally.times for tally in DynamoStore(table, REGION).report().tallies] == [1]


@pytest.mark.parametrize(
    "attributes",
    [
        {"S": "text"},
        {"M": {"hearings": {"M": {"sleep": {"M": {}}}}}},
        {"M": {"hearings": {"M": {}}, "bookmark": {"M": {"page": {"N": "3"}}}}},
        {"M": {"hearings": {"L": []}}},
    ],
)
def test_an_item_of_others_is_a_store_error(
    attributes: dict[str, Any], store: DynamoStore, client: Any
) -> None:
    client.put_item(TableName=TABLE, Item={"id": {"S": "ann"}, "attributes": attributes})
    with pytest.raises(StoreError, match="an item cannot be read") as caught:
        store.listener("ann")
    assert "sleep" not in str(caught.value)


def test_a_conversation_is_kept_in_the_table_and_told_by_the_report(
    table: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NIGHTFEED_TABLE", table)
    talk = Talk(open_store(read_settings({"NIGHTFEED_TABLE": table, "AWS_REGION": REGION}, tmp_path)))
    for words in WORDS:
        talk.hear(words)
    assert talk.says("feedback.thanks_helped", "yes")
    told = subprocess.check_output([sys.executable, "-m", "skill", "report", "--json"], text=True)
    (line,) = json.loads(told)
    assert (line["starts"], line["finishes"], line["yes"], line["no"]) == (1, 1, 1, 0)
    page = tmp_path / "report.html"
    subprocess.run([sys.executable, "-m", "skill", "report", "--html", str(page)], check=True)
    assert "1 of 1 said yes" in page.read_text(encoding="utf-8")
    assert not (tmp_path / "nightfeed-data" / "nightfeed.sqlite3").exists()


def test_a_year_is_told_as_sqlite_tells_it(store: DynamoStore, tmp_path: Path) -> None:
    file = SqliteStore(tmp_path / "listeners.sqlite3")
    for each in (store, file):
        write_a_year(each, library(), listeners=60)
    assert store.report() == file.report()
    for each in (store, file):
        each.retire(NOW_A_YEAR_ON - timedelta(weeks=30))
    assert store.report() == file.report()


def test_once_there_is_a_table_the_conversation_is_kept(
    client: Any, request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> None:
    talk = Talk(DynamoStore(TABLE, REGION))
    for words in WORDS:
        talk.hear(words)
    assert talk.says("feedback.not_noted", "yes")
    assert "there is no such table" in messages(caplog)[0]
    request.getfixturevalue("table")
    for words in WORDS[1:]:
        talk.hear(words)
    assert talk.says("feedback.thanks_helped", "it helped")
    assert messages(caplog)[-1].endswith("store again")


def test_a_table_with_another_key_is_told(client: Any) -> None:
    client.create_table(
        TableName="others",
        AttributeDefinitions=[{"AttributeName": "user", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "user", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
    )
    client.get_waiter("table_exists").wait(TableName="others", WaiterConfig={"Delay": 0.05})
    calls: tuple[Callable[[Store], object], ...] = (
        lambda store: store.listener("ann"),
        lambda store: store.vote("ann", "sleep", True, NOW),
        lambda store: store.claim_announcement("sleep", NOW),
    )
    for call in calls:
        with pytest.raises(StoreError, match="it needs the partition key id"):
            call(DynamoStore("others", REGION))
