"""A Valkey cluster that a test may reshard and kill: three masters, each with a replica."""

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import redis

from deckgen.dev.processes import LOOPBACK, free_port
from deckgen.queue.pool import QUEUE_NAME
from deckgen.redis.hash_tags import HashTag
from tests.valkeys import DOWN_MILLISECONDS, PASSWORD, Valkey, until, valkey

SLOTS = 16384
MASTERS = 3
TAG = "deckgen"
HASH_TAG = HashTag(TAG)
SLOT = HASH_TAG.slot  # of the queue


@dataclass
class Cluster:
    """`master` and its `replica` have the slot of the queue, the `others` do not; two are masters."""

    master: Valkey
    replica: Valkey
    others: list[Valkey]

    @property
    def nodes(self) -> list[Valkey]:
        return [self.master, self.replica, *self.others]

    @property
    def other_masters(self) -> list[Valkey]:
        return self.others[: MASTERS - 1]

    @property
    def environment(self) -> dict[str, str]:
        """The settings of deckgen; the first of the nodes is dead, the second has not our slot."""
        return {
            "REDIS_CLUSTER": "true",
            "REDIS_CLUSTER_NODES": f"{LOOPBACK}:{free_port()},{LOOPBACK}:{self.others[0].port}",
            "REDIS_PASSWORD": PASSWORD,
        }

    def queued(self) -> int:
        """How many ids are in the queue at the master."""
        return int(self.master.ask("ZCARD", HASH_TAG.key(QUEUE_NAME).decode()))

    def lose_writes(self) -> None:
        """From now on nothing reaches the replica, which becomes the master in the end all the same."""
        self.replica.ask("CONFIG", "SET", "primaryauth", "wrong")
        self.master.ask("CLIENT", "KILL", "TYPE", "replica")
        until(lambda: self.replica.ask("INFO", "replication")["master_link_status"] == "down")

    def hand_over(self) -> None:
        """A fail-over that is asked for: the master lives, and is demoted."""
        self.replica.ask("CLUSTER", "FAILOVER")

    def await_failover(self) -> None:
        """Until the replica serves the slot, and all that never had it know."""
        heard = [self.replica, *self.others]
        until(lambda: all(_master_port(one) == self.replica.port and _is_well(one) for one in heard))

    def move_slot(self, target: Valkey) -> None:
        """The slot goes to another master with all its keys, one key after the other."""
        self.begin_move(target)
        self.end_move(target)

    def begin_move(self, target: Valkey) -> None:
        """From now on both say ASK or TRYAGAIN of what they do not have."""
        target.ask("CLUSTER", "SETSLOT", SLOT, "IMPORTING", _id(self.master))
        self.master.ask("CLUSTER", "SETSLOT", SLOT, "MIGRATING", _id(target))

    def end_move(self, target: Valkey) -> None:
        while keys := self.master.ask("CLUSTER", "GETKEYSINSLOT", SLOT, 100):
            address = (LOOPBACK, target.port, "", 0, 5000)
            self.master.ask("MIGRATE", *address, "REPLACE", "AUTH", PASSWORD, "KEYS", *keys)
        target.ask("CLUSTER", "SETSLOT", SLOT, "NODE", _id(target))
        self.master.ask("CLUSTER", "SETSLOT", SLOT, "NODE", _id(target))


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """All nodes are there and know each other."""
    folder.mkdir(exist_ok=True)
    with contextlib.ExitStack() as stack:
        nodes = [
            stack.enter_context(valkey(folder / f"node-{number}", *_configuration()))
            for number in range(2 * MASTERS)
        ]
        masters, replicas = nodes[:MASTERS], nodes[MASTERS:]
        _meet(nodes)
        for number, (master, replica) in enumerate(zip(masters, replicas, strict=True)):
            own = SLOTS * number // MASTERS, SLOTS * (number + 1) // MASTERS - 1
            master.ask("CLUSTER", "ADDSLOTSRANGE", *own)
            until(lambda: _follows(replica, master))  # noqa: B023 - called before the next round
        until(lambda: all(_is_well(one) for one in nodes))
        until(lambda: all(_has_replica(one) for one in masters))
        number = SLOT * MASTERS // SLOTS
        first = masters.pop(number), replicas.pop(number)
        yield Cluster(*first, [*masters, *replicas])


def _configuration() -> list[str]:
    return [
        "cluster-enabled yes",
        f"cluster-port {free_port()}",
        f"cluster-node-timeout {DOWN_MILLISECONDS}",
        "cluster-replica-validity-factor 0",  # also a replica that has lost writes becomes the master
        "cluster-allow-replica-migration no",
        f"primaryauth {PASSWORD}",
        "repl-diskless-sync-delay 0",
    ]


def _meet(nodes: list[Valkey]) -> None:
    for number, one in enumerate(nodes, 1):
        one.ask("CLUSTER", "SET-CONFIG-EPOCH", number)
    for one in nodes[1:]:
        _, bus = one.ask("CONFIG", "GET", "cluster-port")
        nodes[0].ask("CLUSTER", "MEET", LOOPBACK, one.port, bus)
    until(lambda: all(_info(one)["cluster_known_nodes"] == str(len(nodes)) for one in nodes))


def _follows(replica: Valkey, master: Valkey) -> bool:
    """Whether it could be made a replica: it has to have heard of the master first."""
    try:
        replica.ask("CLUSTER", "REPLICATE", _id(master))
    except redis.ResponseError:
        return False
    return True


def _has_replica(master: Valkey) -> bool:
    replica = master.ask("INFO", "replication").get("slave0", {})
    return bool(replica.get("state") == "online")


def _is_well(node: Valkey) -> bool:
    return _info(node)["cluster_state"] == "ok" and _info(node)["cluster_slots_ok"] == str(SLOTS)


def _info(node: Valkey) -> dict[str, str]:
    lines = node.ask("CLUSTER", "INFO").decode().splitlines()
    return dict(line.split(":", 1) for line in lines if ":" in line)


def _id(node: Valkey) -> str:
    name: bytes = node.ask("CLUSTER", "MYID")
    return name.decode()


def _master_port(node: Valkey) -> int:
    """Where it says that the queue's slot is."""
    ranges = node.ask("CLUSTER", "SLOTS")
    return next(int(master[1]) for first, last, master, *_ in ranges if first <= SLOT <= last)
