"""From a request to a deck by a Redis Cluster, and what is said when the setting is wrong."""

import os
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import trustme

from deckgen.client.http import Client
from deckgen.dev.processes import LOOPBACK, free_port
from deckgen.dev.stack import COMMANDS, Stack
from deckgen.queue.pool import QUEUE_NAME
from deckgen.redis.cluster import WrongServerError
from tests.clusters import SLOT, SLOTS, Cluster, cluster
from tests.pools import NewPool
from tests.tls_front import tls_front, write_ca
from tests.valkeys import PASSWORD, Valkey, until, valkey


@pytest.fixture
def group(tmp_path: Path) -> Iterator[Cluster]:
    with cluster(tmp_path / "cluster") as group:
        yield group


@pytest.fixture
def lone(tmp_path: Path) -> Iterator[Valkey]:
    """A cluster of one node, which does not know its own address."""
    own = ("cluster-enabled yes", f"cluster-port {free_port()}")
    with valkey(tmp_path / "lone", *own) as node:
        node.ask("CLUSTER", "ADDSLOTSRANGE", 0, SLOTS - 1)
        until(lambda: b"cluster_state:ok" in node.ask("CLUSTER", "INFO"))
        yield node


def make_deck(environment: Mapping[str, str], logs: Path) -> int:
    """With processes of our own; the exit code of `arq --check` beside them."""
    logs.mkdir()
    with Stack(environment, logs) as stack, Client(stack.url) as client:
        job_id = client.submit(None, "How are sales?", deck_id="d", user_id="u").job_id
        client.wait(job_id)
        return _run_worker(stack.environment, "--check").returncode


def _run_worker(environment: Mapping[str, str], *options: str) -> subprocess.CompletedProcess[str]:
    command = [*COMMANDS["worker"], *options]
    return subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True)


def test_a_deck(database_url: str, group: Cluster, tmp_path: Path) -> None:
    """Every process keeps what it has in the one slot, by the command lines that users have."""
    own = {"DATABASE_URL": database_url, **group.environment}
    assert make_deck(own, tmp_path / "logs") == 0
    names = b"\n".join(group.master.ask("KEYS", "*")).decode()
    assert "deckgen:answer:" in names
    assert group.master.ask("CLUSTER", "COUNTKEYSINSLOT", SLOT) == group.master.ask("DBSIZE")
    assert [one.ask("DBSIZE") for one in group.other_masters] == [0, 0]
    assert _run_worker(own, "--check").returncode == 1


@pytest.mark.contract
def test_a_deck_by_tls(database_url: str, lone: Valkey, tmp_path: Path) -> None:
    """The nodes are asked by TLS too; one that knows no name of its own is where it was asked."""
    authority = trustme.CA()
    with tls_front(lone.port, authority) as front:
        lone.ask("CONFIG", "SET", "cluster-announce-port", front.port)
        own = {
            "DATABASE_URL": database_url,
            "REDIS_CLUSTER": "true",
            "REDIS_HOST": LOOPBACK,
            "REDIS_PORT": str(front.port),
            "REDIS_PASSWORD": PASSWORD,
            "REDIS_TLS": "true",
            "REDIS_TLS_CA": write_ca(authority, tmp_path),
        }
        assert make_deck(own, tmp_path / "logs") == 0
    for sent in (QUEUE_NAME, "CLUSTER", "deckgen:answer:"):
        assert sent.encode() in front.secret
    assert front.plain == b""


def test_a_cluster_that_is_not_expected(database_url: str, lone: Valkey) -> None:
    """The worker ends, and its last line says what to set."""
    done = _run_worker({"DATABASE_URL": database_url, **lone.environment})
    assert done.returncode != 0
    reason = f"Redis at {LOOPBACK}:{lone.port} belongs to a cluster. Set REDIS_CLUSTER=true."
    assert reason in done.stdout.splitlines()[-1]


async def test_a_node_of_a_cluster_that_is_not_expected(new_pool: NewPool, group: Cluster) -> None:
    """One that would send us elsewhere says that it is one."""
    one = group.other_masters[0]
    with pytest.raises(WrongServerError, match=f"^Redis at {LOOPBACK}:{one.port} belongs to a cluster"):
        await new_pool(one.environment, retries=10_000).deliver([])


async def test_a_server_that_is_no_cluster(new_pool: NewPool, tmp_path: Path) -> None:
    """It is refused at once, in a sentence."""
    with valkey(tmp_path / "plain") as server:
        pool = new_pool({**server.environment, "REDIS_CLUSTER": "true"}, retries=10_000)
        with pytest.raises(
            WrongServerError, match=rf"^Redis at {LOOPBACK}:{server.port} is no cluster"
        ):
            await pool.get("a")
