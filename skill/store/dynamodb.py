"""The store in one DynamoDB table: one item a listener, written fact by fact from any number of processes."""

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import uuid4

from skill.bookmark import Bookmark
from skill.store.contract import Answered, Counted, Listener, Reminder, Report, StoreError
from skill.store.counting import Counting, week_of
from skill.store.dynamodb_api import Parameters
from skill.store.dynamodb_expressions import (
    ConditionFailed,
    adding,
    claiming,
    counting,
    reading,
    setting,
    unchanged,
)
from skill.store.dynamodb_items import (
    AGEING,
    ANNOUNCEMENT,
    ANSWERED,
    ATTRIBUTES,
    BOOKMARK,
    HEARINGS,
    HUSH_UNTIL,
    PAST,
    REMINDER,
    REMINDER_OFFERED,
    REPORTED,
    TIMES,
    Ageing,
    Item,
    Path,
    Value,
    add_item,
    ageing,
    counts_in,
    listener_in,
    packed,
    stamp,
    tally_id,
)
from skill.store.dynamodb_table import DynamoTable


class DynamoStore:
    """A Store in the table, which is made by whoever deploys the skill: partition key `id`, a string.

    What no listener waits for (announcements, report, retire) is given more time than the rest.
    """

    def __init__(self, table: str, region: str = "") -> None:
        """Nothing is asked of the table yet. Raises NightfeedError where it cannot be asked at all."""
        self._table = DynamoTable(table, region)

    def together(self, synced: bool) -> AbstractContextManager[None]:
        """See Store: a table cannot; each fact is written by itself."""
        return nullcontext()

    def listener(self, listener: str) -> Listener:
        """See Store."""
        answer = self._table.asked("GetItem", time.monotonic(), Key=_key(listener), ConsistentRead=True)
        with self._understanding():
            return listener_in(answer["Item"]) if "Item" in answer else Listener()

    def keep_bookmark(self, listener: str, bookmark: Bookmark | None) -> None:
        """See Store."""
        self._keep(listener, BOOKMARK, asdict(bookmark) if bookmark else None)

    def start(self, listener: str, guide: str, at: datetime) -> None:
        """See Store."""
        self._note(listener, guide, at, "started")

    def finish(self, listener: str, guide: str, at: datetime) -> None:
        """See Store."""
        self._note(listener, guide, at, "finished")

    def count_asking(self, listener: str, guide: str) -> None:
        """See Store."""
        hearing = (*HEARINGS, guide)
        self._first_of(listener, counting((*hearing, "times_asked"), hearing), repeatable=False)

    def vote(self, listener: str, guide: str, helpful: bool, at: datetime) -> None:
        """See Store."""
        self._note(listener, guide, at, "voted", helpful=helpful)

    def keep_reminder(self, listener: str, reminder: Reminder | None) -> None:
        """See Store."""
        self._keep(listener, REMINDER, asdict(reminder) if reminder else None)

    def note_offer(self, listener: str, at: datetime) -> None:
        """See Store."""
        self._keep(listener, REMINDER_OFFERED, stamp(at))

    def hush(self, listener: str, until: datetime | None) -> None:
        """See Store."""
        self._keep(listener, HUSH_UNTIL, stamp(until) if until else None)

    def keep_answer(self, listener: str, answered: Answered) -> None:
        """See Store."""
        self._keep(listener, ANSWERED, asdict(answered))

    def count(self, what: Counted, subject: str, at: datetime) -> None:
        """See Store."""
        tally = _key(tally_id(week_of(at), what, subject))
        self._table.asked("UpdateItem", time.monotonic(), False, Key=tally, **adding({TIMES: 1}))

    def forget(self, listener: str) -> None:
        """See Store."""
        self._table.asked("DeleteItem", time.monotonic(), Key=_key(listener))

    def claim_announcement(self, guide: str, at: datetime) -> bool:
        """See Store."""
        # Where an answer is lost, AWS's client asks again: it must know the first claim for its own.
        claim = uuid4().hex
        item = _key(ANNOUNCEMENT + guide) | {"attributes": packed({"announced": stamp(at), "claim": claim})}
        return self._patiently_done("PutItem", Item=item, **claiming(claim))

    def withdraw_announcement(self, guide: str) -> None:
        """See Store."""
        self._table.asked_patiently("DeleteItem", Key=_key(ANNOUNCEMENT + guide))

    def retire(self, before: datetime) -> int:
        """See Store.

        A listener whose item changes meanwhile is left to the next run. Where a run is cut short between
        deleting and counting, the hearings of one listener are counted no more.
        """
        retired = 0
        for item in self._items(*AGEING):
            with self._understanding():
                aged = ageing(item, before)
                counts = counts_in(item) if aged else {}
            if aged and self._aged({"id": item["id"]}, aged):
                for guide in aged.hearings:
                    added = adding(counts[guide])
                    self._table.asked_patiently("UpdateItem", Key=_key(PAST + guide), **added)
                retired += len(aged.hearings)
        return retired

    def _aged(self, key: Parameters, aged: Ageing) -> bool:
        """Whether that could be done: not where the item has changed."""
        if aged.whole:
            return self._patiently_done("DeleteItem", Key=key, **unchanged(aged.revision))
        update = setting(dict.fromkeys(aged.gone), revision=aged.revision)
        return self._patiently_done("UpdateItem", Key=key, **update)

    def report(self) -> Report:
        """See Store."""
        counted = Counting()
        for item in self._items(*REPORTED):
            with self._understanding():
                add_item(counted, item)
        return counted.report()

    def _keep(self, listener: str, path: Path, fact: Value) -> None:
        """Keep one fact of hers in place of the last one; None: none."""
        update = setting({path: fact}, within=ATTRIBUTES)
        if fact is None:
            self._first_of(listener, update)
            return
        new_listener = setting({ATTRIBUTES: {"hearings": {}, path[-1]: fact}}, new=ATTRIBUTES)
        self._first_of(listener, update, new_listener, update)

    def _note(self, listener: str, guide: str, at: datetime, what: str, **facts: Value) -> None:
        """Note what she did with the guide, and when, unless she did it again later."""
        hearing = (*HEARINGS, guide)
        facts = {what: stamp(at), **facts}
        update = setting(
            {(*hearing, name): fact for name, fact in facts.items()}, within=hearing, dated=(*hearing, what)
        )
        whole = {"started": stamp(at), "times_asked": 0, **facts}
        new_hearing = setting({hearing: whole}, within=HEARINGS, new=hearing)
        new_listener = setting({ATTRIBUTES: {"hearings": {guide: whole}}}, new=ATTRIBUTES)
        # Another device may be first with any of them; when none can be done, a later date is kept.
        self._first_of(listener, update, new_hearing, new_listener, new_hearing, update)

    def _first_of(self, listener: str, *updates: Parameters, repeatable: bool = True) -> None:
        """Do the first of the updates whose condition holds, if any."""
        begun = time.monotonic()
        for update in updates:
            try:
                self._table.asked("UpdateItem", begun, repeatable, Key=_key(listener), **update)
            except ConditionFailed:
                continue
            return

    def _patiently_done(self, operation: str, **parameters: Any) -> bool:
        """Whether the condition held."""
        try:
            self._table.asked_patiently(operation, **parameters)
        except ConditionFailed:
            return False
        return True

    def _items(self, *paths: Path) -> Iterator[Item]:
        """All items of the table, page by page, with what they have at the paths."""
        page: Parameters = {}
        while not page or "LastEvaluatedKey" in page:
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]} if page else {}
            page = self._table.asked_patiently("Scan", ConsistentRead=True, **reading(*paths), **start)
            yield from page["Items"]

    @contextmanager
    def _understanding(self) -> Iterator[None]:
        """Whoever reads an item finds in it what a store of ours wrote; else: StoreError."""
        try:
            yield
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            raise StoreError(
                f"DynamoDB table {self._table.name}: an item cannot be read ({type(error).__name__}); "
                "see whether another program writes to it"
            ) from None


def _key(name: str) -> Parameters:
    return {"id": packed(name)}
