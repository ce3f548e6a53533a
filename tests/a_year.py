"""A year of listeners who never were, the same ones each time: for the report's tests and pictures."""

import random
from datetime import UTC, datetime, timedelta

from skill.bookmark import Bookmark
from skill.library import Library
from skill.store.contract import Counted, Store

NOW = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
"""When the year ends."""
WEEKS = 52
GUIDES_EACH = (1, 1, 1, 2, 2, 3)
"""Heard by one listener, each as likely as the others."""
GOES_ON, VOTES, ASKS_IN_VAIN, SETS_REMINDER, CANCELS_REMINDER = 0.82, 0.45, 0.2, 0.15, 0.35
"""How likely each is: to go on with the next part; and so on."""


def write_a_year(store: Store, library: Library, listeners: int, seed: int = 1) -> None:
    """Let that many of them listen: more towards the year's end, fewer in the summer."""
    chance = random.Random(seed)
    liked = {guide.slug: chance.uniform(0.45, 0.95) for guide in library.guides}
    loved = [chance.uniform(0.3, 1.0) for _ in library.guides]
    for number in range(listeners):
        at = _moment(chance)
        for guide in dict.fromkeys(chance.choices(library.guides, loved, k=chance.choice(GUIDES_EACH))):
            listener, at = f"listener {number}", min(at + timedelta(days=chance.randrange(9)), NOW)
            store.start(listener, guide.slug, at)
            stopped = next((part for part in range(len(guide.sections)) if chance.random() > GOES_ON), None)
            if stopped is not None:
                store.keep_bookmark(listener, Bookmark(guide.slug, stopped))
                continue
            store.keep_bookmark(listener, None)
            store.finish(listener, guide.slug, at)
            if chance.random() < VOTES:
                store.vote(listener, guide.slug, chance.random() < liked[guide.slug], at)
        if chance.random() < ASKS_IN_VAIN:
            nearest = chance.choice([*library.guides, library.guides[0], None])
            store.count(Counted.NO_ANSWER, nearest.slug if nearest else "", at)
        if chance.random() < SETS_REMINDER:
            store.count(Counted.REMINDER_KEPT, "", at)
            if chance.random() < CANCELS_REMINDER:
                later = min(at + timedelta(days=chance.randrange(60)), NOW)
                store.count(Counted.REMINDER_CANCELLED, "", later)


def _moment(chance: random.Random) -> datetime:
    while True:
        past = chance.random()
        at = NOW - timedelta(weeks=WEEKS * past)
        often = 1 - 0.75 * past - (0.15 if at.month in (7, 8) else 0)
        if chance.random() < often:
            return at
