"""Redis Cluster: a queue is one slot, so it has one master, which is looked for here.

A plain connection to that master will do. When it says MOVED or CLUSTERDOWN, or goes away, it is left,
and the master is looked for again, as with Sentinel. While a slot is moved to another node (ASK,
TRYAGAIN) its keys are in two places: then we wait, and try again until it has arrived.
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
REMEMBERED = 10  # of the nodes that one of them names: those of the slot, and then some others
# What a node is called that does not know under which name clients reach it: as it was called by us.
NAMELESS = (None, b"", b"?")
NO_CLUSTER = "cluster support disabled"
# What only nodes of a cluster say.
A_CLUSTER = re.compile(r"\b(MOVED|CROSSSLOT)\b")


class WrongServerError(DeckgenError, RedisError):
    """There is a server, but not as the settings say: the message says why; trying again can't help."""

    code = "redis_unexpected"


def cluster_unexpected(error: ResponseError, address: str) -> WrongServerError | None:
    """The error for who takes a node of a cluster for a server of its own; None for another answer."""
    if A_CLUSTER.search(str(error)) is None:
        return None
    return WrongServerError(f"Redis at {address} belongs to a cluster: set REDIS_CLUSTER=true.")


@dataclass(frozen=True)
class View:
    """What one node knows of the cluster: the master of the slot, if any, and the next ones to ask."""

    master: Address | None
    nodes: list[Address]

    @classmethod
    def read(cls, ranges: Iterable[Sequence[Any]], slot: int, asked: str) -> Self:
        """Of the answer to CLUSTER SLOTS: (first slot, last slot, master, replica, replica ...)."""
        shard, others = list[Address](), list[Address]()
        for first, last, *servers in ranges:
            addresses = [_address(server, asked) for server in servers]
            (shard if first <= slot <= last else others).extend(addresses)
        return cls(shard[0] if shard else None, (shard + others)[:REMEMBERED])


def _address(server: Sequence[Any], asked: str) -> Address:
    name, port, *_ = server
    return asked if name in NAMELESS else name.decode(), int(port)


class SlotMaster:
    """Knows who serves the slot of a tag, or whom to ask."""

    def __init__(self, tag: HashTag, seeds: list[Address], connect: Connect) -> None:
        self._tag, self._seeds, self._connect = tag, seeds, connect
        self._known: list[Address] = []

    async def find(self) -> Address:
        """The master's address; ConnectionError if nobody who can be reached serves the slot.

        One node after the other is asked, the last master first. Who is named is believed only when it
        says the same of itself and takes a write: others may not have heard yet of a fail-over.
        """
        waiting, failures = deque([*self._known, *self._seeds]), Failures()
        asked = set[Address]()
        while waiting:
            address = waiting.popleft()
            if address in asked:
                continue
            asked.add(address)
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

    async def _view(self, node: Redis, address: Address) -> View:
        try:
            ranges = await node.execute_command("CLUSTER SLOTS")  # type: ignore[no-untyped-call]
        except ResponseError as error:
            raise _refused(error, address) from error
        return View.read(ranges, self._tag.slot, address[0])

    def _nobody(self, failures: Failures) -> RedisError:
        """The error that says why; WrongServerError if all who were asked are wrong servers."""
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
    return WrongServerError(
        f"Redis at {host}:{port} is no cluster: REDIS_CLUSTER=true is wrong for it."
    )
