"""An episode's words and chapters as podcast apps read them (Podcasting 2.0). Pure."""

import html
import json
import textwrap
from collections.abc import Sequence

from skill.library import Chapter, Sentence
from skill.limits import MAX_CUE_LINE

CHAPTERS_VERSION = "1.2.0"


def webvtt(chapters: Sequence[Chapter]) -> bytes:
    """The transcript as WebVTT: a cue a sentence, in lines that fit."""
    cues = [
        _cue(sentence) for chapter in chapters for paragraph in chapter.paragraphs for sentence in paragraph
    ]
    return "\n".join(["WEBVTT\n", *cues]).encode()


def chapters_json(chapters: Sequence[Chapter]) -> bytes:
    """The chapters as JSON (application/json+chapters); times in seconds."""
    told = [{"startTime": chapter.start, "title": chapter.title} for chapter in chapters]
    whole = json.dumps({"version": CHAPTERS_VERSION, "chapters": told}, ensure_ascii=False, indent=1)
    return f"{whole}\n".encode()


def _cue(sentence: Sentence) -> str:
    lines = textwrap.wrap(sentence.text, MAX_CUE_LINE)
    words = html.escape("\n".join(lines), quote=False)
    return f"{_time(sentence.start)} --> {_time(sentence.end)}\n{words}\n"


def _time(seconds: float) -> str:
    """As WebVTT has it: 00:01:02.345."""
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
