"""Servers that the tests of one module share."""

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.server import Server, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """Chromium, without a window."""
    sync_api = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        pytest.skip("there is no Chromium on this machine")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def unsigned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One that answers /alexa without a signature."""
    with serving(tmp_path_factory.mktemp("unsigned"), "--unsigned") as server:
        yield server


@pytest.fixture(scope="module")
def signed_only(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One that answers /alexa as it does in public, on loopback."""
    with serving(tmp_path_factory.mktemp("signed")) as server:
        yield server


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One that listens on every address."""
    with serving(tmp_path_factory.mktemp("public"), "--host", "0.0.0.0") as server:
        yield server
