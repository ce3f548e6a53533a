"""What every test stands on: nobody's own folders are touched, and a complete run skips nothing."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

COMPLETE = os.environ.get("NIGHTFEED_COMPLETE") == "1"
"""Set by `scripts/test --all`: a skipped test is then a failed one."""


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings that point into the test's own folder."""
    for name in [name for name in os.environ if name.startswith("NIGHTFEED_")]:
        if name not in ("NIGHTFEED_COMPLETE", "NIGHTFEED_VOICES"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("NIGHTFEED_DATA", str(tmp_path / "nightfeed-data"))
    monkeypatch.setenv("NIGHTFEED_CACHE", str(tmp_path / "nightfeed-cache"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """In a complete run, a skip is a failure."""
    report = yield
    if COMPLETE and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in a complete run: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    """In a complete run, a file that skips itself is a failure."""
    report = yield
    if COMPLETE and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid}: skipped in a complete run: {report.longrepr[2]}"
    return report
