"""Which stream is meant, and what comes of reports that arrive late, twice, or from elsewhere."""

import json
from pathlib import Path
from typing import Any

import pytest

from skill.bookmark import Bookmark
from skill.dialogue.memory import Memory
from skill.dialogue.playback import play_all, stream_meant
from skill.dialogue.reply import Ask, Play, Question, Stream
from skill.dialogue.stream_token import write_token
from skill.dialogue.turn import Device, Playing, Session, Turn
from skill.store.sqlite import SqliteStore
from skill.talk.conversation import Speaker
from skill.talk.player import Player, Report, fail_ahead, nearly_finish
from tests.conversing import Clock, from_a_screen, make_house, make_speaker, sending, touching
from tests.dialogue.test_finding import said
from tests.playing import check_directives_alone, clip_heard, streams
from tests.small_library import library

LISTENER = "amzn1.ask.account.playing"
FIRST = Bookmark("sleep")
SECOND = Bookmark("sleep", 0, 1)
DEEPER = Bookmark("sleep", 0, 0, deeper=True)


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    return SqliteStore(tmp_path / "playing.sqlite3")


@pytest.fixture
def speaker(store: SqliteStore) -> Speaker:
    return make_speaker(make_house(store))


def turn_over(store: SqliteStore, token: str, kept: Bookmark | None, **changes: Any) -> Turn:
    """A turn of a listener who began the guide on sleep, while that token plays at its fifth second."""
    if kept:
        store.keep_bookmark("her", kept)
    store.start("her", "sleep", Clock().now)
    told = {"device": Device(plays_streams=True), "playing": Playing(token, 5.0)} | changes
    return Turn(library(), None, Memory(store, "her", Clock().now), Clock().now, **told)


def place_meant(turn: Turn) -> Bookmark | None:
    meant = stream_meant(turn)
    return meant and meant[1].place


@pytest.mark.parametrize(
    ("kept", "meant"),
    [
        (SECOND, Bookmark("sleep", 0, 1, offset=5.0)),
        (Bookmark("sleep", 0, 1, offset=19.0), Bookmark("sleep", 0, 1, offset=5.0)),
        # it was heard to its end
        (DEEPER, DEEPER),
        # she has been read to elsewhere since
        (FIRST, None),
        (Bookmark("sleep", 1), None),
        (Bookmark("food", 0, 1), None),
        # the guide was read to its end since
        (None, None),
    ],
)
def test_a_stream_is_meant_that_is_the_last_she_heard(
    store: SqliteStore, kept: Bookmark | None, meant: Bookmark | None
) -> None:
    assert place_meant(turn_over(store, write_token(Stream(SECOND)), kept)) == meant


def test_no_stream_is_meant_once_she_was_read_to_in_this_session(store: SqliteStore) -> None:
    session = Session(Ask(Question.NEXT, "sleep"), SECOND)
    assert place_meant(turn_over(store, write_token(Stream(SECOND)), SECOND, session=session)) is None


def test_no_stream_is_meant_where_none_can_be_played(store: SqliteStore) -> None:
    assert place_meant(turn_over(store, write_token(Stream(SECOND)), SECOND, device=Device())) is None


@pytest.mark.parametrize("token", ["", "nightfeed", "[]", '{"guide":"gone"}', '{"guide":"sleep","volume":9}'])
def test_a_token_of_others_is_no_stream_of_ours(store: SqliteStore, token: str) -> None:
    assert place_meant(turn_over(store, token, SECOND)) is None


def test_a_place_that_the_guide_has_no_more_is_where_its_part_begins(store: SqliteStore) -> None:
    token = write_token(Stream(Bookmark("sleep", 0, 40)))
    assert place_meant(turn_over(store, token, FIRST)) == Bookmark("sleep", offset=5.0)


@pytest.mark.parametrize(
    ("session", "kept", "place"),
    [
        (Session(), None, FIRST),
        (Session(), Bookmark("sleep", 0, 1, offset=4.5), Bookmark("sleep", 0, 1, offset=4.5)),
        (Session(), Bookmark("sleep", 0, 1, offset=20.0), DEEPER),
        (Session(), Bookmark("gone", 0, 1), FIRST),
        (Session(Ask(Question.ANOTHER_GUIDE, "food")), SECOND, Bookmark("food")),
        # the tip was read, and "did it help?" is asked
        (Session(Ask(Question.HELPED, "food"), Bookmark("food", 1), 1.0), None, Bookmark("food")),
    ],
)
def test_all_of_the_guide_on_offer_is_played_and_the_rest_of_one_that_was_begun(
    store: SqliteStore, session: Session, kept: Bookmark | None, place: Bookmark
) -> None:
    reply = play_all(turn_over(store, "", kept, session=session))
    assert reply.directives == (Stream(place),)
    assert reply.ask is None and not any(isinstance(part, Play) for part in reply.speech)
    sample = ["listening.sample"] if place.guide == "food" else []
    begun = "playback.begin" if place in (FIRST, Bookmark("food")) else "playback.go_on"
    assert [part.key for part in reply.speech] == [begun, *sample]


def played(speaker: Speaker) -> Player:
    """She listens to the guide on sleep."""
    begun = speaker.hear("ask night feed to play it all", LISTENER, None, Player())
    return speaker.report(begun.reports, LISTENER, begun.player)[-1].player


def test_a_clip_that_fails_ahead_of_its_time_is_skipped_without_breaking_off_the_one_that_plays(
    speaker: Speaker,
) -> None:
    player = played(speaker)
    (ready,) = speaker.report(nearly_finish(player)[1], LISTENER, player)
    player, reports = fail_ahead(ready.player)
    exchanges = speaker.report(reports, LISTENER, player)
    assert streams(exchanges, speaker.library) == [
        {"clip": "part-1-more-1", "behavior": "ENQUEUE", "after": "part-1-lead-1"}
    ]
    assert clip_heard(exchanges[-1].player) == "part-1-lead-1"


@pytest.mark.parametrize("name", ["Started", "NearlyFinished", "Finished", "Stopped", "Failed"])
@pytest.mark.parametrize("token", ["", "nightfeed", '{"guide":"gone"}', "[[[[", "\u0000", "x" * 2000])
def test_a_report_on_a_stream_of_others_is_answered_with_nothing(
    speaker: Speaker, name: str, token: str
) -> None:
    state = Player().state if name == "Failed" else None
    report = Report(f"Playback{name}", token, 3.0, state)
    (exchange,) = speaker.report([report], LISTENER, Player())
    assert exchange.response["response"] == {}
    assert "Hello. I'm Nightfeed" in said(speaker.hear("open nightfeed", LISTENER, None))


@pytest.mark.parametrize("name", ["Finished", "Stopped"])
def test_a_report_that_comes_after_she_was_forgotten_is_not_kept(speaker: Speaker, name: str) -> None:
    player = played(speaker)
    asked = speaker.hear("ask night feed to forget me", LISTENER, None, player)
    speaker.hear("yes", LISTENER, asked.session, player)
    speaker.report([Report(f"Playback{name}", player.stream.token, 9.0)], LISTENER, player)
    assert "Hello. I'm Nightfeed" in said(speaker.hear("open nightfeed", LISTENER, None))


def test_without_an_address_for_recordings_she_is_read_to(store: SqliteStore) -> None:
    speaker = make_speaker(make_house(store), audio_url="")
    exchange = speaker.hear("ask night feed to play it all", LISTENER, None, Player())
    assert "part by part" in said(exchange) and "Text of part-1-lead-1" in said(exchange)
    assert exchange.session and "directives" not in exchange.response["response"]


def test_a_stream_is_soft_while_the_baby_sleeps(speaker: Speaker) -> None:
    asked = speaker.hear("ask night feed to hush", LISTENER, None, Player())
    begun = speaker.hear("play it all", LISTENER, asked.session, Player())
    (ready,) = speaker.report(nearly_finish(begun.player)[1], LISTENER, begun.player)
    for exchange, clip in ((begun, "part-1-lead-1-quiet"), (ready, "part-1-lead-2-quiet")):
        assert streams([exchange], speaker.library)[0]["clip"] == clip


def test_a_button_without_a_stream_of_ours_is_met_with_silence(speaker: Speaker) -> None:
    for button in ("Play", "Pause", "Next", "Previous"):
        exchange = speaker.press(button, LISTENER, Player())
        check_directives_alone(exchange)
        assert exchange.response["response"] == {}


def test_the_play_button_goes_on_where_she_was_read_to(speaker: Speaker) -> None:
    begun = speaker.hear("ask night feed to carry on", LISTENER, None)
    speaker.hear("yes", LISTENER, begun.session)
    pressed = speaker.press("Play", LISTENER, Player())
    check_directives_alone(pressed)
    assert streams([pressed], speaker.library) == [{"clip": "part-1-lead-1"}]


def test_a_touch_on_the_screen_is_no_stream(speaker: Speaker) -> None:
    touched = sending(sending(speaker, from_a_screen), touching("AMAZON.StopIntent"))
    assert "directives" not in json.dumps(touched.hear("", LISTENER, None, Player()).response)
