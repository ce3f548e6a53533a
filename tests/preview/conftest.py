"""The studio's project of two small guides, and a preview of one of them in a process of its own."""

import json
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from tests.server import PATIENCE, Answer, ask
from tests.studio.conftest import Project, new_project, project

__all__ = ["new_project", "project"]


@dataclass
class Preview:
    """One that is running."""

    process: "subprocess.Popen[str]"
    address: str
    news: Mapping[str, Any]
    """The last that was heard."""

    def ask(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        return ask(self.address, path, headers=headers)

    def wait_for(self, there: Callable[[Mapping[str, Any]], object]) -> Mapping[str, Any]:
        """The first news that is so, as a page hears them."""
        while not there(self.news):
            self.news = self.ask(f"/preview/news?seen={self.news['number']}").json
        return self.news

    def wait_for_another(self) -> None:
        """Until the page and its recording are others."""
        before = self.news["version"]
        self.wait_for(lambda news: news["version"] != before and not news["progress"])

    def end(self, ending: signal.Signals = signal.SIGINT) -> tuple[int, str, str]:
        """Exit code, and what it said on both outputs since its first line."""
        self.process.send_signal(ending)
        out, error = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, out, error


@contextmanager
def previewing(project: Project, slug: str, *options: str, first: str = "") -> Iterator[Preview]:
    """`nightfeed preview` with tones for a voice, once it shows something."""
    process = project.start(slug, "--no-open", *options, first=first, command=("preview",))
    assert process.stdout
    try:
        line = process.stdout.readline()
        assert "http://127.0.0.1:" in line, process.communicate()
        preview = Preview(process, line.split()[4].removesuffix(f"/{slug}/"), {"number": -1, "version": ""})
        preview.wait_for(lambda news: news["version"] or news.get("problem"))
        yield preview
    finally:
        process.kill()
        process.communicate()


def told(page: Answer) -> Any:
    """What the page tells the preview's script."""
    written = page.text.split('<meta name="preview" content="')[1].split('"')[0]
    return json.loads(written.replace("&quot;", '"'))


@pytest.fixture
def recorded(project: Project) -> Project:
    """The project with its recordings."""
    project.record()
    return project
