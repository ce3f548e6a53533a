import pytest

from skill.dialogue import wording
from skill.library import Related
from skill.prompts import Listed, Say, say
from tests.small_library import library


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, say("length.short")),
        (29, say("length.short")),
        (31, say("length.one")),
        (89, say("length.one")),
        (91, say("length.many", minutes=2)),
        (600, say("length.many", minutes=10)),
    ],
)
def test_a_listening_time_is_told_to_the_nearest_minute(seconds: float, said: Say) -> None:
    assert wording.length(seconds) == said


@pytest.mark.parametrize(
    ("read", "video", "said"),
    [
        (0, 0, say("read.unknown")),
        (5, 0, say("read.reading", read=5)),
        (0, 2, say("read.video", video=2)),
        (5, 2, say("read.both", read=5, video=2)),
    ],
)
def test_a_related_read_is_as_long_as_its_page_says(read: int, video: int, said: Say) -> None:
    related = Related(title="Naps", read_minutes=read, video_minutes=video)
    assert wording.related_length(related) == said


def test_guides_are_named_by_their_titles_and_parts_by_number_and_heading() -> None:
    sleep, food = library().guides
    assert wording.guides([sleep, food]) == Listed(("Sleeping well", "First foods"))
    assert wording.parts(sleep) == Listed(
        (
            say("part.named", number=1, heading="Why babies wake"),
            say("part.named", number=2, heading="A calm evening"),
        )
    )
    assert [wording.part(sleep, number) for number in (0, 1, 2)] == [
        say("part.number", number=1),
        say("part.number", number=2),
        say("part.tip"),
    ]
