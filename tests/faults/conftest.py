"""What the tests of faults share."""

from collections.abc import AsyncIterator, Iterator

import asyncpg
import pytest
import stamina

from tests.databases import OwnDatabase, opened
from tests.faults.fleet import Fleet
from tests.faults.ground import Ground, servers

# Truncating waits for whoever writes, and keeps all others out until everything is gone.
EMPTY = (
    "TRUNCATE presentations, datasets, workers, model_calls, signing_keys, api_keys, deletions, "
    "webhook_endpoints, webhook_secrets, templates, summed_days CASCADE; "
    # The audit can be emptied by a superuser only, who switches off its trigger.
    "SET session_replication_role = replica; TRUNCATE audit_log; "
    "SET session_replication_role = origin; "
    "UPDATE queue_state SET paused_at = NULL; "
    "UPDATE reconciler SET worker_id = NULL, until = '-infinity', heirs = '{}'; "
    "TRUNCATE audit"
)


@pytest.fixture(scope="session")
async def ground(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Ground]:
    async with servers(tmp_path_factory.mktemp("killed-servers")) as ground:
        yield ground


@pytest.fixture
async def database(ground: Ground) -> AsyncIterator[OwnDatabase]:
    """With nothing in it, whatever the fleet of the test before is doing with it at the moment."""
    async with opened(ground.environment["DATABASE_URL"]) as pool:
        async for attempt in stamina.retry_context(on=asyncpg.DeadlockDetectedError, wait_max=0.5):
            with attempt:
                await pool.execute(EMPTY)
        yield pool


@pytest.fixture(scope="module")
def fleet(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    """Shared by the tests that leave it as it was: two APIs, two workers, an orchestrator."""
    with Fleet(ground.environment, tmp_path_factory.mktemp("fleet"), apis=2) as fleet:
        yield fleet
