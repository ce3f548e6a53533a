"""A project of two small guides, and the command that records it with tones for a voice."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from skill import cli
from skill.cli import record_command
from skill.library import Library, read_library
from skill.studio.recording import damaged_clips, is_damaged
from skill.studio.voice_choice import voice_settings
from tests.studio.tone_voice import ToneVoice

ROOT = Path(__file__).parent.parent.parent
PROMPTS = """[episode]
opening = "{guide} opens."
close = "{guide} ends."
[listening]
sample = "It is a sample."
[screen]
top_tip = "Top tip"
"""
LEXICON = '[say]\n"e.g." = "for example"\n"NHS" = "N H S"\n'


def guide_text(*leads: str, title: str = "A guide", published: str = "2026-01-01") -> str:
    """A guide's Markdown: these paragraphs under one heading, then "More to tell." and the tip "Rest."."""
    paragraphs = "\n\n".join(leads)
    return (
        f"---\ntitle: {title}\ntopic: Nights\nread_minutes: 3\npublished: {published}\n---\n\n"
        f"## First part\n\n{paragraphs}\n\n### Tell me more\n\nMore to tell.\n\n## Top tip\n\nRest.\n"
    )


@dataclass
class Project:
    """A folder with content and recordings; `voice` is what `record` speaks with in this process."""

    folder: Path
    voice: ToneVoice = field(default_factory=lambda: ToneVoice(voice_settings("house")))

    @property
    def audio(self) -> Path:
        return self.folder / "audio"

    @property
    def library(self) -> Library:
        return read_library(self.audio / "library.json")

    def write(self, slug: str, text: str) -> None:
        (self.folder / "content" / "guides" / f"{slug}.md").write_text(text, encoding="utf-8")

    def remove(self, slug: str) -> None:
        (self.folder / "content" / "guides" / f"{slug}.md").unlink()

    def record(self, *words: str) -> list[str]:
        """Run `nightfeed record`; what was spoken for it."""
        before = len(self.voice.said)
        cli.nightfeed.main(["record", *words], prog_name="nightfeed", standalone_mode=False)
        return self.voice.said[before:]

    def start(
        self, *words: str, first: str = "", seconds: float = 0, command: Sequence[str] = ("record",)
    ) -> "subprocess.Popen[str]":
        """`nightfeed record` in a process of its own, after these lines of Python have run in it."""
        line = f"{first}\nfrom tests.studio.tone_voice import main\nmain()"
        environment = {
            **os.environ,
            "NIGHTFEED_PROJECT": str(self.folder),
            "PYTHONPATH": str(ROOT),
            "TONE_SECONDS": str(seconds),
        }
        return subprocess.Popen(
            [sys.executable, "-c", line, *command, *words],
            env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def clips(self) -> dict[str, bytes]:
        """Path below audio/ → bytes, of every guide's file that is there."""
        return {
            path.relative_to(self.audio).as_posix(): path.read_bytes()
            for path in self.audio.glob("*/*")
            if path.suffix in (".mp3", ".json", ".vtt", ".jpg")
        }

    def assert_whole(self) -> None:
        """The catalogue is readable, every file that it names is the one meant, none is half-written."""
        for guide in self.library.guides:
            for passage in guide.passages:
                assert not list(damaged_clips(passage, self.audio)), passage
            assert not is_damaged(guide.episode, self.audio), guide.slug
        assert [path.name for path in self.audio.rglob(".*")] in ([], [".recording.lock"])


@pytest.fixture
def new_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Project]:
    """Makes a project in a folder of that name; it becomes the one that commands work on."""

    def make(name: str) -> Project:
        project = Project(tmp_path / name)
        (project.folder / "content" / "guides").mkdir(parents=True)
        show = (ROOT / "content" / "show.toml").read_text(encoding="utf-8")
        (project.folder / "content" / "show.toml").write_text(show, encoding="utf-8")
        (project.folder / "content" / "lexicon.toml").write_text(LEXICON, encoding="utf-8")
        (project.folder / "content" / "prompts").mkdir()
        (project.folder / "content" / "prompts" / "en.toml").write_text(PROMPTS, encoding="utf-8")
        project.write("alpha", guide_text("One here. Two there.", "Three follows.", title="Alpha"))
        project.write("beta", guide_text("Four comes.", title="Beta", published="2026-02-01"))
        monkeypatch.setenv("NIGHTFEED_PROJECT", str(project.folder))
        monkeypatch.setattr(record_command, "load_voice", lambda name, folder: project.voice)
        return project

    return make


@pytest.fixture
def project(new_project: Callable[[str], Project]) -> Project:
    return new_project("project")
