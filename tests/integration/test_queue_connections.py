"""Connections to Redis: they find the master, and leave a server that can't serve."""

import asyncio
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
import redis

from deckgen.dev.processes import LOOPBACK
from deckgen.queue import pool as module
from deckgen.queue.pool import CANCELLED
from deckgen.redis import connections
from deckgen.redis.refusals import REDIS_AWAY
from tests.patience import PATIENCE_SECONDS
from tests.pools import NewPool, goes_on_at_the_new_master, wait_for_token
from tests.valkeys import Replicated, Valkey, replicated, until, valkey

FAIL_OVERS = {
    "handed over": Replicated.hand_over,
    "killed": lambda group: group.master.kill(),
    "frozen": lambda group: group.master.freeze(),
}
# How a server comes into a state in which it can't serve, what it says then, and how it leaves it.
UNFIT = {
    "READONLY": (["REPLICAOF 127.0.0.1 1"], ["REPLICAOF NO ONE"]),
    "MASTERDOWN": (
        ["CONFIG SET replica-serve-stale-data no replica-read-only no", "REPLICAOF 127.0.0.1 1"],
        ["REPLICAOF NO ONE"],
    ),
    "NOREPLICAS": (["CONFIG SET min-replicas-to-write 1"], ["CONFIG SET min-replicas-to-write 0"]),
}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Valkey]:
    with valkey(tmp_path / "alone") as server:
        yield server


@pytest.mark.parametrize("how", FAIL_OVERS)
async def test_who_waits_goes_on_at_the_new_master(
    new_pool: NewPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """However the master ends, who waits in the middle of a command gets what the new one has."""
    monkeypatch.setattr(connections, "ANSWER_TIMEOUT", 3.0)
    with replicated(tmp_path) as group:
        await goes_on_at_the_new_master(new_pool, group, partial(FAIL_OVERS[how], group))


@pytest.mark.parametrize("state", UNFIT)
async def test_a_server_that_cannot_serve_is_waited_for(
    new_pool: NewPool, server: Valkey, state: str
) -> None:
    """Commands and transactions are sent again until it can, as if it had been away."""
    begin, end = UNFIT[state]
    pool = new_pool(server.environment)
    for command in begin:
        server.ask(*command.split())
    with pytest.raises(redis.ResponseError):
        server.ask("SET", "a", 1)
    single, several = asyncio.ensure_future(pool.set("a", 2)), asyncio.ensure_future(pool.deliver([]))
    await asyncio.to_thread(until, lambda: server.refused(state) > 3)
    for command in end:
        server.ask(*command.split())
    async with asyncio.timeout(PATIENCE_SECONDS):
        await asyncio.gather(single, several)
    assert server.ask("GET", "a") == b"2"


async def test_who_waits_at_a_demoted_server_waits_on(new_pool: NewPool, server: Valkey) -> None:
    """A server that becomes a replica drops those who wait; they come again until it is a master."""
    token = asyncio.create_task(wait_for_token(new_pool(server.environment)))
    await asyncio.to_thread(until, lambda: server.ask("INFO", "clients")["blocked_clients"])
    server.ask("REPLICAOF", LOOPBACK, 1)
    await asyncio.to_thread(until, lambda: token.done() or server.refused("READONLY"))
    server.ask("REPLICAOF", "NO", "ONE")
    async with asyncio.timeout(PATIENCE_SECONDS):
        await new_pool(server.environment).deliver([])
        await token


async def test_a_silent_server_is_away(
    new_pool: NewPool, server: Valkey, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that accepts but does not answer holds nobody up: neither a command nor a listener."""
    monkeypatch.setattr(connections, "ANSWER_TIMEOUT", 2.0)
    monkeypatch.setattr(module, "SILENCE_SECONDS", 0.1)
    monkeypatch.setattr(module, "PONG_SECONDS", 0.1)
    pool = new_pool(server.environment, retries=0)
    heard = pool.hear(CANCELLED)
    hearing = asyncio.ensure_future(anext(heard))
    await asyncio.to_thread(until, lambda: server.ask("PUBSUB", "NUMSUB", CANCELLED)[1] == 1)
    server.freeze()
    async with asyncio.timeout(PATIENCE_SECONDS):
        for waiting in (pool.get("a"), hearing):
            with pytest.raises(REDIS_AWAY):
                await waiting


async def test_a_quiet_channel_is_no_silent_server(
    new_pool: NewPool, server: Valkey, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who listens hears the first message, however long there was none."""
    monkeypatch.setattr(module, "SILENCE_SECONDS", 0.02)
    pool = new_pool(server.environment, retries=0)
    hearing = asyncio.ensure_future(anext(pool.hear(CANCELLED)))
    await asyncio.to_thread(until, lambda: server.called("ping") > 5)
    await pool.announce_cancel("job")
    async with asyncio.timeout(PATIENCE_SECONDS):
        assert await hearing == b"job"
