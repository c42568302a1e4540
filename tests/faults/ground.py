"""Servers that keep what they have committed: they are killed here, unlike those of the other tests."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from deckgen.dev.servers import running, wait_until_stopped
from deckgen.store.migrate import migrate
from tests.databases import opened
from tests.faults.invariants import AUDIT


@dataclass(frozen=True)
class Ground:
    """`folder` holds the records of the servers' processes, `environment` says where they listen."""

    folder: Path
    environment: dict[str, str]


@asynccontextmanager
async def servers(folder: Path) -> AsyncIterator[Ground]:
    """A PostgreSQL with deckgen's tables and an audit of their own, and a Valkey."""
    with running(folder) as environment:
        await migrate(environment["DATABASE_URL"])
        async with opened(environment["DATABASE_URL"]) as pool:
            await pool.execute(AUDIT)
        yield Ground(folder, environment | {"REDIS_DB": "0"})
    await asyncio.to_thread(wait_until_stopped, folder)
