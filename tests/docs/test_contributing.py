"""docs/contributing.md: the intent that it adds is understood, answered and found without a mistake."""

import re
import shutil
from pathlib import Path

from tests.docs.tutorials import follow
from tests.server import PROJECT

LINK = re.compile(r"\]\(([^)#]+)\)")


def test_an_intent_is_added_as_the_page_says(tmp_path: Path) -> None:
    project = tmp_path / "project"
    for name in ("content", "audio", "skill"):
        shutil.copytree(PROJECT / name, project / name)
    shutil.copy(PROJECT / "skill.json", project)
    for draft in (project / "content" / "guides").glob("*.md"):
        if not (project / "audio" / draft.stem).is_dir():
            draft.unlink()
    follow(PROJECT / "docs" / "contributing.md", project, project)


def test_every_file_that_the_docs_speak_of_is_there() -> None:
    for page in [PROJECT / "README.md", *(PROJECT / "docs").glob("*.md")]:
        for link in LINK.findall(page.read_text(encoding="utf-8")):
            assert "://" in link or (page.parent / link).exists(), f"{page.name}: {link}"
