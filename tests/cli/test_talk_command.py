"""nightfeed talk, run as people run it."""

import io
import json
import sqlite3
from datetime import datetime
from pathlib import Path

import pytest

from skill.cli.conversation_screen import converse
from skill.prompts import read_prompts
from tests.conversing import Clock, make_house, make_speaker
from tests.server import PROJECT, nightfeed
from tests.small_library import SECONDS

PROMPTS = read_prompts(PROJECT / "content" / "prompts" / "en.toml").texts
HELLO = "nightfeed: Hello. I'm Nightfeed"
HELLO_AGAIN = "nightfeed: Hello again."


class HurriedClock(Clock):
    """So many seconds pass between one look and the next that a turn takes longer than one clip."""

    def __call__(self) -> datetime:
        self.advance(SECONDS * 0.75)
        return self.now


def test_each_of_the_words_is_one_thing_said(tmp_path: Path) -> None:
    run = nightfeed(tmp_path, "talk", "yes", "tell me more", "stop")
    assert (run.returncode, run.stderr) == (0, "")
    opening, begun, deeper, left = run.stdout.split("you: ")
    assert opening.startswith(HELLO)
    heard, _, card = begun.partition("  [card] ")
    assert heard.startswith("yes\n") and "♪" in heard and heard.endswith("?\n")
    assert "https://" in card
    assert deeper.startswith("tell me more\n") and "♪" in deeper
    assert left == f"stop\nnightfeed: {PROMPTS['leaving.place_kept']}\n"


def test_what_is_typed_is_answered_until_the_session_ends(tmp_path: Path) -> None:
    run = nightfeed(tmp_path, "talk", typed="yes\nstop\nyes\n")
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith(HELLO)
    assert run.stdout.endswith(f"nightfeed: {PROMPTS['leaving.place_kept']}\n")
    assert run.stdout.count("you: ") == 2


def test_an_empty_line_is_a_silence(tmp_path: Path) -> None:
    run = nightfeed(tmp_path, "talk", typed="\n")
    silence = run.stdout.split("you: ")[1]
    assert silence.startswith("nightfeed: Shall I start ") and silence.rstrip().endswith("?")


def test_the_end_of_input_leaves_and_the_place_is_kept(tmp_path: Path) -> None:
    run = nightfeed(tmp_path, "talk", typed="yes\n")
    assert (run.returncode, run.stderr) == (0, "")
    assert nightfeed(tmp_path, "talk", typed="").stdout.startswith(HELLO_AGAIN)


def test_who_leaves_within_a_recording_will_carry_on_from_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = make_house(tmp_path, HurriedClock())
    monkeypatch.setattr("sys.stdin", io.StringIO("yes\n"))
    converse(make_speaker(house), "listener", (), as_json=False)
    with sqlite3.connect(tmp_path / "test.sqlite3") as database:
        assert database.execute("SELECT section, clip FROM bookmark").fetchall() == [(0, 1)]


def test_what_would_be_streamed_is_told_and_a_silence_listens_to_its_end(tmp_path: Path) -> None:
    run = nightfeed(tmp_path, "talk", typed="play it all\n\npause\n")
    assert (run.returncode, run.stderr) == (0, "")
    first, second = (turn.count("▶") for turn in run.stdout.split("you: ")[1:3])
    assert (first, second) == (1, 1)
    run = nightfeed(tmp_path, "talk", "play it all", "stop at the end of this part")
    assert run.stdout.count("♪") == 0 < run.stdout.count("▶")


def test_a_fresh_listener_has_never_been_here(tmp_path: Path) -> None:
    nightfeed(tmp_path, "talk", "yes")
    assert nightfeed(tmp_path, "talk", "--fresh", "yes").stdout.startswith(HELLO)
    assert nightfeed(tmp_path, "talk", "--fresh", typed="").stdout.startswith(HELLO)


def test_programs_get_a_line_of_json_for_each_exchange(tmp_path: Path) -> None:
    for run in (
        nightfeed(tmp_path, "talk", "--fresh", "--json", "yes", "stop"),
        nightfeed(tmp_path, "talk", "--fresh", "--json", typed="yes\n\nstop\n"),
    ):
        exchanges = [json.loads(line) for line in run.stdout.splitlines()]
        assert [exchange["request"]["request"]["type"] for exchange in exchanges] == [
            "LaunchRequest",
            "IntentRequest",
            "IntentRequest",
        ]
        assert [exchange["response"]["response"]["shouldEndSession"] for exchange in exchanges] == [
            False,
            False,
            True,
        ]


def test_nothing_that_was_typed_is_kept(tmp_path: Path) -> None:
    nightfeed(tmp_path, "talk", "yes", "my name is Rumpelstiltskin", "stop")
    (file,) = tmp_path.glob("*.sqlite3")
    with sqlite3.connect(file) as database:
        kept = "\n".join(database.iterdump())
    assert "hearing" in kept
    assert "Rumpelstiltskin" not in kept and "terminal" not in kept
