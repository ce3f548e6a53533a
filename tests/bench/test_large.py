"""The made-up house is one that the skill reads: real guides first, and listeners whom it knows."""

from pathlib import Path

from skill.alexa.start import STORE_FILE
from skill.library import read_library
from skill.store.listener_id import alexa_listener
from skill.store.sqlite import SqliteStore
from tests.bench.large import make_listeners, make_project
from tests.server import PROJECT


def test_the_newest_guides_are_the_real_ones_and_the_others_are_all_different(tmp_path: Path) -> None:
    real = read_library(PROJECT / "audio" / "library.json").guides
    guides = read_library(make_project(tmp_path / "large", 20) / "audio" / "library.json").guides
    assert guides[: len(real)] == real
    assert len({guide.slug for guide in guides}) == len({guide.title for guide in guides}) == 20
    assert len({passage.text for guide in guides for passage in guide.passages}) > 20
    assert [len(guide.sections) for guide in guides[2:4]] == [len(guide.sections) for guide in real[:2]]


def test_every_listener_has_a_place_in_a_guide(tmp_path: Path) -> None:
    users = [f"amzn1.ask.account.{number}" for number in range(30)]
    make_listeners(tmp_path, iter(users), b"key", ("sleep", "food"))
    store = SqliteStore(tmp_path / STORE_FILE)
    for user in users:
        listener = store.listener(alexa_listener(user, b"key"))
        assert listener.bookmark and listener.hearings[0].guide == listener.bookmark.guide
        assert listener.reminder_offered
    assert sum(report.starts for report in store.report().guides) == 30
