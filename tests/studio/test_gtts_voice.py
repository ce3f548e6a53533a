"""Google's voice, over HTTP: a server on loopback stands in for the service, answering in its own way."""

import base64
import contextlib
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

import gtts.tts
import numpy as np
import pytest

from skill.studio.gtts_voice import GttsVoice
from skill.studio.mp3 import encoded
from skill.studio.voice import SAMPLE_RATE, VoiceError
from tests.studio import sounds

WORD = sounds.syllables(0.5)
PAUSED = np.pad(WORD, (6000, 12_000))
HANGING = "hanging"
PATIENCE = 5
"""Seconds, far beyond what the test allows."""
Answer = tuple[int, bytes] | str


def line(mp3: bytes) -> bytes:
    """A good reply's line, as the service writes it."""
    return b'[["wrb.fr","jQ1olc","[\\"' + base64.b64encode(mp3) + b'\\"]",null]]\n'


GOOD = (200, b")]}'\n\n" + line(encoded(PAUSED, SAMPLE_RATE, 48)))


@dataclass
class Service:
    """What it answers, in order, the last one for ever; and what it was asked."""

    answers: Sequence[Answer] = (GOOD,)
    asked: list[str] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)

    def voice(self, timeout: float = 5) -> GttsVoice:
        """A voice that notes how long it would have waited."""
        return GttsVoice(timeout=timeout, sleep=self.waited.append)


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    told = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.asked.append(unquote(self.rfile.read(int(self.headers["Content-Length"])).decode()))
            answer = told.answers[min(len(told.asked), len(told.answers)) - 1]
            if answer == HANGING:
                # Until the caller hangs up; if it never does, all is well after all.
                self.connection.settimeout(PATIENCE)
                with contextlib.suppress(TimeoutError):
                    self.connection.recv(1)
                    return
            status, body = GOOD if isinstance(answer, str) else answer
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    monkeypatch.setattr(gtts.tts, "_translate_url", lambda tld, path="": f"{address}{tld}/{path}")
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    yield told
    server.shutdown()
    server.server_close()


def refusal(service: Service, timeout: float = 5) -> str:
    """The one line that the voice raises."""
    with pytest.raises(VoiceError) as caught:
        service.voice(timeout).speak("Good night.")
    text = str(caught.value)
    assert "\n" not in text and "(tried 3 times); check the network, or use --voice house" in text
    return text


def test_a_sentence_comes_back_as_sound_without_the_silence_around_it(service: Service) -> None:
    sound = service.voice().speak("Good night.").samples
    assert sound.dtype == np.float32 and sound.ndim == 1
    assert len(sound) / SAMPLE_RATE == pytest.approx(len(WORD) / SAMPLE_RATE, abs=0.06)
    assert np.max(np.abs(sound)) == pytest.approx(np.max(np.abs(WORD)), rel=0.1)
    (asked,) = service.asked
    assert "Good night." in asked and '\\"en\\"' in asked
    assert service.waited == []


def test_a_long_sentence_is_asked_for_in_parts_and_comes_back_as_one(service: Service) -> None:
    short = service.voice().speak("Good night.").samples
    sound = service.voice().speak(" ".join(["and so the little one sleeps on and on"] * 5)).samples
    assert len(service.asked) > 2
    assert len(sound) > (len(service.asked) - 1) * len(short)


def test_another_sample_rate_becomes_ours(service: Service) -> None:
    service.answers = [(200, line(encoded(PAUSED[::2], SAMPLE_RATE // 2, 32)))]
    sound = service.voice().speak("Good night.").samples
    assert len(sound) / SAMPLE_RATE == pytest.approx(len(WORD) / SAMPLE_RATE, abs=0.1)


def test_after_a_failure_it_asks_again(service: Service) -> None:
    service.answers = [(500, b"later"), (200, b""), GOOD]
    assert len(service.voice().speak("Good night.").samples)
    assert len(service.asked) == 3
    assert service.waited == [1.0, 2.0]


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ((200, b""), "answered with no sound"),
        ((200, b"\xff\xfe\x00garbage"), "did not answer"),
        ((200, b'"jQ1olc" and nothing that was agreed'), "did not answer"),
        ((200, b'jQ1olc","[\\"not base64!\\"]'), "Google's voice"),
        ((200, line(b"this is no mp3")), "something that is no sound"),
        ((200, line(encoded(np.zeros(SAMPLE_RATE), SAMPLE_RATE, 48))), "answered with silence"),
        ((429, b"too many"), "429"),
        ((500, b"later"), "500"),
    ],
)
def test_what_is_no_good_answer_is_told_after_three_tries(
    service: Service, answer: tuple[int, bytes], problem: str
) -> None:
    service.answers = [answer]
    assert problem in refusal(service)
    assert len(service.asked) == 3


def test_a_service_that_never_answers_is_given_up(service: Service) -> None:
    service.answers = [HANGING]
    assert "did not answer" in refusal(service, timeout=0.1)


def test_a_service_that_is_not_there_is_told(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gtts.tts, "_translate_url", lambda tld, path="": "http://127.0.0.1:9/")
    assert "did not answer" in refusal(service)


def test_the_british_accent_is_asked_for(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    asked_of: list[str] = []
    real = gtts.tts._translate_url
    monkeypatch.setattr(
        gtts.tts, "_translate_url", lambda tld, path="": (asked_of.append(tld), real(tld, path))[1]
    )
    service.voice().speak("Good night.")
    assert asked_of == ["co.uk"]
