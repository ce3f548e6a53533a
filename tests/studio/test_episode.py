"""The episode: one recording of the whole guide, with the chapters, transcript and cover of podcast apps."""

import io
import json
import re
from itertools import pairwise

import pytest
from mutagen.id3 import ID3
from PIL import Image

from skill.library import Chapter, Episode, Sentence, read_library
from skill.limits import COVER_PIXELS, EPISODE_KBPS, EPISODE_LOUDNESS, EPISODE_PEAK, MAX_CUE_LINE
from skill.studio import mastering, mp3
from skill.studio.cover import cover
from skill.studio.plan import SpokenSentence
from skill.studio.recording import is_damaged
from skill.studio.transcript import webvtt, word_times
from skill.studio.voice import SAMPLE_RATE
from tests.conversing import CONTENT
from tests.studio.conftest import Project, guide_text
from tests.studio.sounds import Frame, frames

AUDIO = CONTENT.parent / "audio"
LIBRARY = read_library(AUDIO / "library.json")
EPISODES = [(guide, guide.episode) for guide in LIBRARY.guides if guide.episode]
INNER = re.compile(r"<[\d:.]+>")
MOMENT = re.compile(r"(\d\d):(\d\d):(\d\d)\.(\d{3})")


def cues(vtt: str) -> list[tuple[float, float, str]]:
    """Start, end, words."""
    head, *blocks = vtt.strip().split("\n\n")
    assert head == "WEBVTT"
    told = []
    for block in blocks:
        times, *lines = block.split("\n")
        start, end = (
            int(h) * 3600 + int(m) * 60 + int(s) + int(ms) / 1000 for h, m, s, ms in MOMENT.findall(times)
        )
        assert all(len(line) <= MAX_CUE_LINE for line in lines)
        told.append((start, end, " ".join(lines)))
    return told


def said(episode: Episode) -> list[Sentence]:
    return [each for chapter in episode.chapters for paragraph in chapter.paragraphs for each in paragraph]


# the committed ones


def test_every_guide_has_an_episode() -> None:
    assert len(EPISODES) == len(LIBRARY.guides) > 1


@pytest.mark.parametrize(("guide", "episode"), EPISODES, ids=lambda each: getattr(each, "slug", ""))
def test_an_episode_is_as_podcast_apps_want_it(guide: object, episode: Episode) -> None:
    data = (AUDIO / episode.file).read_bytes()
    assert len(data) == episode.size
    sound, rate = mp3.decoded(data)
    tag = ID3(io.BytesIO(data))
    assert set(frames(data[tag.size :])) == {Frame(EPISODE_KBPS, SAMPLE_RATE, mono=True)}
    assert len(sound) / rate == pytest.approx(episode.seconds, abs=0.001)
    assert mastering.loudness(sound, rate) == pytest.approx(EPISODE_LOUDNESS, abs=0.5)
    assert mastering.true_peak(sound) <= EPISODE_PEAK


@pytest.mark.parametrize(("guide", "episode"), EPISODES, ids=lambda each: getattr(each, "slug", ""))
def test_what_it_says_is_the_whole_guide_between_its_title_and_a_close(guide, episode: Episode) -> None:  # type: ignore[no-untyped-def]
    told = [sentence.text for sentence in said(episode)]
    clips = [clip for passage in guide.passages for clip in passage.clips]
    whole = [sentence.text for clip in clips for sentence in clip.sentences]
    begin = next(at for at, text in enumerate(told) if text == whole[0])
    assert guide.title in told[0] and guide.title in " ".join(told[begin + len(whole) :])
    assert told[begin : begin + len(whole)] == whole
    assert guide.reviewed or "sample" in " ".join(told[:begin])
    times = [moment for sentence in said(episode) for moment in (sentence.start, sentence.end)]
    assert times == sorted(times) and times[0] > 0 and times[-1] < episode.seconds


@pytest.mark.parametrize(("guide", "episode"), EPISODES, ids=lambda each: getattr(each, "slug", ""))
def test_a_sentence_sounds_where_its_times_say(guide: object, episode: Episode) -> None:
    sound, rate = mp3.decoded((AUDIO / episode.file).read_bytes())

    def energy(start: float, end: float) -> float:
        return float((sound[int(start * rate) : int(end * rate)] ** 2).mean())

    spoken = said(episode)
    for sentence, following in pairwise(spoken):
        middle = (sentence.end + following.start) / 2
        assert energy(sentence.start, sentence.end) > 100 * energy(middle - 0.05, middle + 0.05), sentence


@pytest.mark.parametrize(("guide", "episode"), EPISODES, ids=lambda each: getattr(each, "slug", ""))
def test_tag_chapters_and_transcript_tell_the_same(guide, episode: Episode) -> None:  # type: ignore[no-untyped-def]
    titles = [guide.title, *(section.heading for section in guide.sections), "Top tip"]
    assert [chapter.title for chapter in episode.chapters] == titles
    tag = ID3(AUDIO / episode.file, translate=False)
    assert tag.version == (2, 3, 0)
    assert (str(tag["TIT2"]), str(tag["TALB"]), str(tag["TLAN"])) == (guide.title, "Nightfeed", "eng")
    assert str(tag["TPE1"]) and str(tag["TYER"]) == guide.published[:4]
    (order,) = tag.getall("CTOC")
    chapters = [tag[f"CHAP:{name}"] for name in order.child_element_ids]
    assert [str(chapter.sub_frames["TIT2"]) for chapter in chapters] == titles
    assert [chapter.start_time for chapter in chapters] == [round(c.start * 1000) for c in episode.chapters]
    ends = [*(chapter.start_time for chapter in chapters[1:]), round(episode.seconds * 1000)]
    assert [chapter.end_time for chapter in chapters] == pytest.approx(ends, abs=1)
    picture = (AUDIO / episode.cover_file).read_bytes()
    assert tag["APIC:"].data == picture and tag["APIC:"].mime == "image/jpeg"
    assert Image.open(io.BytesIO(picture)).size == (COVER_PIXELS, COVER_PIXELS)
    told = json.loads((AUDIO / episode.chapters_file).read_text(encoding="utf-8"))
    assert told["version"] == "1.2.0"
    assert told["chapters"] == [{"startTime": c.start, "title": c.title} for c in episode.chapters]
    vtt = (AUDIO / episode.transcript_file).read_text(encoding="utf-8")
    assert cues(vtt) == [(each.start, each.end, each.text) for each in said(episode)]


@pytest.mark.parametrize(("guide", "episode"), EPISODES, ids=lambda each: getattr(each, "slug", ""))
def test_the_other_transcript_tells_when_each_word_begins(guide: object, episode: Episode) -> None:
    plain = (AUDIO / episode.transcript_file).read_text(encoding="utf-8")
    timed = (AUDIO / episode.words_file).read_text(encoding="utf-8")
    assert INNER.sub("", timed) == plain
    told = 0
    for sentence, block in zip(said(episode), timed.strip().split("\n\n")[1:], strict=True):
        inner = [int(m) * 60 + int(s) + int(ms) / 1000 for _, m, s, ms in MOMENT.findall(block)[2:]]
        assert [sentence.start, *inner, sentence.end] == sorted([sentence.start, *inner, sentence.end])
        told += len(inner) + 1
    assert told > 0.85 * len(" ".join(sentence.text for sentence in said(episode)).split())


def test_a_written_word_has_the_time_at_which_it_is_spoken() -> None:
    sentence = SpokenSentence("At 7.30, rest – now!", "At seven thirty, rest, now!", 0.45)
    assert word_times(sentence, (0.0, 0.2, 0.5, 0.9, 1.4)) == (0.0, None, 0.9, None, 1.4)
    assert word_times(sentence, ()) == (None,) * 5
    chapter = Chapter("One", 0.0, ((Sentence(sentence.written, 60.0, 62.0),),))
    cue = webvtt([chapter], [word_times(sentence, (0.0, 0.2, 0.5, 0.9, 1.4))]).decode().split("\n")[3]
    assert cue == "At 7.30, <00:01:00.900>rest – <00:01:01.400>now!"


def test_a_long_sentence_is_wrapped_and_signs_are_escaped() -> None:
    long = "When babies & toddlers < five " + "are tired they cry " * 10
    vtt = webvtt([Chapter("One", 0.0, ((Sentence(long.strip(), 3599.9995, 3661.5),),))]).decode()
    assert "01:00:00.000 --> 01:01:01.500" in vtt and "&amp; toddlers &lt; five" in vtt
    assert len(cues(vtt.replace("&amp;", "&").replace("&lt;", "<"))[0][2]) == len(long.strip())


# how it is kept


def test_a_damaged_or_missing_file_is_told_and_made_again_without_speaking(project: Project) -> None:
    project.record("alpha")
    before = project.clips()
    episode = project.library.guide("alpha").episode
    for file in episode.files:
        (project.audio / file).unlink()
        assert is_damaged(episode, project.audio), file
        assert project.record("alpha") == []
        assert project.clips() == before
    (project.audio / episode.file).write_bytes(b"noise")
    assert is_damaged(episode, project.audio)
    assert project.record("alpha") == [] and project.clips() == before


def test_a_colour_alone_draws_a_new_cover_and_speaks_nothing(project: Project) -> None:
    project.record("alpha")
    old = project.library.guide("alpha").episode
    text = guide_text("One here. Two there.", "Three follows.", title="Alpha")
    project.write("alpha", text.replace("read_minutes", 'colour: "#663344"\nread_minutes'))
    assert project.record("alpha") == []
    new = project.library.guide("alpha").episode
    assert new.cover_file != old.cover_file and not (project.audio / old.cover_file).exists()


def test_the_shows_cover_is_drawn_once_and_again_when_its_colour_changes(project: Project) -> None:
    project.record()
    (first,) = project.audio.glob("*.jpg")
    assert project.library.cover_file == first.name
    stamp = first.stat().st_mtime_ns
    project.record()
    assert first.stat().st_mtime_ns == stamp
    show = project.folder / "content" / "show.toml"
    show.write_text(show.read_text(encoding="utf-8").replace("#2b3a67", "#553311"), encoding="utf-8")
    project.record()
    (second,) = project.audio.glob("*.jpg")
    assert second != first and project.library.cover_file == second.name


@pytest.mark.parametrize("colour", ["#2b3a67", "#ffffff", "#ffff00", "#000000"])
def test_a_covers_words_can_be_read_whatever_the_colour(colour: str) -> None:
    picture = Image.open(io.BytesIO(cover("A title", "Show", colour))).convert("L")
    assert max(picture.crop((0, COVER_PIXELS - 40, COVER_PIXELS, COVER_PIXELS)).getdata()) < 100
    words = picture.crop((0, COVER_PIXELS * 2 // 5, COVER_PIXELS, COVER_PIXELS * 3 // 5))
    assert max(words.getdata()) > 230


@pytest.mark.parametrize("title", ["Sleep", "word " * 40])
def test_a_cover_takes_any_title(title: str) -> None:
    data = cover(title, "Show", "#2b3a67")
    assert len(data) < 300_000
    picture = Image.open(io.BytesIO(data)).convert("L")
    assert max(picture.crop((COVER_PIXELS - 20, 0, COVER_PIXELS, COVER_PIXELS)).getdata()) < 230
