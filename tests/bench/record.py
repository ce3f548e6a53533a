"""scripts/bench record: recording a guide, against its voice's inference alone."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import click

from skill.guides.markdown import read_guides
from skill.settings import read_settings
from skill.studio.planning import read_plans
from skill.studio.recording import existing_library, work_for
from tests.bench.output import Figures, bench_command
from tests.bench.ratios import Result, Row
from tests.server import PROJECT, environment

GUIDE = "limits-and-consequences"
"""The shortest guide there is: what comes on top of the inference weighs most in it."""
BEYOND = 3.0
"""Seconds that a changed sentence may take beside its inference."""
FULL_GOAL, UNCHANGED_GOAL, CHANGED_GOAL = 1.05, 0.02, 1.0
CHANGED = "This sentence was written only a moment ago."

INFERENCE = """
import json, sys, time
from pathlib import Path
from skill.studio.house_voice import HouseVoice
voice = HouseVoice(Path(sys.argv[1]))
seconds = []
for sentence in json.load(sys.stdin):
    began = time.perf_counter()
    voice.speak(sentence)
    seconds.append(time.perf_counter() - began)
print(json.dumps(seconds))
"""
"""The voice alone, loaded before the clock runs; with as many threads as in a recording."""


@dataclass(frozen=True)
class Seconds:
    """What a round took."""

    full: float
    unchanged: float
    changed: float
    inference: float
    """Of all sentences of the guide, each once."""
    sentence: float
    """The inference of the sentence that was changed."""


class Desk:
    """An editor's folder with one guide in it, and nothing recorded."""

    def __init__(self, folder: Path, guide: str, voices: Path) -> None:
        self._folder, self._voices = folder, voices
        shutil.copytree(PROJECT / "content", folder / "content")
        for file in (folder / "content" / "guides").glob("*.md"):
            if file.stem != guide:
                file.unlink()
        self._file = folder / "content" / "guides" / f"{guide}.md"
        self._written = self._file.read_text(encoding="utf-8")

    def round(self, voice_first: bool) -> Seconds:
        """From nothing, with nothing changed, with a sentence changed; and the voice alone on the same."""
        for made in ("audio", "cache"):
            shutil.rmtree(self._folder / made, ignore_errors=True)
        self._file.write_text(self._written, encoding="utf-8")
        sentences = self._to_speak()
        inference = self._infer(sentences) if voice_first else []
        full = self._record(1, 0)
        inference = inference or self._infer(sentences)
        unchanged = self._record(0, 1)
        self._change()
        new = [sentence for sentence in self._to_speak() if sentence not in sentences]
        if new != [CHANGED]:
            raise click.ClickException(f"not one sentence was changed, but: {new}")
        changed = self._record(1, 0)
        if self._to_speak():
            raise click.ClickException("not all of the guide was recorded")
        return Seconds(full, unchanged, changed, sum(inference), *self._infer(new))

    def _record(self, recorded: int, unchanged: int) -> float:
        began = time.perf_counter()
        ran = subprocess.run(
            [sys.executable, "-m", "skill", "record"], env=self._environment, cwd=PROJECT,
            capture_output=True, text=True,
        )  # fmt: skip
        took = time.perf_counter() - began
        if ran.returncode or not ran.stdout.startswith(f"{recorded} recorded, {unchanged} unchanged"):
            raise click.ClickException(f"nightfeed record: {ran.stdout}{ran.stderr}")
        return took

    def _infer(self, sentences: list[str]) -> list[float]:
        ran = subprocess.run(
            [sys.executable, "-c", INFERENCE, str(self._voices)], input=json.dumps(sentences),
            env=self._environment, cwd=PROJECT, capture_output=True, text=True,
        )  # fmt: skip
        if ran.returncode:
            raise click.ClickException(f"the house voice: {ran.stderr.strip().splitlines()[-1]}")
        seconds: list[float] = json.loads(ran.stdout)
        return seconds

    def _to_speak(self) -> list[str]:
        """What a recording would have to speak now, each sentence once."""
        content, audio = self._folder / "content", self._folder / "audio"
        library = existing_library(audio)
        works = (
            work_for(plan, library, audio) for plan in read_plans(content, read_guides(content / "guides"))
        )
        return list(dict.fromkeys(s.spoken for work in works if work for s in work.to_speak))

    def _change(self) -> None:
        """Write another sentence in place of the first whole one of the first passage."""
        body = self._written.index("\n## ")
        found = re.compile(r"\n\n([A-Z][^.\n]*\.)").search(self._written, body)
        assert found, f"{self._file}: no sentence is found in it"
        new = self._written[: found.start(1)] + CHANGED + self._written[found.end(1) :]
        self._file.write_text(new, encoding="utf-8")

    @property
    def _environment(self) -> dict[str, str]:
        cache = {"NIGHTFEED_CACHE": str(self._folder / "cache"), "NIGHTFEED_VOICES": str(self._voices)}
        return environment(self._folder / "data", NIGHTFEED_PROJECT=str(self._folder), **cache)


@bench_command("record", "Recording: a guide by the house voice, and the voice's inference alone")
@click.option("--guide", help=f"The file's name without .md. [default: {GUIDE}]")
def record(rounds: int, quick: bool, guide: str | None = None) -> Figures:
    """Recording a guide from nothing, unchanged, and with one sentence changed (nightfeed voice install)."""
    voices = read_settings(os.environ, PROJECT).voices
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder), guide or GUIDE, voices)
        done = [desk.round(voice_first=number % 2 == 0) for number in range(rounds)]
    full = [each.full for each in done]
    bound = f"the inference of that sentence + {BEYOND:g} s"
    results = [
        Result(
            Row("recording a guide from nothing", "the voice's inference alone", "seconds", FULL_GOAL),
            full, [each.inference for each in done],
        ),
        Result(
            Row("recording with nothing changed", "the full recording", "seconds", UNCHANGED_GOAL),
            [each.unchanged for each in done], full,
        ),
        Result(
            Row("recording with one sentence changed", bound, "seconds", CHANGED_GOAL),
            [each.changed for each in done], [each.sentence + BEYOND for each in done],
        ),
        Result(
            Row("recording with one sentence changed", "the full recording", "seconds"),
            [each.changed for each in done], full,
        ),
    ]  # fmt: skip
    return Figures(results, {})
