"""Whose word is taken for where the master of a slot is; the nodes are made up."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import ResponseError

from deckgen.redis.cluster import Address, ClusterView, SlotMaster, WrongServerError
from deckgen.redis.hash_tags import HashTag

TAG = HashTag("deckgen")
DOWN = ResponseError("CLUSTERDOWN The cluster is down")
PLAIN = ResponseError("This instance has cluster support disabled")


class Node(Redis):
    """Says that a master with replicas has all slots; `refuses` is what it says to a write."""

    def __init__(self, *servers: Address, refuses: Exception | None = None) -> None:
        self.servers, self.refuses = servers, refuses

    async def execute_command(self, *args: Any, **_: Any) -> Any:
        if args != ("CLUSTER SLOTS",):
            if self.refuses:
                raise self.refuses
            return 0
        if not self.servers:
            raise PLAIN
        return [[0, 16383, *([host.encode(), port, b"id"] for host, port in self.servers)]]


class Nodes:
    """Those that can be reached, and who was asked."""

    def __init__(self, nodes: dict[str, Node], seeds: str) -> None:
        self.nodes, self.asked = nodes, list[str]()
        self.master = SlotMaster(TAG, [(seed, 1) for seed in seeds], self._connect)

    @asynccontextmanager
    async def _connect(self, host: str, port: int) -> AsyncIterator[Redis]:
        self.asked.append(host)
        if host not in self.nodes:
            raise RedisConnectionError("refused")
        yield self.nodes[host]

    async def find(self) -> str:
        return (await self.master.find())[0]


def at(hosts: str) -> list[Address]:
    return [(host, 1) for host in hosts]


async def test_who_is_named_is_asked() -> None:
    """What a node says of another one is hearsay: it may not have heard of a fail-over."""
    nodes = Nodes({"s": Node(*at("a")), "a": Node(*at("b")), "b": Node(*at("b"))}, "s")
    assert await nodes.find() == "b"
    assert nodes.asked == ["s", "a", "b"]


async def test_a_master_that_is_cut_off() -> None:
    """It still thinks that it is the master, but takes no write: the others know better."""
    nodes = Nodes({"a": Node(*at("ab"), refuses=DOWN), "b": Node(*at("ba"))}, "a")
    assert await nodes.find() == "b"


async def test_the_last_master_is_asked_first() -> None:
    """Then all who were heard of, even if they are no seeds, and the seeds are gone."""
    nodes = Nodes({"s": Node(*at("ab")), "a": Node(*at("ab")), "b": Node(*at("ab"))}, "s")
    assert await nodes.find() == "a"
    nodes.asked.clear()
    assert await nodes.find() == "a"
    assert nodes.asked == ["a"]
    nodes.nodes = {"b": Node(*at("ba"))}
    assert await nodes.find() == "b"


async def test_nobody_is_asked_twice() -> None:
    """Nodes that name each other, or one that is gone, end in an error with the reasons."""
    nodes = Nodes({"a": Node(*at("bc")), "b": Node(*at("ac"))}, "a")
    with pytest.raises(RedisConnectionError, match=r"serves slot 14666\. c:1: refused"):
        await nodes.find()
    assert sorted(nodes.asked) == ["a", "b", "c"]


@pytest.mark.parametrize(("seeds", "error"), [("p", WrongServerError), ("pq", RedisConnectionError)])
async def test_servers_that_are_no_nodes(seeds: str, error: type[Exception]) -> None:
    """It is another reason not to try again, unless somebody else is only away."""
    nodes = Nodes({"p": Node()}, seeds)
    with pytest.raises(error, match=r"p:1 is no cluster\. Set REDIS_CLUSTER=false"):
        await nodes.find()


@pytest.mark.parametrize("name", [None, b"", b"?"])
def test_a_node_without_a_name(name: bytes | None) -> None:
    """It is reached as it was asked, at the port that it says."""
    view = ClusterView.read([[0, 16383, [name, 7, b"id", []]]], TAG.slot, "endpoint")
    assert (view.master, view.nodes) == (("endpoint", 7), [("endpoint", 7)])


def test_a_slot_that_nobody_has() -> None:
    """There is no master for it; the nodes may know more later."""
    assert ClusterView.read([[0, 1, [b"a", 7, b"id"]]], TAG.slot, "a") == ClusterView(None, [("a", 7)])
