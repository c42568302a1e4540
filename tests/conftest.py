"""What all tests share: the embedded servers, a database of its own for each test, a clean environment.

Nothing is started for a test that does not ask for it.
"""

import gc
import itertools
import os
import sys
from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest
import redis

from deckgen.config import settings, variables
from deckgen.dev.servers import temporary
from deckgen.store.migrate import migrate

REDIS_DB, MODULE_REDIS_DB = 1, 2
UNITS = Path(__file__).parent / "unit"
# Nobody listens there, while `make dev` beside the tests has an orchestrator at the usual address.
NO_ORCHESTRATOR = "http://127.0.0.1:1"
TEMPLATE = "deckgen_template"
# Rows go faster than tables are truncated, each of which gets new files. No trigger counts them, nor
# keeps those of the audit, which a superuser alone can switch off.
EMPTY = """
SET session_replication_role = replica;
DO $$
DECLARE
  emptied text;
BEGIN
  FOR emptied IN
    SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
      AND relname NOT IN ('schema_migrations', 'queue_state', 'reconciler', 'job_counts')
  LOOP
    EXECUTE format('DELETE FROM %I', emptied);
  END LOOP;
END $$;
SET session_replication_role = origin;
UPDATE job_counts SET waiting = 0, delayed = 0, active = 0, completed = 0, failed = 0, cancelled = 0;
UPDATE queue_state SET paused_at = NULL;
UPDATE reconciler SET worker_id = NULL, until = '-infinity', heirs = '{}'
"""
_number = itertools.count(1)

# Before any test module is imported: what a developer has set must not change what is tested.
for _name in settings.Settings.model_fields:
    for _variable in variables.both(_name):
        os.environ.pop(_variable, None)
# Or each of the hundreds of processes that tests start would compile the whole of deckgen anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is collected stays to the end: a million objects, among which no garbage is looked for."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files whose tests wait for processes take turns with units, which compute: no core waits then.

    In both the long ones come first, or one process would be left with one of them at the end.
    """
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    files = sorted(dict.fromkeys(item.path for item in items), key=lambda file: file not in slow)
    units = [file for file in files if UNITS in file.parents]
    others = [file for file in files if UNITS not in file.parents]
    turn = {file: place / len(group) for group in (others, units) for place, file in enumerate(group)}
    items.sort(key=lambda item: turn[item.path])


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No settings out of the developer's .env files, and none that another test has read."""
    monkeypatch.setattr(settings, "ENV_FILES", ())
    settings.load_settings.cache_clear()
    yield
    settings.load_settings.cache_clear()


@pytest.fixture(scope="session", autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What tests render, and the key that they sign with, are not in the developer's own folders."""
    os.environ["EXPORT_CACHE_DIR"] = str(tmp_path_factory.mktemp("exports"))
    os.environ["XDG_STATE_HOME"] = str(tmp_path_factory.mktemp("state"))


@pytest.fixture(scope="session")
def servers() -> Iterator[dict[str, str]]:
    """DATABASE_URL and REDIS_* of a PostgreSQL and a Valkey that the whole run shares."""
    with temporary() as shared:
        yield shared.environment


@pytest.fixture(scope="session")
async def _template(servers: dict[str, str]) -> None:
    await _execute(servers["DATABASE_URL"], f"CREATE DATABASE {TEMPLATE}")
    await migrate(_database(servers["DATABASE_URL"], TEMPLATE))


@pytest.fixture(scope="session")
async def _shared_database(servers: dict[str, str], _template: None) -> str:
    await _execute(servers["DATABASE_URL"], f"CREATE DATABASE deckgen_test TEMPLATE {TEMPLATE}")
    return _database(servers["DATABASE_URL"], "deckgen_test")


@pytest.fixture
async def database_url(_shared_database: str) -> str:
    """A migrated database with nothing in it: emptying one is faster than making one for each test."""
    await _execute(_shared_database, EMPTY)
    return _shared_database


@pytest.fixture
async def own_database_url(servers: dict[str, str], _template: None) -> AsyncIterator[str]:
    """A migrated database of the test's own, for tests that change its schema."""
    async with _new_database(servers) as url:
        yield url


@pytest.fixture
def redis_environment(servers: dict[str, str]) -> dict[str, str]:
    """REDIS_HOST, REDIS_PORT, REDIS_PASSWORD and REDIS_DB of an empty Redis database."""
    return _empty_redis(servers, REDIS_DB)


@pytest.fixture
def environment(database_url: str, redis_environment: dict[str, str]) -> dict[str, str]:
    """The settings of a deckgen with nothing in it: for processes that a test starts."""
    return {"DATABASE_URL": database_url, **redis_environment}


@pytest.fixture(scope="module")
async def module_environment(servers: dict[str, str], _template: None) -> AsyncIterator[dict[str, str]]:
    """The same for all tests of a module whose tests share processes: servers' databases of its own."""
    async with _new_database(servers) as url:
        yield {**_empty_redis(servers, MODULE_REDIS_DB), "DATABASE_URL": url}


@pytest.fixture
def configured(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The same settings in the environment of the test itself, which has no orchestrator."""
    own = environment | {"ORCHESTRATOR_URL": NO_ORCHESTRATOR}
    for name, value in own.items():
        monkeypatch.setenv(name, value)
    return own


@asynccontextmanager
async def _new_database(servers: dict[str, str]) -> AsyncIterator[str]:
    name = f"deckgen_test_{next(_number)}"
    await _execute(servers["DATABASE_URL"], f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    yield _database(servers["DATABASE_URL"], name)
    await _execute(servers["DATABASE_URL"], f"DROP DATABASE {name} WITH (FORCE)")


def _empty_redis(servers: dict[str, str], number: int) -> dict[str, str]:
    host, port = servers["REDIS_HOST"], int(servers["REDIS_PORT"])
    with redis.Redis(host, port, db=number, password=servers["REDIS_PASSWORD"]) as client:
        client.flushdb()
    settings = {name: value for name, value in servers.items() if name.startswith("REDIS_")}
    return settings | {"REDIS_DB": str(number)}


def _database(url: str, name: str) -> str:
    return urlsplit(url)._replace(path=f"/{name}").geturl()


async def _execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
