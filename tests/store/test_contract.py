"""What every store keeps, and how, whatever it keeps it in."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from functools import partial

from skill.bookmark import Bookmark
from skill.store.contract import (
    Answered,
    Counted,
    GuideReport,
    Hearing,
    Listener,
    Reminder,
    Report,
    Stops,
    Store,
    Tally,
    Week,
)

NOW = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
REMINDER = Reminder("token", "SU", "20:00", "Europe/London")
AT_ONCE = 12

Opened = Callable[[], Store]


def at_once(*calls: Callable[[], object]) -> list[object]:
    """What the calls return, each made in a thread of its own."""
    gate = threading.Barrier(len(calls))

    def call(number: int) -> object:
        gate.wait()
        return calls[number]()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(call, range(len(calls))))


def test_a_new_listener_has_nothing(store: Store) -> None:
    assert store.listener("ann") == Listener()


def test_a_bookmark_is_kept_replaced_and_forgotten(store: Store) -> None:
    store.keep_bookmark("ann", Bookmark("sleep", 1, 2, True, 3.5))
    assert store.listener("ann").bookmark == Bookmark("sleep", 1, 2, True, 3.5)
    store.keep_bookmark("ann", Bookmark("food"))
    assert store.listener("ann").bookmark == Bookmark("food")
    store.keep_bookmark("ann", None)
    assert store.listener("ann").bookmark is None


def test_hearings_tell_what_was_started_finished_and_voted_on(store: Store) -> None:
    store.start("ann", "sleep", NOW)
    store.start("ann", "food", LATER)
    store.finish("ann", "sleep", LATER)
    store.vote("ann", "sleep", False, LATER)
    store.count_asking("ann", "sleep")
    assert store.listener("ann").hearings == (Hearing("food", LATER), Hearing("sleep", NOW, LATER, False, 1))


def test_one_listener_has_one_vote_on_a_guide_and_can_change_it(store: Store) -> None:
    for helpful in (True, False, True):
        store.vote("ann", "sleep", helpful, NOW)
    store.vote("ben", "sleep", False, NOW)
    assert store.report().guides == (GuideReport("sleep", starts=2, finishes=0, yes=1, no=1),)


def test_the_report_counts_listeners_by_guide(store: Store) -> None:
    for listener in ("ann", "ben", "cat"):
        store.start(listener, "sleep", NOW)
    store.start("ann", "sleep", LATER)
    store.finish("ann", "sleep", LATER)
    store.start("ann", "food", LATER)
    assert store.report().guides == (GuideReport("food", 1, 0, 0, 0), GuideReport("sleep", 3, 1, 0, 0))


def test_many_listeners_at_once_lose_no_vote(opened: Opened) -> None:
    one, other = opened(), opened()
    votes = [partial(one.vote, f"listener {number}", "sleep", True, NOW) for number in range(AT_ONCE)]
    again = [partial(other.vote, f"listener {number}", "sleep", True, NOW) for number in range(AT_ONCE)]
    at_once(*votes, *again)
    assert one.report().guides == (GuideReport("sleep", AT_ONCE, 0, AT_ONCE, 0),)


def test_what_devices_of_one_listener_keep_at_once_is_all_kept(opened: Opened) -> None:
    one, other = opened(), opened()
    place, answered = Bookmark("food", 1, 2, True, 3.5), Answered("request", "{}")

    def keep(listener: str, at: datetime) -> None:
        at_once(
            lambda: one.vote(listener, "sleep", True, at),
            lambda: other.start(listener, "food", at),
            lambda: one.finish(listener, "food", at),
            lambda: other.keep_bookmark(listener, place),
            lambda: one.keep_reminder(listener, REMINDER),
            lambda: other.note_offer(listener, at),
            lambda: one.hush(listener, at),
            lambda: other.keep_answer(listener, answered),
        )

    for listener in ("ann", "ben", "cat", "dot"):
        # The second time round, there is something of her already.
        for at in (NOW, LATER):
            keep(listener, at)
            kept = one.listener(listener)
            heard = {hearing.guide: (hearing.finished, hearing.helpful) for hearing in kept.hearings}
            assert heard == {"sleep": (None, True), "food": (at, None)}
            assert replace(kept, hearings=()) == Listener(place, (), REMINDER, at, at, answered)


def test_askings_at_once_are_all_counted(opened: Opened) -> None:
    one, other = opened(), opened()
    one.start("ann", "sleep", NOW)
    at_once(
        *[partial(device.count_asking, "ann", "sleep") for device in (one, other) for _ in range(AT_ONCE)]
    )
    assert one.listener("ann").hearings == (Hearing("sleep", NOW, times_asked=2 * AT_ONCE),)


def test_asking_about_a_guide_that_she_never_started_leaves_nothing(store: Store) -> None:
    store.count_asking("ann", "sleep")
    assert store.listener("ann") == Listener()
    store.start("ann", "food", NOW)
    store.count_asking("ann", "sleep")
    assert store.listener("ann").hearings == (Hearing("food", NOW),)


def test_who_votes_or_finishes_has_heard_the_guide(store: Store) -> None:
    store.finish("ann", "sleep", NOW)
    store.vote("ann", "food", False, LATER)
    assert store.listener("ann").hearings == (
        Hearing("food", LATER, helpful=False),
        Hearing("sleep", NOW, finished=NOW),
    )


def test_guides_started_together_come_by_name(store: Store) -> None:
    for guide in ("sleep", "crying", "food"):
        store.start("ann", guide, NOW)
    assert [hearing.guide for hearing in store.listener("ann").hearings] == ["crying", "food", "sleep"]


def test_what_was_written_is_there_for_who_opens_the_store_anew(opened: Opened) -> None:
    opened().vote("ann", "sleep", True, NOW)
    assert opened().listener("ann").hearings == (Hearing("sleep", NOW, helpful=True),)


def test_nothing_need_be_there_to_be_taken_back(store: Store) -> None:
    store.keep_bookmark("ann", None)
    store.keep_reminder("ann", None)
    store.hush("ann", None)
    store.forget("ann")
    store.withdraw_announcement("sleep")
    assert store.listener("ann") == Listener()
    assert store.report() == Report()
    assert store.retire(NOW) == 0


def test_reminder_offer_and_hush_are_kept_and_taken_back(store: Store) -> None:
    store.keep_reminder("ann", REMINDER)
    store.note_offer("ann", NOW)
    store.hush("ann", LATER)
    assert store.listener("ann") == Listener(reminder=REMINDER, reminder_offered=NOW, hush_until=LATER)
    store.keep_reminder("ann", None)
    store.hush("ann", None)
    assert store.listener("ann") == Listener(reminder_offered=NOW)


def test_forgetting_deletes_all_of_one_listener_and_nothing_of_others(store: Store) -> None:
    for listener in ("ann", "ben"):
        store.keep_bookmark(listener, Bookmark("sleep"))
        store.vote(listener, "sleep", True, NOW)
        store.keep_reminder(listener, REMINDER)
        store.hush(listener, LATER)
    others = store.listener("ben")
    store.forget("ann")
    assert store.listener("ann") == Listener()
    assert store.listener("ben") == others


def test_a_guide_is_announced_once_unless_the_claim_is_withdrawn(store: Store) -> None:
    assert store.claim_announcement("sleep", NOW)
    assert not store.claim_announcement("sleep", LATER)
    store.withdraw_announcement("sleep")
    assert store.claim_announcement("sleep", LATER)


def test_of_claims_at_once_one_is_granted(opened: Opened) -> None:
    claims = [partial(store.claim_announcement, "sleep", NOW) for store in (opened(), opened())]
    granted = at_once(*claims, *claims, *claims)
    assert granted.count(True) == 1
    assert granted.count(False) == len(granted) - 1


def test_a_listener_named_like_a_statement_is_only_a_name(store: Store) -> None:
    name = "'; DROP TABLE hearing; --"
    store.vote(name, "sleep", True, NOW)
    assert store.listener(name).hearings[0].helpful is True


def test_what_is_old_is_counted_without_its_listener(store: Store) -> None:
    store.vote("ann", "sleep", True, NOW)
    store.finish("ann", "sleep", NOW)
    store.keep_bookmark("ann", Bookmark("sleep", 1))
    store.hush("ann", NOW)
    store.keep_answer("ann", Answered("request", "{}"))
    store.start("ben", "sleep", NOW)
    store.start("ben", "food", LATER)
    store.keep_bookmark("ben", Bookmark("food", 1))
    store.keep_reminder("ann", REMINDER)
    before = store.report().guides
    assert store.retire(LATER) == 2
    assert store.report().guides == before
    assert store.listener("ann") == Listener(reminder=REMINDER)
    assert [hearing.guide for hearing in store.listener("ben").hearings] == ["food"]
    assert store.listener("ben").bookmark == Bookmark("food", 1)
    assert store.retire(LATER) == 0
    store.vote("cat", "sleep", False, LATER)
    assert store.retire(LATER + timedelta(1)) == 2
    assert store.report().guides == (GuideReport("food", 1, 0, 0, 0), GuideReport("sleep", 3, 1, 1, 1))


def test_the_last_answer_is_kept_and_forgotten_with_her(store: Store) -> None:
    store.keep_answer("ann", Answered("first", "{}"))
    store.keep_answer("ann", Answered("second", "[]"))
    assert store.listener("ann").answered == Answered("second", "[]")
    store.forget("ann")
    assert store.listener("ann") == Listener()


def test_a_place_in_a_guide_goes_with_its_hearing(store: Store) -> None:
    store.start("ann", "sleep", NOW)
    store.start("ann", "food", LATER)
    store.keep_bookmark("ann", Bookmark("sleep"))
    store.hush("ann", LATER)
    assert store.retire(LATER) == 1
    assert store.listener("ann") == Listener(hearings=(Hearing("food", LATER),), hush_until=LATER)


def test_what_is_kept_of_who_never_heard_a_guide_is_not_kept_for_long(store: Store) -> None:
    store.note_offer("ann", NOW)
    store.keep_answer("ann", Answered("request", "{}"))
    store.keep_reminder("ben", REMINDER)
    store.hush("ben", NOW)
    assert store.retire(NOW) == 0
    assert store.listener("ann") == Listener()
    assert store.listener("ben") == Listener(reminder=REMINDER)


def test_a_late_vote_or_a_late_end_keeps_an_old_hearing(store: Store) -> None:
    store.start("ann", "sleep", NOW)
    store.vote("ann", "sleep", True, LATER)
    store.start("ann", "food", NOW)
    store.finish("ann", "food", LATER)
    assert store.retire(LATER) == 0
    assert {hearing.guide for hearing in store.listener("ann").hearings} == {"sleep", "food"}


def test_who_comes_back_after_all_was_retired_is_new(store: Store) -> None:
    store.vote("ann", "sleep", True, NOW)
    store.keep_reminder("ann", REMINDER)
    store.retire(LATER)
    store.start("ann", "sleep", LATER)
    assert store.listener("ann") == Listener(hearings=(Hearing("sleep", LATER),), reminder=REMINDER)
    assert store.report().guides == (GuideReport("sleep", 2, 0, 1, 0),)


def test_the_report_tells_of_each_week_who_listened_and_what_was_finished(store: Store) -> None:
    sunday, monday = datetime(2026, 3, 1, 23, 59, 59, 999_999, UTC), datetime(2026, 3, 2, tzinfo=UTC)
    store.start("ann", "sleep", sunday)
    store.finish("ann", "sleep", monday)
    store.start("ann", "food", monday)
    store.start("ben", "sleep", monday)
    store.vote("cat", "sleep", True, monday + timedelta(weeks=2))
    report = store.report()
    assert report.listeners == 3
    assert report.weeks == (
        Week(date(2026, 2, 23), 1, 0),
        Week(date(2026, 3, 2), 2, 1),
        Week(date(2026, 3, 16), 1, 0),
    )


def test_the_report_tells_how_far_listeners_got(store: Store) -> None:
    for listener in ("ann", "ben", "cat", "dot", "eve"):
        store.start(listener, "sleep", NOW)
    store.keep_bookmark("ann", Bookmark("sleep", 2, 1, True, 3.5))
    store.keep_bookmark("ben", Bookmark("sleep"))
    store.finish("cat", "sleep", LATER)
    # Who has finished a guide has not stopped where she hears it again.
    store.finish("dot", "sleep", LATER)
    store.keep_bookmark("dot", Bookmark("sleep", 1))
    store.start("eve", "food", LATER)
    store.keep_bookmark("eve", Bookmark("food"))
    # A place without a hearing is nobody's.
    store.keep_bookmark("fay", Bookmark("sleep"))
    assert store.report().stops == (Stops("food", 0, (1,), 0), Stops("sleep", 2, (1, 0, 1), 1))
    store.forget("ann")
    assert store.report().stops == (Stops("food", 0, (1,), 0), Stops("sleep", 2, (1,), 1))


def test_what_is_counted_is_counted_by_week_and_has_no_listener(store: Store) -> None:
    store.start("ann", "sleep", NOW)
    for at in (NOW, LATER, NOW + timedelta(days=1)):
        store.count(Counted.NO_ANSWER, "sleep", at)
    store.count(Counted.NO_ANSWER, "", NOW)
    store.count(Counted.REMINDER_KEPT, "", NOW)
    monday_there_and_sunday_yet_in_utc = datetime(2026, 3, 2, 1, 0, tzinfo=timezone(timedelta(hours=2)))
    store.count(Counted.REMINDER_CANCELLED, "", monday_there_and_sunday_yet_in_utc)
    first, second = date(2026, 2, 23), date(2026, 3, 2)
    counted = (
        Tally(first, "no_answer", "", 1),
        Tally(first, "no_answer", "sleep", 2),
        Tally(first, "reminder_cancelled", "", 1),
        Tally(first, "reminder_kept", "", 1),
        Tally(second, "no_answer", "sleep", 1),
    )
    assert store.report().tallies == counted
    store.forget("ann")
    store.retire(NOW + timedelta(weeks=100))
    assert store.report() == Report(tallies=counted)


def test_what_is_counted_at_once_is_all_counted(opened: Opened) -> None:
    one, other = opened(), opened()
    at_once(
        *[
            partial(each.count, Counted.NO_ANSWER, "sleep", NOW)
            for each in (one, other)
            for _ in range(AT_ONCE)
        ]
    )
    assert one.report().tallies == (Tally(date(2026, 2, 23), "no_answer", "sleep", 2 * AT_ONCE),)


def test_of_what_was_retired_only_the_guides_totals_are_told(store: Store) -> None:
    store.finish("ann", "sleep", NOW)
    store.keep_bookmark("ann", Bookmark("sleep", 1))
    store.retire(LATER)
    assert store.report() == Report(guides=(GuideReport("sleep", 1, 1, 0, 0),))
