"""What a conversation adds to the counts that have no listener."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from skill.store.contract import StoreError, Tally
from skill.store.sqlite import SqliteStore
from skill.talk.conversation import Speaker
from skill.talk.reminders import Reminders
from skill.talk.start import speaker_in
from skill.talk.understanding import Heard, HeardSlot
from tests.conversing import AUDIO_URL, Clock, make_house, make_speaker, phrases

LISTENER = "amzn1.ask.account.counted"
WEEK = date(2026, 2, 23)
UNANSWERED = "what about first aid for burns and scalds at home"


def say(speaker: Speaker, *words: str) -> str:
    """All that is heard, in one conversation after the other."""
    session, heard = None, []
    for text in words:
        exchange = speaker.hear(text, LISTENER, session)
        session = exchange.session
        heard += [step.text for step in exchange.steps]
    return " ".join(heard)


def test_a_question_without_an_answer_counts_for_the_nearest_guide_and_its_words_are_not_kept(
    tmp_path: Path,
) -> None:
    house = make_house(tmp_path)
    say(make_speaker(house), "open nightfeed", UNANSWERED, UNANSWERED, "what about zzyzx")
    assert house.store.report().tallies == (
        Tally(WEEK, "no_answer", "", 1),
        Tally(WEEK, "no_answer", "food", 2),
    )
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("test.sqlite3*"))
    assert b"no_answer" in kept
    assert not any(word in kept for word in (b"burn", b"scald", b"zzyzx"))


def test_what_was_answered_or_not_even_asked_is_not_counted(tmp_path: Path) -> None:
    house = make_house(tmp_path)
    speaker = make_speaker(house)
    answered = speaker._send(Heard("AskIntent", {"query": HeardSlot("slowly at first")}), LISTENER, None)
    assert answered.steps[0].text.startswith("From First foods.")
    speaker._send(Heard("AskIntent"), LISTENER, None)
    assert house.store.report().tallies == ()


def test_a_reminder_counts_when_it_is_set_and_when_it_is_cancelled_and_not_when_it_is_changed(
    tmp_path: Path,
) -> None:
    reminders = Reminders()
    house = replace(make_house(tmp_path, Clock()), services=reminders.services)
    speaker = replace(speaker_in(house, phrases(), AUDIO_URL), reminders=reminders)
    say(speaker, "open nightfeed", "remind me every sunday at eight in the evening", "yes", "yes")
    kept = Tally(WEEK, "reminder_kept", "", 1)
    assert house.store.report().tallies == (kept,)
    say(speaker, "change my reminder to monday", "yes")
    assert house.store.report().tallies == (kept,)
    say(speaker, "cancel my reminder")
    assert house.store.report().tallies == (Tally(WEEK, "reminder_cancelled", "", 1), kept)


class CannotCount(SqliteStore):
    """A store that can do all but count."""

    def count(self, *_: object) -> None:
        raise StoreError("cannot count")


def test_a_store_that_cannot_count_disturbs_no_turn(tmp_path: Path) -> None:
    def heard(store: SqliteStore) -> str:
        return say(make_speaker(make_house(store)), "open nightfeed", UNANSWERED, "no", "yes")

    assert heard(CannotCount(tmp_path / "faulty.sqlite3")) == heard(SqliteStore(tmp_path / "well.sqlite3"))
