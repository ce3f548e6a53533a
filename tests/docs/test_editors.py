"""The editors' tutorial: each of its commands is run, in order, and each says what the page says."""

import shutil
from pathlib import Path

import pytest

from tests.docs.tutorials import follow
from tests.server import PROJECT


@pytest.mark.heavy
def test_the_tutorial_leads_from_a_page_to_a_published_guide(tmp_path: Path) -> None:
    project = tmp_path / "project"
    for name in ("content", "audio", "docs"):
        shutil.copytree(PROJECT / name, project / name)
    shutil.copy(PROJECT / "skill.json", project)
    follow(PROJECT / "docs" / "editors.md", project, PROJECT)
    assert (project / "build" / "site" / "quieter-mornings" / "index.html").is_file()
    assert "Quieter mornings" in (project / "build" / "site" / "feed.xml").read_text(encoding="utf-8")
    assert "Quieter mornings" in (project / "build" / "report.html").read_text(encoding="utf-8")
    assert (project / "build" / "siobhan.mp3").stat().st_size > 0
