"""What the tests of faults share."""

from collections.abc import AsyncIterator, Iterator

import pytest

from deckgen.store import pool as store
from tests.conftest import EMPTY
from tests.faults.fleet import Fleet
from tests.faults.ground import Ground, servers


@pytest.fixture(scope="session")
async def ground(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Ground]:
    async with servers(tmp_path_factory.mktemp("killed-servers")) as ground:
        yield ground


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
