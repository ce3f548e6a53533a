"""A whole comparison, with one peer: servers, clients, and what they leave behind."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from tests.bench import environments, turns


@pytest.mark.heavy
def test_every_answer_is_checked_and_the_figures_lie_in_the_folder_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    monkeypatch.setattr(environments, "CACHE", pytestconfig.cache.mkdir("bench"))
    checked: list[bool] = []
    real = turns.fault_of_ours
    monkeypatch.setattr(turns, "fault_of_ours", lambda *given: checked.append(True) or real(*given))
    sample = turns.fault_of_sample
    monkeypatch.setattr(turns, "fault_of_sample", lambda *given: checked.append(True) or sample(*given))
    bare = turns.fault_of_bare
    monkeypatch.setattr(turns, "fault_of_bare", lambda *given: checked.append(True) or bare(*given))
    ran = CliRunner().invoke(turns.turns, ["--quick", "--only", turns.BARE, "--out", str(tmp_path / "made")])
    assert not ran.exit_code, ran.output
    told = json.loads((tmp_path / "made" / "turns.json").read_bytes())
    assert [row["against"] for row in told["rows"] if row["goal"]] == [turns.AGAINST[turns.BARE]] * 2
    assert all(len(row["ours"]) == len(row["theirs"]) == 2 for row in told["rows"])
    ElementTree.parse(tmp_path / "made" / "turns.svg")
    (count,) = (line.split()[0] for line in ran.output.splitlines() if "every one checked" in line)
    # Those of the warming are checked, too, but not told.
    assert len(checked) > int(count.replace(",", "")) > 0


@pytest.mark.heavy
def test_a_wrong_answer_ends_the_comparison(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    monkeypatch.setattr(environments, "CACHE", pytestconfig.cache.mkdir("bench"))
    monkeypatch.setattr(turns, "fault_of_bare", lambda *_: "it is not so")
    ran = CliRunner().invoke(turns.turns, ["--quick", "--only", turns.BARE, "--out", str(tmp_path)])
    assert ran.exit_code and "a wrong answer to" in ran.output and "it is not so" in ran.output
    assert not list(tmp_path.iterdir())
