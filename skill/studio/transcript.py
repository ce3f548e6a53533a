"""An episode's words and chapters as podcast apps read them (Podcasting 2.0). Pure."""

import html
import json
import re
import textwrap
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import islice, zip_longest

from skill.library import Chapter, Sentence
from skill.limits import MAX_CUE_LINE
from skill.studio.plan import SpokenSentence

CHAPTERS_VERSION = "1.2.0"
NOT_SAID = re.compile(r"[^\w]")


def webvtt(chapters: Sequence[Chapter], words: Sequence[Sequence[float | None]] = ()) -> bytes:
    """The transcript as WebVTT: a cue a sentence, in lines that fit.

    `words` tells for each sentence when its words begin (see word_times); without it, none has a time.
    """
    sentences = [
        sentence for chapter in chapters for paragraph in chapter.paragraphs for sentence in paragraph
    ]
    starts = words or [()] * len(sentences)
    cues = [_cue(sentence, times) for sentence, times in zip(sentences, starts, strict=True)]
    return "\n".join(["WEBVTT\n", *cues]).encode()


def word_times(sentence: SpokenSentence, starts: Sequence[float]) -> tuple[float | None, ...]:
    """When each written word begins, in seconds from the sentence's start; None for one said otherwise.

    `starts` are those of the words as spoken.
    """
    written, spoken = compared_words(sentence.written), compared_words(sentence.spoken)
    times: list[float | None] = [None] * len(written)
    if len(starts) == len(spoken):
        for here, there, length in SequenceMatcher(
            None, written, spoken, autojunk=False
        ).get_matching_blocks():
            times[here : here + length] = starts[there : there + length]
    return tuple(times)


def chapters_json(chapters: Sequence[Chapter]) -> bytes:
    """The chapters as JSON (application/json+chapters); times in seconds."""
    told = [{"startTime": chapter.start, "title": chapter.title} for chapter in chapters]
    whole = json.dumps({"version": CHAPTERS_VERSION, "chapters": told}, ensure_ascii=False, indent=1)
    return f"{whole}\n".encode()


def compared_words(text: str) -> list[str]:
    """Its words without what is not said, to be compared."""
    return [NOT_SAID.sub("", word.casefold()) for word in text.split()]


def _cue(sentence: Sentence, starts: Sequence[float | None]) -> str:
    words = [html.escape(word, quote=False) for word in sentence.text.split()]
    told = [
        # The first word begins with its cue, and a word's time lies within it.
        f"<{_time(sentence.start + start)}>{word}" if number and start else word
        for number, (word, start) in enumerate(zip_longest(words, starts[: len(words)]))
    ]
    lines = textwrap.wrap(sentence.text, MAX_CUE_LINE)
    rest = iter(told)
    text = "\n".join(" ".join(islice(rest, len(line.split()))) for line in lines)
    return f"{_time(sentence.start)} --> {_time(sentence.end)}\n{text}\n"


def _time(seconds: float) -> str:
    """As WebVTT has it: 00:01:02.345."""
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
