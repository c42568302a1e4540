"""Servers that keep what they have committed: they are killed here, unlike those of the other tests."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from deckgen.dev.servers import running, wait_until_stopped
from deckgen.store import pool as store
from deckgen.store.migrate import migrate
from tests.conftest import EMPTY, REDIS_DB
from tests.faults.fleet import Fleet
from tests.faults.invariants import AUDIT


@dataclass(frozen=True)
class Ground:
    """Servers of their own, whose folder holds the records of their processes."""

    folder: Path
    environment: dict[str, str]


@pytest.fixture(scope="session")
async def ground(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Ground]:
    folder = tmp_path_factory.mktemp("killed-servers")
    with running(folder) as environment:
        await migrate(environment["DATABASE_URL"])
        async with await store.create_pool(environment["DATABASE_URL"]) as pool:
            await pool.execute(AUDIT)
        yield Ground(folder, environment | {"REDIS_DB": str(REDIS_DB)})
    await asyncio.to_thread(wait_until_stopped, folder)


@pytest.fixture
async def database(ground: Ground) -> AsyncIterator[store.Pool]:
    """With nothing in it."""
    async with await store.create_pool(ground.environment["DATABASE_URL"]) as pool:
        await pool.execute(f"{EMPTY}; TRUNCATE audit")
        yield pool


@pytest.fixture(scope="module")
def fleet(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    """Shared by the tests that leave it as it was: two APIs, two workers, an orchestrator."""
    with Fleet(ground.environment, tmp_path_factory.mktemp("fleet"), apis=2) as fleet:
        yield fleet
