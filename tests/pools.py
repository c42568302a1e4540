"""What the tests of connections to Redis share."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from deckgen.queue.pool import WAKE, DeliveryPool
from tests.patience import PATIENCE_SECONDS
from tests.valkeys import Valkey, until

NewPool = Callable[..., DeliveryPool]  # of the settings in the environment given


class Group(Protocol):
    """Servers of which one takes the place of another."""

    @property
    def environment(self) -> dict[str, str]: ...
    @property
    def master(self) -> Valkey: ...
    @property
    def replica(self) -> Valkey: ...
    def await_failover(self) -> None: ...


async def goes_on_at_the_new_master(new_pool: NewPool, group: Group, end: Callable[[], object]) -> None:
    """However the master ends, who waits in the middle of a command gets what the new one has."""
    waiting, other = new_pool(group.environment), new_pool(group.environment)
    token = asyncio.create_task(wait_for_token(waiting))
    await asyncio.to_thread(until, lambda: group.master.ask("INFO", "clients")["blocked_clients"])
    await asyncio.to_thread(end)
    await asyncio.to_thread(group.await_failover)
    async with asyncio.timeout(PATIENCE_SECONDS):
        await other.deliver([])
        await token
    assert group.replica.ask("INFO", "replication")["role"] == "master"


async def wait_for_token(pool: DeliveryPool) -> None:
    """As an idle worker does."""
    while not await pool.execute_command("BLPOP", WAKE, 2):  # type: ignore[no-untyped-call]
        pass
