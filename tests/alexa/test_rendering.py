"""Rendering keeps every limit, whatever a reply holds."""

import re
from pathlib import Path
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from skill.alexa.rendering import Renderer
from skill.bookmark import Bookmark
from skill.dialogue.listening import read
from skill.dialogue.memory import Memory
from skill.dialogue.reply import Ask, Card, Play, Question, Reply
from skill.dialogue.turn import Turn
from skill.library import Clip, Guide, Library, Passage, Recorded, Section, Sentence
from skill.limits import MAX_CARD_CHARACTERS, MAX_CLIPS, MAX_CLIPS_SECONDS, MAX_SPEECH_CHARACTERS
from skill.prompts import read_prompts, say
from skill.store.sqlite import SqliteStore
from tests.conversing import AUDIO_URL, CONTENT, Clock, make_house

PROMPTS = read_prompts(CONTENT / "prompts" / "en.toml")
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=3_000)
CLIPS = st.builds(
    lambda text, seconds: Clip(f"g/clip-{seconds}.mp3", seconds, "0" * 64, (Sentence(text, 0, seconds),)),
    WORDS,
    st.integers(1, 120),
)
PASSAGES = st.builds(lambda clips: Passage("text", "", tuple(clips)), st.lists(CLIPS, min_size=1, max_size=3))
SECTIONS = st.builds(
    lambda lead, more: Section("Heading", (), tuple(lead), tuple(more)),
    st.lists(PASSAGES, min_size=1, max_size=8),
    st.lists(PASSAGES, max_size=8),
)
GUIDES = st.builds(
    lambda sections, tip: Guide("g", "Guide", "Topic", 5, "2026-01-01", tuple(sections), tip),
    st.lists(SECTIONS, min_size=1, max_size=4),
    PASSAGES,
)
ASKS = st.none() | st.builds(Ask, st.sampled_from(Question), st.just("g"), st.integers(0, 5))


def renderer(guide: Guide, audio_url: str) -> Renderer:
    return Renderer(PROMPTS, Library((Recorded(guide, "house", "", ""),)), audio_url)


def check_limits(response: object) -> list[int]:
    """Hold the response to Alexa's limits; the seconds of the clips that it plays."""
    speech = response.output_speech.ssml if response.output_speech else ""
    assert len(speech) <= MAX_SPEECH_CHARACTERS
    tree = ElementTree.fromstring(speech or "<speak/>")
    played = [int(re.search(r"clip-(\d+)", audio.get("src"))[1]) for audio in tree.iter("audio")]
    assert len(played) <= MAX_CLIPS
    assert sum(played) <= MAX_CLIPS_SECONDS
    if response.should_end_session is False:
        assert "".join(tree.itertext()).rstrip().endswith("?")
        assert response.reprompt.output_speech.ssml.endswith("?</speak>")
    else:
        assert response.reprompt is None
    return played


@settings(max_examples=150, deadline=None)
@given(
    GUIDES, st.lists(CLIPS, max_size=9), st.lists(WORDS, max_size=4), ASKS, st.sampled_from([AUDIO_URL, ""])
)
def test_no_reply_breaks_a_limit(
    guide: Guide, clips: list[Clip], texts: list[str], ask: Ask | None, audio_url: str
) -> None:
    said = [say("listening.begin", guide=text) for text in texts]
    reply = Reply((*said, Play(tuple(clips))), ask)
    response = renderer(guide, audio_url).response(reply)
    check_limits(response)
    assert response.should_end_session == (ask is None if response.output_speech else None)


@settings(max_examples=100, deadline=None)
@given(GUIDES, st.integers(-2, 9), st.integers(-2, 30), st.booleans())
def test_reading_from_anywhere_leaves_out_nothing_and_breaks_no_limit(
    guide: Guide, section: int, clip: int, deeper: bool
) -> None:
    turn = Turn(
        Library((Recorded(guide, "house", "", ""),)),
        show=None,
        memory=Memory(SqliteStore(Path("unused")), "", Clock().now),
        now=Clock().now,
    )
    reply = read(turn, guide, Bookmark("g", section, clip, deeper))
    (play,) = (part for part in reply.speech if isinstance(part, Play))
    assert check_limits(renderer(guide, AUDIO_URL).response(reply)) == [clip.seconds for clip in play.clips]
    assert check_limits(renderer(guide, "").response(reply)) == []


def test_without_a_public_audio_address_the_passages_are_spoken() -> None:
    guide = make_house(Path("unused")).library.guides[0]
    clips = guide.sections[0].lead[0].clips
    response = renderer(guide, "").response(Reply((Play(clips),), None))
    assert response.output_speech.ssml == f"<speak><p>{clips[0].text}</p></speak>"


def test_what_is_said_cannot_break_out_of_the_speech() -> None:
    guide = make_house(Path("unused")).library.guides[0]
    reply = Reply((say("listening.begin", guide='<audio src="x"/> & "more"'),), None)
    response = renderer(guide, "").response(reply)
    assert list(ElementTree.fromstring(response.output_speech.ssml)) == []
    assert '<audio src="x"/> & "more"' in "".join(
        ElementTree.fromstring(response.output_speech.ssml).itertext()
    )


def test_a_card_is_cut_at_the_limit() -> None:
    guide = make_house(Path("unused")).library.guides[0]
    card = Card("Title", ("long " * 4_000,))
    response = renderer(guide, "").response(Reply((say("leaving.goodbye"),), None, card=card))
    assert len(response.card.title) + len(response.card.content) == MAX_CARD_CHARACTERS


def test_an_empty_reply_is_an_empty_response() -> None:
    guide = make_house(Path("unused")).library.guides[0]
    response = renderer(guide, AUDIO_URL).response(Reply())
    assert (response.output_speech, response.should_end_session, response.card) == (None, None, None)
