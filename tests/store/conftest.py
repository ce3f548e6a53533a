"""Both stores, over real things: a file of SQLite, and a table of dynalite, which speaks as DynamoDB does."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import botocore.session
import pytest

from skill.store import dynamodb_table, sqlite
from skill.store.contract import Store
from skill.store.dynamodb import DynamoStore
from skill.store.sqlite import SqliteStore
from tests.dynamodb import DYNALITE, REGION, TABLE, dynalite_in, make_table

Opened = Callable[[], Store]


@pytest.fixture(scope="session")
def dynalite(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a DynamoDB in memory."""
    with dynalite_in(request.config.cache.mkdir(DYNALITE) / "installed") as address:
        yield address


@pytest.fixture
def aws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """AWS's settings, nobody's own, for a DynamoDB at the address that it is called with."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_REGION", REGION)
    return lambda address: monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", address)


@pytest.fixture
def client(dynalite: str, aws: Callable[[str], None], monkeypatch: pytest.MonkeyPatch) -> Any:
    """AWS's own client of that DynamoDB, which has as much time as it needs."""
    for limit in ("CONNECT_SECONDS", "READ_SECONDS", "BEGIN_SECONDS"):
        monkeypatch.setattr(dynamodb_table, limit, 60.0)
    aws(dynalite)
    return botocore.session.Session().create_client("dynamodb", region_name=REGION)


@pytest.fixture
def table(client: Any) -> Iterator[str]:
    """The name of an empty table."""
    make_table(client)
    yield TABLE
    client.delete_table(TableName=TABLE)
    client.get_waiter("table_not_exists").wait(TableName=TABLE, WaiterConfig={"Delay": 0.05})


@pytest.fixture(params=["sqlite", pytest.param("dynamodb", marks=pytest.mark.heavy)])
def opened(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Opened:
    """Opens a store: each time another one over the same file or table, as another process would."""
    if request.param == "sqlite":
        # Here, too, a slow machine has the time that it needs.
        monkeypatch.setattr(sqlite, "BUSY_TIMEOUT", 60.0)
        path = tmp_path / "data" / "listeners.sqlite3"
        SqliteStore(path).report()
        return lambda: SqliteStore(path)
    name = request.getfixturevalue("table")
    return lambda: DynamoStore(name, REGION)


@pytest.fixture
def store(opened: Opened) -> Store:
    return opened()
