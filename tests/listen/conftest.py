"""Servers that the tests of one module share."""

from collections.abc import Iterator

import pytest

from tests.server import Server, serving


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
