"""scripts/bench record: recording a guide, against its voice's inference alone."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import click

from skill.guides.markdown import read_guides
from skill.settings import read_settings
from skill.studio.planning import read_plans
from skill.studio.recording import existing_library, work_for
from tests.bench.output import Figures, bench_command
from tests.bench.processor import seconds_of_children
from tests.bench.ratios import Result, Row, by_processor_time
from tests.server import PROJECT, environment

GUIDE = "limits-and-consequences"
"""The shortest guide there is: what comes on top of the inference weighs most in it."""
BEYOND = 3.0
"""Seconds that a changed sentence may take beside its inference."""
FULL_GOAL, UNCHANGED_GOAL, CHANGED_GOAL = 1.05, 0.02, 1.0
VOICE, FULL = "the voice's inference alone", "the full recording"
BOUND = f"the inference of that sentence + {BEYOND:g} s"
CHANGED = "This sentence was written only a moment ago."

INFERENCE = """
import json, sys, time
from pathlib import Path
from skill.studio.house_voice import HouseVoice
voice = HouseVoice(Path(sys.argv[1]))
began, worked = time.perf_counter(), time.process_time()
for sentence in json.load(sys.stdin):
    voice.speak(sentence)
print(json.dumps([time.perf_counter() - began, time.process_time() - worked]))
"""
"""The voice alone, loaded before the clock runs; with as many threads as in a recording."""


class Seconds(NamedTuple):
    """What something took."""

    clock: float
    processor: float
    """0 where that is not told."""


@dataclass(frozen=True)
class Taken:
    """What a round took."""

    full: Seconds
    unchanged: Seconds
    changed: Seconds
    inference: Seconds
    """Of all sentences of the guide, each once."""
    sentence: Seconds
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

    def round(self, voice_first: bool) -> Taken:
        """From nothing, with nothing changed, with a sentence changed; and the voice alone on the same."""
        for made in ("audio", "cache"):
            shutil.rmtree(self._folder / made, ignore_errors=True)
        self._file.write_text(self._written, encoding="utf-8")
        sentences = self._to_speak()
        inference = self._infer(sentences) if voice_first else None
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
        return Taken(full, unchanged, changed, inference, self._infer(new))

    def _record(self, recorded: int, unchanged: int) -> Seconds:
        began, before = time.perf_counter(), seconds_of_children()
        ran = subprocess.run(
            [sys.executable, "-m", "skill", "record"], env=self._environment, cwd=PROJECT,
            capture_output=True, text=True,
        )  # fmt: skip
        took = Seconds(time.perf_counter() - began, seconds_of_children() - before)
        if ran.returncode or not ran.stdout.startswith(f"{recorded} recorded, {unchanged} unchanged"):
            raise click.ClickException(f"nightfeed record: {ran.stdout}{ran.stderr}")
        return took

    def _infer(self, sentences: list[str]) -> Seconds:
        ran = subprocess.run(
            [sys.executable, "-c", INFERENCE, str(self._voices)], input=json.dumps(sentences),
            env=self._environment, cwd=PROJECT, capture_output=True, text=True,
        )  # fmt: skip
        if ran.returncode:
            raise click.ClickException(f"the house voice: {ran.stderr.strip().splitlines()[-1]}")
        return Seconds(*json.loads(ran.stdout))

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
    rows = (
        (Row("recording a guide from nothing", VOICE, "seconds", FULL_GOAL), "full", "inference", 0.0),
        (Row("recording with nothing changed", FULL, "seconds", UNCHANGED_GOAL), "unchanged", "full", 0.0),
        (
            Row("recording with one sentence changed", BOUND, "seconds", CHANGED_GOAL),
            "changed",
            "sentence",
            BEYOND,
        ),
    )
    return Figures([result for row in rows for result in results(done, *row)], {})


def results(done: Sequence[Taken], row: Row, ours: str, theirs: str, beyond: float) -> list[Result]:
    """The row by the clock, and by processor time where that is told."""

    def result(row: Row, what: str) -> Result:
        one, other = ([getattr(getattr(taken, side), what) for taken in done] for side in (ours, theirs))
        return Result(row, one, [seconds + beyond for seconds in other])

    by_processor = [result(by_processor_time(row), "processor")] if seconds_of_children() else []
    return [result(row, "clock"), *by_processor]
