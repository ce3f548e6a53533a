import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "tests" / "guides" / "pages"


def nightfeed_import(page: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "skill", "import", str(page), "--out", str(folder)]
    env = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, encoding="utf-8", check=False)


def test_the_editor_is_told_what_was_written_what_is_wanting_and_what_was_left_out(tmp_path: Path) -> None:
    done = nightfeed_import(PAGES / "questions.html", tmp_path)
    assert done.returncode == 0, done.stderr
    told = done.stdout.splitlines()
    draft = tmp_path / "pocket-money-your-questions.md"
    assert told[0] == f"{draft}: 5 sections, 7 passages, 0 related reads"
    assert draft.exists()
    assert "  topic: what the guide is about, in a few words" in told
    donations = told.index("  call for donations")
    assert told[donations + 1 : donations + 4] == [
        "    Help us answer more questions", "    We are run by volunteers.", "    Give what you can",
    ]  # fmt: skip


def test_a_page_that_is_no_article_leaves_nothing_behind(tmp_path: Path) -> None:
    page = tmp_path / "leaflet.pdf"
    page.write_bytes(b"%PDF-1.7")
    done = nightfeed_import(page, tmp_path / "guides")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "this is a PDF" in done.stderr
    assert not (tmp_path / "guides").exists()
