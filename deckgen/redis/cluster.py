"""Redis Cluster: the queue lies in one slot, so it has one master, which is looked for here.

A plain connection to that master will do. When it answers MOVED or CLUSTERDOWN, or goes away, the
connection is closed and the master is looked for again, as with Sentinel. While a slot moves to another
node (ASK, TRYAGAIN), its keys are in two places: the command is repeated until the slot has arrived.
"""

import re
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Self

from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError, ResponseError

from deckgen.domain.errors import DeckgenError
from deckgen.redis.hash_tags import HashTag

Address = tuple[str, int]
Find = Callable[[], Awaitable[Address]]
Connect = Callable[[str, int], AbstractAsyncContextManager[Redis]]
Failures = dict[Address, Exception]

NOBODY = "deckgen:nobody"  # a key that does not exist
REMEMBERED = 10  # nodes of those that one of them names: first the slot's, then some others
# A node that does not know its own name says one of these: it keeps the name under which we asked it.
NAMELESS = (None, b"", b"?")
NO_CLUSTER = "cluster support disabled"
# Only nodes of a cluster answer so.
A_CLUSTER = re.compile(r"\b(MOVED|CROSSSLOT)\b")


class WrongServerError(DeckgenError, RedisError):
    """The server is not what the settings say: the message says why, and trying again can't help."""

    code = "redis_unexpected"


def cluster_unexpected(error: ResponseError, address: str) -> WrongServerError | None:
    """Returns the error for a cluster's node that was taken for a single server, else None."""
    if A_CLUSTER.search(str(error)) is None:
        return None
    return WrongServerError(f"Redis at {address} belongs to a cluster. Set REDIS_CLUSTER=true.")


@dataclass(frozen=True)
class ClusterView:
    """The cluster as one node sees it: the master of the slot, if any, and the next nodes to ask."""

    master: Address | None
    nodes: list[Address]

    @classmethod
    def read(cls, ranges: Iterable[Sequence[Any]], slot: int, asked_host: str) -> Self:
        """Read an answer to CLUSTER SLOTS: ranges of (first slot, last slot, master, replica, ...)."""
        shard, other_shards = list[Address](), list[Address]()
        for first, last, *servers in ranges:
            addresses = [_address(server, asked_host) for server in servers]
            (shard if first <= slot <= last else other_shards).extend(addresses)
        return cls(shard[0] if shard else None, (shard + other_shards)[:REMEMBERED])


def _address(server: Sequence[Any], asked_host: str) -> Address:
    name, port, *_ = server
    return asked_host if name in NAMELESS else name.decode(), int(port)


class SlotMaster:
    """Finds the node that serves the slot of a tag."""

    def __init__(self, tag: HashTag, seeds: list[Address], connect: Connect) -> None:
        self._tag, self._seeds, self._connect = tag, seeds, connect
        self._known: list[Address] = []

    async def find(self) -> Address:
        """Returns the master's address; ConnectionError if no node within reach serves the slot.

        The nodes are asked one after the other, the last master first. A master is believed only if it
        says so itself and takes a write: other nodes may not have heard of a fail-over yet.
        """
        waiting, failures = deque([*self._known, *self._seeds]), Failures()
        visited = set[Address]()
        while waiting:
            address = waiting.popleft()
            if address in visited:
                continue
            visited.add(address)
            try:
                async with self._connect(*address) as node:
                    view = await self._view(node, address)
                    waiting.extendleft([view.master] if view.master else [])
                    waiting.extend(view.nodes)
                    if view.master == address:
                        await node.delete(NOBODY)
                        self._known = view.nodes
                        return address
            except (RedisError, OSError) as error:
                failures[address] = error
        raise self._nobody(failures)

    async def _view(self, node: Redis, address: Address) -> ClusterView:
        try:
            ranges = await node.execute_command("CLUSTER SLOTS")  # type: ignore[no-untyped-call]
        except ResponseError as error:
            raise _refused(error, address) from error
        return ClusterView.read(ranges, self._tag.slot, address[0])

    def _nobody(self, failures: Failures) -> RedisError:
        """Returns the error that says why; WrongServerError if every node that was asked is one."""
        wrong = [error for error in failures.values() if isinstance(error, WrongServerError)]
        if wrong and len(wrong) == len(failures):
            return wrong[0]
        reasons = "; ".join(f"{host}:{port}: {error}" for (host, port), error in failures.items())
        return RedisConnectionError(
            f"No node of the Redis Cluster serves slot {self._tag.slot}. {reasons}".strip()
        )


def _refused(error: ResponseError, address: Address) -> RedisError:
    if NO_CLUSTER not in str(error):
        return error
    host, port = address
    return WrongServerError(f"Redis at {host}:{port} is no cluster. Set REDIS_CLUSTER=false.")
