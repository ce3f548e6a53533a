"""What an item of the DynamoDB table holds, and in which types.

An item has the shape of the Alexa SDK's own adapter (ask-sdk-dynamodb-persistence-adapter): the partition key
`id`, a string, and a map `attributes`. A listener's hearings are a map in it, by guide. Beside it stands what
that adapter does not look at.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from skill.bookmark import Bookmark
from skill.store.contract import Answered, Hearing, Listener, Reminder, Tally
from skill.store.counting import COUNTS, Counting, counts_of

Value = str | int | float | bool | Mapping[str, Any] | None
"""What is kept. Of a mapping, what is None is left out."""
Typed = Mapping[str, Any]
"""A value in DynamoDB's types: its type's letter, and itself."""
Item = Mapping[str, Typed]
"""As DynamoDB gives it."""
Path = tuple[str, ...]
"""From an item's top to one of its values."""

KEY: Path = ("id",)
REVISION: Path = ("revision",)
"""Another one with every fact: who would delete what is old sees by it that nothing has changed meanwhile."""
ATTRIBUTES: Path = ("attributes",)
HEARINGS: Path = (*ATTRIBUTES, "hearings")
BOOKMARK: Path = (*ATTRIBUTES, "bookmark")
BOOKMARKED: Path = (*BOOKMARK, "guide")
REMINDER: Path = (*ATTRIBUTES, "reminder")
REMINDER_OFFERED: Path = (*ATTRIBUTES, "reminder_offered")
HUSH_UNTIL: Path = (*ATTRIBUTES, "hush_until")
ANSWERED: Path = (*ATTRIBUTES, "answered")
WITH_THE_LAST_HEARING = (BOOKMARK, REMINDER_OFFERED, HUSH_UNTIL, ANSWERED)
"""What is not kept of a listener of whom there is no hearing."""
AGEING = (KEY, REVISION, HEARINGS, BOOKMARKED, REMINDER, REMINDER_OFFERED, HUSH_UNTIL, (*ANSWERED, "request"))
"""What `ageing` looks at."""

ANNOUNCEMENT = "announcement "
PAST = "past "
TALLY = "tally "
"""How the ids of items begin that are no listener's: hashed ids have no spaces. A guide's name follows, or a
tally's week, what is counted, and the subject. Counts are at such an item's top, where they can be added to.
"""
TIMES = "times"
"""Of a tally."""
REPORTED = (KEY, HEARINGS, BOOKMARK, (TIMES,), *((count,) for count in COUNTS))
"""What `add_item` looks at."""


def packed(value: Value) -> Typed:
    """The value, in DynamoDB's types."""
    if isinstance(value, bool):
        return {"BOOL": value}
    if isinstance(value, int | float):
        return {"N": str(value)}
    if isinstance(value, Mapping):
        return {"M": {name: packed(each) for name, each in value.items() if each is not None}}
    return {"S": value}


def unpacked(value: Typed) -> Any:
    """The value that was packed; numbers come back as float. Raises ValueError for a type never packed."""
    ((kind, content),) = value.items()
    if kind == "M":
        return {name: unpacked(each) for name, each in content.items()}
    if kind == "N":
        return float(content)
    if kind in ("S", "BOOL"):
        return content
    raise ValueError(kind)


def stamp(at: datetime) -> str:
    """The time, so that the later one sorts behind."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def found(item: Item, path: Path) -> Any:
    """What the item has at the path, in DynamoDB's types; None: nothing."""
    here: Any = {"M": item}
    for part in path:
        here = here.get("M", {}).get(part)
        if here is None:
            return None
    return here


def listener_in(item: Item) -> Listener:
    """All that the item keeps. Raises a built-in error (see dynamodb.py) for what is none of ours."""
    kept = unpacked(item["attributes"])
    by_guide = [_hearing(guide, facts) for guide, facts in sorted(kept.get("hearings", {}).items())]
    bookmark, reminder, answered = (kept.get(name) for name in ("bookmark", "reminder", "answered"))
    return Listener(
        bookmark=_bookmark(**bookmark) if bookmark else None,
        hearings=tuple(sorted(by_guide, key=lambda hearing: hearing.started, reverse=True)),
        reminder=Reminder(**reminder) if reminder else None,
        reminder_offered=_time(kept.get("reminder_offered")),
        hush_until=_time(kept.get("hush_until")),
        answered=Answered(**answered) if answered else None,
    )


def tally_id(week: date, what: str, subject: str) -> str:
    """Of the item of what is counted in the week of that Monday."""
    return f"{TALLY}{week.isoformat()} {what} {subject}"


def add_item(counting: Counting, item: Item) -> None:
    """Add what the item keeps to the report, whatever it is."""
    name = item["id"]["S"]
    if name.startswith(PAST):
        counts = {count: int(item[count]["N"]) for count in COUNTS}
        counting.add_past(name.removeprefix(PAST), counts)
    elif name.startswith(TALLY):
        week, what, subject = name.removeprefix(TALLY).split(" ", 2)
        counting.add_tally(Tally(date.fromisoformat(week), what, subject, int(item[TIMES]["N"])))
    elif found(item, HEARINGS):
        counting.add_listener(listener_in(item))


def counts_in(item: Item) -> dict[str, dict[str, int]]:
    """What a listener's item adds to the guides' counts, by guide."""
    hearings = found(item, HEARINGS) or {"M": {}}
    return {guide: counts_of(_hearing(guide, unpacked(each))) for guide, each in hearings["M"].items()}


@dataclass(frozen=True)
class Ageing:
    """What becomes of a listener's item when what is old goes."""

    hearings: tuple[str, ...]
    """The guides whose hearings go."""
    gone: tuple[Path, ...]
    """All that goes."""
    whole: bool
    """Whether nothing stays."""
    revision: str
    """Of the item from which that follows."""


def ageing(item: Item, before: datetime) -> Ageing | None:
    """What goes of the item where all with a date from then on stays; None: nothing, or not a listener's."""
    hearings, bookmarked = found(item, HEARINGS), found(item, BOOKMARKED)
    if not hearings:
        return None
    old = tuple(guide for guide, each in hearings["M"].items() if _last(unpacked(each)) < stamp(before))
    left = hearings["M"].keys() - old
    gone = [(*HEARINGS, guide) for guide in old]
    if not left:
        gone += [path for path in WITH_THE_LAST_HEARING if found(item, path)]
    elif bookmarked and bookmarked["S"] not in left:
        gone.append(BOOKMARK)
    whole = not left and not found(item, REMINDER)
    return Ageing(old, tuple(gone), whole, unpacked(item["revision"])) if gone or whole else None


def _last(hearing: Mapping[str, Any]) -> str:
    return max(str(hearing.get(what, "")) for what in ("started", "finished", "voted"))


def _hearing(guide: str, facts: Mapping[str, Any]) -> Hearing:
    return Hearing(
        guide,
        datetime.fromisoformat(facts["started"]),
        _time(facts.get("finished")),
        facts.get("helpful"),
        int(facts["times_asked"]),
    )


def _bookmark(guide: str, section: float, clip: float, deeper: bool, offset: float) -> Bookmark:
    return Bookmark(guide, int(section), int(clip), deeper, offset)


def _time(kept: str | None) -> datetime | None:
    return datetime.fromisoformat(kept) if kept else None
