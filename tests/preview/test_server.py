"""nightfeed preview, run as people run it: a guide is changed on disk, and what the page asks for follows."""

import re
import signal
import socket
from http import HTTPStatus
from pathlib import Path

import pytest

from skill.listen.site import site_files
from skill.preview.server import with_preview
from skill.show import read_show
from skill.studio.mp3 import decoded
from tests.preview.conftest import previewing, told
from tests.server import PATIENCE
from tests.studio.conftest import Project, guide_text


def files(folder: Path) -> dict[Path, tuple[bytes, int]]:
    """Every file, what is in it, and when it was written last."""
    return {
        path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()
    }


def test_what_is_saved_is_on_the_page_and_to_be_heard(recorded: Project) -> None:
    before = files(recorded.audio)
    with previewing(recorded, "alpha") as preview:
        page = preview.ask("/alpha/")
        assert "Two there." in page.text and told(page)["places"] == []
        recorded.write("alpha", guide_text("One here. Two elsewhere.", "Three follows.", title="Alpha"))
        preview.wait_for_another()
        page = preview.ask("/alpha/")
        (place,) = told(page)["places"]
        assert f'<span data-start="{place}">Two elsewhere.</span>' in page.text
        assert told(page)["version"] == preview.news["version"] and not told(page)["draft"]
        address = page.text.split('<audio id="audio"')[1].split('src="..')[1].split('"')[0]
        recording = preview.ask(address)
        sound, rate = decoded(recording.body)
        assert recording.headers["Content-Type"] == "audio/mpeg" and len(sound) / rate > place + 0.3
        part = preview.ask(address, {"Range": "bytes=100-199"})
        assert (part.status, part.body) == (HTTPStatus.PARTIAL_CONTENT, recording.body[100:200])
        # The same guide again is no reason to load the page anew.
        version, number = preview.news["version"], preview.news["number"]
        (recorded.folder / "content" / "lexicon.toml").write_text('[say]\n"NHS" = "N H S"\n')
        heard = preview.wait_for(lambda news: news["number"] > number)
        assert heard["version"] == version
        code, out, error = preview.end()
    assert out.splitlines() == [f"Sentences spoken anew: {count}" for count in (0, 1, 0)]
    assert (code, error.splitlines()[-1]) == (130, "nightfeed: stopped")
    assert files(recorded.audio) == before


def test_what_is_saved_while_it_speaks_is_taken_up_at_once(recorded: Project) -> None:
    with previewing(recorded, "alpha", seconds=0.2) as preview:
        long = " ".join(f"Sentence number {number}." for number in range(500))
        recorded.write("alpha", guide_text(long, "Two.", title="Alpha"))
        preview.wait_for(lambda news: " of 50" in news["progress"])
        recorded.write("alpha", guide_text("Another.", "Two.", title="Alpha"))
        preview.wait_for_another()
        assert "Another." in preview.ask("/alpha/").text
        _, out, _ = preview.end()
    # Of 500, of which each takes a moment; how many depends on the machine.
    assert 0 < int(out.split()[-1]) < 250


def test_only_this_machine_is_answered(recorded: Project) -> None:
    with previewing(recorded, "alpha") as preview:
        for path in ("/alpha/", "/preview/news", "/preview/preview.js"):
            assert preview.ask(path, headers={"Host": "guides.example.org"}).status == 403


def test_a_mistake_is_told_in_one_line_and_goes_when_it_is_mended(recorded: Project) -> None:
    text = guide_text("One here. Two there.", "Three follows.", title="Alpha")
    lexicon = recorded.folder / "content" / "lexicon.toml"
    with previewing(recorded, "alpha") as preview:
        for broken in (
            text.replace("topic: Nights", "topic: [Nights"),
            text.replace("2026-01-01", "2026-13-01"),
            text.split("## Top tip")[0],
            text.replace("topic: Nights", f"topic: {'[' * 3000}"),
            "",
        ):
            recorded.write("alpha", broken)
            problem = preview.wait_for(lambda news: news["problem"])["problem"]
            assert "alpha.md:" in problem or "content: cannot be read" in problem, problem
            assert "Two there." in preview.ask("/alpha/").text
            recorded.write("alpha", text)
            preview.wait_for(lambda news: not news["problem"])
        good = lexicon.read_text()
        lexicon.write_text("[say")
        assert "lexicon.toml:1: not a lexicon" in preview.wait_for(lambda news: news["problem"])["problem"]
        lexicon.write_text(good)
        preview.wait_for(lambda news: not news["problem"])
        _, _, error = preview.end()
    lines = [line for line in error.splitlines() if line]
    assert len(lines) == 7 and all(line.startswith("nightfeed: ") for line in lines)


def test_a_guide_that_is_broken_from_the_start_is_waited_for(recorded: Project) -> None:
    text = guide_text("Now it is good.", title="Alpha")
    recorded.write("alpha", "nothing yet")
    with previewing(recorded, "alpha") as preview:
        assert "there is no front matter" in preview.news["problem"]
        assert "/preview/preview.js" in preview.ask("/alpha/").text
        recorded.write("alpha", text)
        preview.wait_for_another()
        assert "Now it is good." in preview.ask("/alpha/").text


def test_a_voice_that_is_not_there_is_told_like_a_mistake(recorded: Project) -> None:
    broken = (
        "from skill.studio.voice import VoiceError\nimport tests.studio.tone_voice as tones\n"
        "def speak(self, sentence):\n    raise VoiceError('it is hoarse; try tomorrow')\n"
        "tones.ToneVoice.speak = speak"
    )
    with previewing(recorded, "alpha", first=broken) as preview:
        assert not preview.news["problem"]
        recorded.write("alpha", guide_text("Something new.", title="Alpha"))
        assert preview.wait_for(lambda news: news["problem"])["problem"] == "it is hoarse; try tomorrow"


def test_nothing_of_it_is_kept_by_the_browser(recorded: Project) -> None:
    with previewing(recorded, "alpha", "--draft") as preview:
        page = preview.ask("/alpha/")
        assert told(page)["draft"]
        linked = re.findall(r'(?:src|href)="\.\./((?:assets|audio)/[^"]+)"', page.text)
        assert len(linked) > 3
        for path in (
            "/alpha/",
            "/preview/preview.js",
            "/preview/preview.css",
            *(f"/{each}" for each in linked),
        ):
            answer = preview.ask(path)
            assert (answer.status, answer.headers["Cache-Control"]) == (HTTPStatus.OK, "no-cache"), path
        for path in ("/service-worker.js", "/preview/other", "/audio/library.json", "/../show.toml"):
            assert preview.ask(path).status == HTTPStatus.NOT_FOUND, path
        assert preview.ask("/").headers["Location"] == "/alpha/"


def test_published_pages_hold_nothing_of_it(recorded: Project) -> None:
    show = read_show(recorded.folder / "content" / "show.toml")
    pages = site_files(recorded.library, show, "https://example.org")
    added = with_preview(b"</head>", {}).removesuffix(b"</head>")
    for line in added.splitlines():
        assert line and not any(line in page.data for page in pages.values())
    assert not any(path.startswith("preview") for path in pages)


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_in_one_line_even_while_it_speaks(project: Project, ending: signal.Signals) -> None:
    process = project.start("alpha", "--no-open", seconds=30, command=("preview",))
    assert process.stdout and process.stdout.readline()
    process.send_signal(ending)
    _, error = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130 and error.split() == ["nightfeed:", "stopped"]


def test_what_it_cannot_begin_with_is_told(project: Project) -> None:
    def refusal(*words: str) -> str:
        process = project.start(*words, "--no-open", command=("preview",))
        out, error = process.communicate(timeout=PATIENCE)
        assert (process.returncode, out) == (2, "")
        (line,) = error.splitlines()
        return line

    assert "there is no guide 'gamma'" in refusal("gamma") and "alpha, beta" in refusal("gamma")
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert f"127.0.0.1:{port}" in (line := refusal("alpha", "--port", str(port)))
        assert line.endswith("choose another --port")
