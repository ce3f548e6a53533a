"""A rehearsal speaks what is new, cuts the rest from the recordings, and knows where the change is."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from skill.errors import ContentError
from skill.library import Sentence
from skill.limits import CLIP_LOUDNESS, EPISODE_LOUDNESS
from skill.preview.rehearsal import Performance, Rehearsal, changed
from skill.studio.mastering import loudness
from skill.studio.mp3 import decoded
from skill.studio.sentence_cache import SentenceCache
from skill.studio.voice import SAMPLE_RATE
from tests.studio.conftest import Project, guide_text
from tests.studio.tone_voice import ToneVoice

TONES_DIFFER = 4
"""dB between one tone and another of the same level, as loudness weighs them."""
ALPHA = [
    "Alpha opens.", "First part.", "One here.", "Two there.", "Three follows.", "More to tell.", "Top tip.",
    "Rest.", "Alpha ends.",
]  # fmt: skip


@pytest.fixture
def rehearse(tmp_path: Path) -> Callable[[Project], Callable[[], Performance]]:
    """A rehearsal of alpha with a cache that holds nothing, as on another machine than the recordings'."""

    def begin(project: Project) -> Callable[[], Performance]:
        cache = SentenceCache(tmp_path / "empty")
        project.voice = ToneVoice(project.voice.settings)
        rehearsal = Rehearsal(
            project.folder / "content", "alpha", project.audio, lambda name: project.voice, cache
        )
        return lambda: rehearsal.perform(lambda number, count: None)

    return begin


Begin = Callable[[Project], Callable[[], Performance]]


def sentences(performance: Performance) -> list[Sentence]:
    (guide,) = performance.library.guides
    chapters = guide.episode.chapters
    return [each for chapter in chapters for paragraph in chapter.paragraphs for each in paragraph]


def places(performance: Performance) -> list[str]:
    return [each.text for each in sentences(performance) if each.start in performance.places]


def sound(performance: Performance, text: str) -> np.ndarray:
    (guide,) = performance.library.guides
    whole, rate = decoded(performance.files[guide.episode.file])
    (each,) = [each for each in sentences(performance) if each.text == text]
    return whole[round(each.start * rate) : round(each.end * rate)]


def test_what_is_recorded_is_not_spoken_again(recorded: Project, rehearse: Begin) -> None:
    performance = rehearse(recorded)()
    assert recorded.voice.said == [] and performance.places == () and performance.spoken == 0
    (guide,) = performance.library.guides
    assert guide.episode.files[0] in performance.files
    assert [each.text.rstrip(".") for each in sentences(performance)] == [each.rstrip(".") for each in ALPHA]


def test_a_changed_sentence_alone_is_spoken_and_is_the_place(recorded: Project, rehearse: Begin) -> None:
    perform = rehearse(recorded)
    before = perform()
    recorded.write("alpha", guide_text("One here. Two elsewhere.", "Three follows.", title="Alpha"))
    after = perform()
    assert recorded.voice.said == ["Two elsewhere."] and after.spoken == 1
    assert places(after) == ["Two elsewhere."]
    for text in ("One here.", "Three follows.", "Rest.", "Alpha ends."):
        old, new = sound(before, text), sound(after, text)
        length = min(len(old), len(new))
        assert np.corrcoef(old[:length], new[:length])[0, 1] > 0.98, text


def test_what_was_changed_before_is_the_place_to_begin_with(recorded: Project, rehearse: Begin) -> None:
    recorded.write("alpha", guide_text("One here. Two there.", "Three comes. Then four.", title="Alpha"))
    performance = rehearse(recorded)()
    # An episode that no longer holds cannot tell its frame; the clips tell all passages but the changed one.
    assert recorded.voice.said == ["Alpha opens.", "Three comes.", "Then four.", "Alpha ends."]
    assert places(performance) == ["Three comes.", "Then four."]


def test_what_is_cut_from_a_clip_is_as_loud_as_an_episode(recorded: Project, rehearse: Begin) -> None:
    (clip,) = recorded.library.guide("alpha").sections[0].lead[0].clips
    mp3, rate = decoded((recorded.audio / clip.file).read_bytes())
    (each,) = [each for each in clip.sentences if each.text == "One here."]
    in_clip = mp3[round(each.start * rate) : round(each.end * rate)]
    recorded.write("alpha", guide_text("One here. Two there.", "Three comes.", title="Alpha"))
    here = sound(rehearse(recorded)(), "One here.")
    softer = loudness(in_clip, rate) - loudness(here, rate)
    assert softer == pytest.approx(CLIP_LOUDNESS - EPISODE_LOUDNESS, abs=1)


def test_a_guide_that_was_never_recorded_is_spoken_whole(project: Project, rehearse: Begin) -> None:
    performance = rehearse(project)()
    assert project.voice.said == ALPHA
    assert places(performance)[0] == "First part"
    assert not project.audio.exists()


def test_a_word_that_the_lexicon_says_otherwise_is_heard(recorded: Project, rehearse: Begin) -> None:
    perform = rehearse(recorded)
    perform()
    lexicon = recorded.folder / "content" / "lexicon.toml"
    lexicon.write_text(lexicon.read_text() + '"Three" = "Thrice"\n')
    assert places(perform()) == ["Three follows."]
    assert recorded.voice.said == ["Thrice follows."]


def test_what_is_taken_back_is_not_spoken_again(recorded: Project, rehearse: Begin) -> None:
    path = recorded.folder / "content" / "guides" / "alpha.md"
    text = path.read_text()
    recorded.write("alpha", text.replace("Two there.", "Two elsewhere."))
    perform = rehearse(recorded)
    perform()
    recorded.voice.said.clear()
    recorded.write("alpha", text)
    assert places(perform()) == ["Two there."]
    assert recorded.voice.said == []


def test_a_new_sentence_is_as_loud_as_those_around_it(recorded: Project, rehearse: Begin) -> None:
    loud, quiet = "Louder than the other one, here it is.", "Softer than the other one, here it is."
    recorded.write("alpha", guide_text(loud, title="Alpha"))
    recorded.record("alpha")
    perform = rehearse(recorded)
    perform()
    # 26 dB softer than the recordings' voice.
    speak = recorded.voice.speak
    recorded.voice.speak = lambda sentence: type(speak(sentence))(speak(sentence).samples * 0.05)
    recorded.write("alpha", guide_text(f"{loud} {quiet}", title="Alpha"))
    performance = perform()
    levels = [loudness(sound(performance, text), SAMPLE_RATE) for text in (loud, quiet)]
    assert abs(levels[0] - levels[1]) < TONES_DIFFER


def test_after_a_mistake_it_carries_on_where_it_was(recorded: Project, rehearse: Begin) -> None:
    perform = rehearse(recorded)
    perform()
    text = (recorded.folder / "content" / "guides" / "alpha.md").read_text()
    recorded.write("alpha", text.replace("topic: Nights", "topic: [Nights"))
    with pytest.raises(ContentError, match=r"alpha\.md:\d+: front matter"):
        perform()
    recorded.write("alpha", text.replace("Two there.", "Two elsewhere."))
    assert places(perform()) == ["Two elsewhere."]


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("a b c", "a b c", []),
        ("a b c", "a x c", [1]),
        ("a b c", "x b y", [0, 2]),
        ("a b c", "a c", [1]),
        ("a b c", "a b", [1]),
        ("a b c", "b a c", [0]),
        ("a b", "a b a", [2]),
    ],
)
def test_the_place_is_what_is_new_or_what_came_to_anothers_place(
    before: str, after: str, found: list[int]
) -> None:
    assert changed(before.split(), after.split()) == found
