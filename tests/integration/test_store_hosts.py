"""A DATABASE_URL with several hosts, of which one takes writes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest

from deckgen.dev.servers import using
from deckgen.store import workers
from deckgen.store.away import durably
from deckgen.store.migrate import migrate
from deckgen.store.pool import open_database
from tests.patience import PATIENCE_SECONDS

PASSWORD = "of-both"


async def ask(url: str, *statements: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        for statement in ("SET default_transaction_read_only = off", *statements):
            await connection.execute(statement)
    finally:
        await connection.close()


async def become(url: str, value: str) -> None:
    await ask(url, f"ALTER DATABASE deckgen SET default_transaction_read_only = {value}")


async def seen(url: str) -> int:
    connection = await asyncpg.connect(url)
    try:
        return int(await connection.fetchval("SELECT count(*) FROM workers"))
    finally:
        await connection.close()


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[tuple[str, str]]:
    """The URLs of two servers with the same user, the first of which is read-only."""
    with ExitStack() as servers:
        urls = []
        for name in ("first", "second"):
            use = servers.enter_context(using(tmp_path / name, ["postgres"], fast=True))
            url = urlsplit(use.environment["DATABASE_URL"])
            await migrate(url.geturl())
            await ask(url.geturl(), f"ALTER ROLE deckgen PASSWORD '{PASSWORD}'")
            netloc = f"{url.username}:{PASSWORD}@{url.hostname}:{url.port}"
            urls.append(url._replace(netloc=netloc).geturl())
        first, second = urls
        await become(first, "on")
        yield first, second


async def test_the_one_that_takes_writes(two: tuple[str, str]) -> None:
    """It is found at the start, and found again when the roles are changed beneath open connections."""
    first, second = two
    other = urlsplit(second).netloc.rpartition("@")[2]
    parts = urlsplit(first)
    both = parts._replace(netloc=f"{parts.netloc},{other}", query="target_session_attrs=read-write")
    database = await open_database(both.geturl())
    pool = database.service
    await workers.beat(pool, "before", concurrency=1)
    assert (await seen(first), await seen(second)) == (0, 1)
    await become(first, "off")
    await become(second, "on")
    await database._connections.expire_connections()
    async with asyncio.timeout(PATIENCE_SECONDS):
        await durably(workers.beat, pool, "after", concurrency=1)
    assert (await seen(first), await seen(second)) == (1, 1)
    await database.close()
