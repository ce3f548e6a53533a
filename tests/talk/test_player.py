"""The stand-in for the device's AudioPlayer keeps its queue as Alexa documents it."""

from typing import Any

import pytest

from skill.talk.player import Player, fail, fail_ahead, finish, hear, nearly_finish, obey

STOP = {"type": "AudioPlayer.Stop"}


def play(
    token: str, behaviour: str = "REPLACE_ALL", after: str | None = None, offset: int = 0
) -> dict[str, Any]:
    stream = {"token": token, "url": f"https://cdn.example/{token}.mp3", "offsetInMilliseconds": offset}
    if after is not None:
        stream["expectedPreviousToken"] = after
    return {"type": "AudioPlayer.Play", "playBehavior": behaviour, "audioItem": {"stream": stream}}


def told(player: Player, *directives: dict[str, Any]) -> tuple[Player, list[tuple[str, str, float]]]:
    after, reports = obey(player, directives)
    return after, [(report.name, report.token, report.offset) for report in reports]


def test_a_stream_begins_at_its_offset_and_another_takes_its_place() -> None:
    player, reports = told(Player(), play("a", offset=1500))
    assert reports == [("PlaybackStarted", "a", 1.5)]
    player, reports = told(hear(player, 4), play("b"))
    assert reports == [("PlaybackStopped", "a", 5.5), ("PlaybackStarted", "b", 0.0)]
    assert player.state == {"token": "b", "offsetInMilliseconds": 0, "playerActivity": "PLAYING"}


def test_what_is_enqueued_behind_the_last_stream_comes_next_and_else_is_dropped() -> None:
    player, _ = told(Player(), play("a"))
    player, _ = told(player, play("b", "ENQUEUE", after="a"), play("c", "ENQUEUE", after="a"))
    assert [stream.token for stream in player.queue] == ["b"]
    player, _ = told(player, play("c", "ENQUEUE", after="b"))
    player, reports = finish(player, 20)
    assert [(report.name, report.token) for report in reports] == [
        ("PlaybackFinished", "a"),
        ("PlaybackStarted", "b"),
    ]
    assert reports[0].offset == 20
    player, _ = finish(player, 20)
    player, reports = finish(player, 20)
    assert (player.activity, len(reports)) == ("FINISHED", 1)


def test_the_queue_can_be_replaced_and_cleared() -> None:
    player, _ = told(Player(), play("a"), play("b", "ENQUEUE", after="a"))
    replaced, reports = told(player, play("c", "REPLACE_ENQUEUED"))
    assert ([stream.token for stream in replaced.queue], reports) == (["c"], [])
    cleared, reports = told(player, {"type": "AudioPlayer.ClearQueue", "clearBehavior": "CLEAR_ENQUEUED"})
    assert (cleared.queue, cleared.plays, reports) == ((), True, [])
    cleared, reports = told(player, {"type": "AudioPlayer.ClearQueue", "clearBehavior": "CLEAR_ALL"})
    assert (cleared.queue, cleared.plays, reports) == ((), False, [("PlaybackStopped", "a", 0.0)])


def test_a_stop_is_reported_once_and_nothing_is_heard_after_it() -> None:
    player, reports = told(hear(told(Player(), play("a"))[0], 3), STOP)
    assert reports == [("PlaybackStopped", "a", 3.0)]
    assert told(hear(player, 9), STOP) == (player, [])


@pytest.mark.parametrize("directive", [{"type": "Alexa.Presentation.APL.RenderDocument"}, {}])
def test_what_is_meant_for_others_is_passed_over(directive: dict[str, Any]) -> None:
    assert told(Player(), directive) == (Player(), [])


def test_a_failure_tells_what_is_still_heard() -> None:
    player, _ = told(Player(), play("a"), play("b", "ENQUEUE", after="a"))
    ahead, (report,) = fail_ahead(player)
    assert (report.token, report.state["token"], ahead.queue, ahead.plays) == ("b", "a", (), True)
    player, (report,) = fail(hear(player, 4))
    assert (report.token, report.state["offsetInMilliseconds"], player.plays) == ("a", 4000, False)


def test_it_is_ready_for_more_before_the_end() -> None:
    player, _ = told(Player(), play("a"))
    same, (report,) = nearly_finish(player)
    assert (same, report.name, report.token) == (player, "PlaybackNearlyFinished", "a")
