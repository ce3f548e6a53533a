"""A whole conversation as Alexa holds it: envelopes in, JSON out, and every recording fetched."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

from skill.library import Clip, Library, read_library
from skill.limits import MAX_CLIPS, MAX_CLIPS_SECONDS, MAX_SPEECH_CHARACTERS
from skill.prompts import read_prompts
from skill.talk.speaker import Device, OpenSession, request_envelope, session_after, words_of
from skill.talk.understanding import LAUNCH, Heard
from tests.server import PROJECT, Server, nightfeed, serving

LISTENER = "amzn1.ask.account.conversation"
PROMPTS = read_prompts(PROJECT / "content" / "prompts" / "en.toml").texts
MOST_TURNS = 30
"""In one guide: whoever needs more goes round in circles."""


@dataclass
class Alexa:
    """Sends what is said to the server, and holds each answer to the platform's rules."""

    server: Server
    library: Library
    session: OpenSession | None = None
    words: str = ""
    """Of the last answer."""
    clips: list[str] = field(default_factory=list)
    """Every one that was played, in order."""

    def hear(self, name: str) -> None:
        """Say what means the intent, and hear the answer."""
        request = request_envelope(Heard(name), Device(LISTENER), self.session, datetime.now(UTC))
        answer = self.server.post("/alexa", request)
        assert answer.status == HTTPStatus.OK
        self.session = session_after(request, answer.json)
        self._check(answer.json)

    def _check(self, answer: Mapping[str, Any]) -> None:
        assert len(json.dumps(answer).encode()) < 120 * 1024
        response = answer["response"]
        ssml = response["outputSpeech"]["ssml"]
        assert len(ssml) < MAX_SPEECH_CHARACTERS
        played = [element.attrib["src"] for element in ElementTree.fromstring(ssml).iter("audio")]
        clips = [self._fetched(address) for address in played]
        assert len(clips) <= MAX_CLIPS
        assert sum(clip.seconds for clip in clips) <= MAX_CLIPS_SECONDS
        self.words = words_of(ssml)
        self.clips += [clip.file for clip in clips]
        assert response["shouldEndSession"] is (self.session is None)
        if self.session:
            assert self.words.endswith("?")
            assert words_of(response["reprompt"]["outputSpeech"]["ssml"]).endswith("?")

    def _fetched(self, address: str) -> Clip:
        assert address.startswith(self.server.address)
        recording = self.server.ask(urlsplit(address).path)
        assert (recording.status, recording.headers["Content-Type"]) == (HTTPStatus.OK, "audio/mpeg")
        assert recording.body
        clips = (
            clip for guide in self.library.guides for passage in guide.passages for clip in passage.clips
        )
        return next(clip for clip in clips if address == f"{self.server.address}/audio/{clip.file}")


def test_a_guide_is_heard_voted_on_and_remembered(tmp_path: Path) -> None:
    library = read_library(PROJECT / "audio" / "library.json")
    guide = library.guides[0]
    lead = [clip.file for section in guide.sections for passage in section.lead for clip in passage.clips]
    more = [clip.file for section in guide.sections for passage in section.more for clip in passage.clips]
    tip = [clip.file for clip in guide.tip.clips]

    with serving(tmp_path, "--unsigned") as server:
        alexa = Alexa(server, library)
        alexa.hear(LAUNCH)
        assert guide.title in alexa.words
        alexa.hear("AMAZON.YesIntent")
        assert alexa.clips == lead[: len(alexa.clips)] != []
        alexa.hear("TellMeMoreIntent")
        assert alexa.clips[-1] in more
        alexa.hear("TopTipIntent")
        assert alexa.clips[-len(tip) :] == tip

        alexa.clips.clear()
        for _ in range(MOST_TURNS):
            alexa.hear("CarryOnIntent")
            if alexa.words.endswith(PROMPTS["ask.helped.say"]):
                break
        assert alexa.clips[-len(tip) :] == tip
        assert lead[-1] in alexa.clips
        assert reported(tmp_path, guide.slug) == {"starts": 1, "finishes": 1, "yes": 0, "no": 0}

        alexa.hear("HelpedIntent")
        assert PROMPTS["feedback.thanks_helped"] in alexa.words
        assert reported(tmp_path, guide.slug) == {"starts": 1, "finishes": 1, "yes": 1, "no": 0}
        alexa.hear("AMAZON.StopIntent")
        assert alexa.session is None
        alexa.hear(LAUNCH)
        assert alexa.words.startswith("Hello again.")


def test_a_place_is_kept_when_the_server_is_started_anew(tmp_path: Path) -> None:
    library = read_library(PROJECT / "audio" / "library.json")
    with serving(tmp_path, "--unsigned") as server:
        alexa = Alexa(server, library)
        alexa.hear(LAUNCH)
        alexa.hear("AMAZON.YesIntent")
        alexa.clips.clear()
        alexa.hear("CarryOnIntent")
        place = alexa.clips[0]
        alexa.hear("AMAZON.StopIntent")
        assert alexa.session is None
        assert server.end() == 0
    with serving(tmp_path, "--unsigned") as server:
        alexa = Alexa(server, library)
        alexa.hear(LAUNCH)
        assert alexa.words.startswith("Hello again.")
        assert library.guides[0].title in alexa.words
        alexa.hear("AMAZON.YesIntent")
        assert alexa.clips[0] == place


def reported(folder: Path, slug: str) -> dict[str, int]:
    """The guide's line of the report, as `nightfeed report --json` gives it."""
    lines = json.loads(nightfeed(folder / "data", "report", "--json").stdout)
    (line,) = (line for line in lines if line.pop("guide") == slug)
    return line
