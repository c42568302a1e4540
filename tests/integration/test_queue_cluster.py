"""Redis Cluster: all keys of a queue lie in one slot, and its master is found and followed."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
import redis
from redis.asyncio import Redis

from deckgen.domain.model_calls import Call
from deckgen.orchestrator.answers import Answers, StepAnswer
from deckgen.orchestrator.model.rate_limiter import RateLimiter
from deckgen.queue.pool import CANCELLED, QUEUE_NAME, WAKE, DeliveryPool
from deckgen.redis import connections
from deckgen.redis.hash_tags import ALL, ALL_BUT_LAST, FIRST, NONE, PLACE_OF, SCRIPTS, HashTag
from deckgen.redis.unsettled_calls import UNSETTLED
from tests.clusters import SLOT, TAG, Cluster, cluster
from tests.patience import PATIENCE_SECONDS
from tests.pools import NewPool, goes_on_at_the_new_master
from tests.valkeys import until

CHANGES: dict[str, Callable[[Cluster], None]] = {
    "handed over": Cluster.hand_over,
    "killed": lambda group: group.master.kill(),
    "frozen": lambda group: group.master.freeze(),
}
CALL = Call(model="m", tokens_in=9, tokens_cached=0, tokens_out=1, cost=None, seconds=1)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """For tests that leave it as it was, but for what it holds."""
    with cluster(tmp_path_factory.mktemp("shared")) as group:
        yield group


@pytest.fixture
def group(shared: Cluster) -> Cluster:
    """With nothing in it."""
    for one in (shared.master, *shared.other_masters):
        one.ask("FLUSHALL")
    return shared


@pytest.fixture
def pool(group: Cluster, new_pool: NewPool) -> DeliveryPool:
    return new_pool(group.environment)


@pytest.fixture
async def client(pool: DeliveryPool) -> AsyncIterator[Redis]:
    """As the orchestrator has one."""
    async with Redis.from_pool(pool.connection_pool) as client:
        yield client


def keys(group: Cluster) -> set[str]:
    """Without their tag; all that there are have it, and lie in the slot."""
    names = [name.decode() for name in group.master.ask("KEYS", "*")]
    assert [one.ask("DBSIZE") for one in group.other_masters] == [0, 0]
    assert group.master.ask("CLUSTER", "COUNTKEYSINSLOT", SLOT) == len(names)
    assert all(name.startswith(f"{{{TAG}}}:") for name in names)
    return {name.removeprefix(f"{{{TAG}}}:") for name in names}


@pytest.mark.parametrize("how", CHANGES)
async def test_who_waits_goes_on_at_the_new_master(
    new_pool: NewPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """However the master ends, who waits in the middle of a command gets what the new one has."""
    monkeypatch.setattr(connections, "ANSWER_TIMEOUT", 3.0)
    with cluster(tmp_path) as group:
        await goes_on_at_the_new_master(new_pool, group, partial(CHANGES[how], group))


async def test_a_slot_that_moves(new_pool: NewPool, tmp_path: Path) -> None:
    """While its keys are on the way commands wait; then they go on where it is, with all it held."""
    with cluster(tmp_path) as group:
        target, pool = group.other_masters[0], new_pool(group.environment)
        await pool.set("kept", 1)
        await asyncio.to_thread(group.begin_move, target)
        single, several = (
            asyncio.ensure_future(pool.set("a", 2)),
            asyncio.ensure_future(pool.deliver([])),
        )
        await asyncio.to_thread(until, lambda: group.master.refused("ASK") > 3)
        assert not single.done()
        assert not several.done()
        await asyncio.to_thread(group.end_move, target)
        async with asyncio.timeout(PATIENCE_SECONDS):
            await asyncio.gather(single, several)
            assert await pool.get("kept") == b"1"
        assert sorted(target.ask("KEYS", "*")) == [
            f"{{{TAG}}}:{name}".encode() for name in ("a", WAKE, "kept")
        ]


async def test_a_channel_is_heard_from_every_node(group: Cluster, pool: DeliveryPool) -> None:
    """Who listens need not be where the message is sent."""
    hearing = asyncio.ensure_future(anext(pool.hear(CANCELLED)))
    await asyncio.to_thread(until, lambda: group.master.ask("PUBSUB", "NUMSUB", CANCELLED)[1] == 1)
    group.other_masters[0].ask("PUBLISH", CANCELLED, "job")
    async with asyncio.timeout(PATIENCE_SECONDS):
        assert await hearing == b"job"


async def test_what_the_orchestrator_keeps(group: Cluster, client: Redis) -> None:
    """Answers and their marks, calls for the account, and what the scripts of `limits` count."""
    answers, limiter = Answers(client), RateLimiter(client, requests=10, tokens=1000)

    async def work() -> StepAnswer:
        assert keys(group) == {"deckgen:answer:k"}
        return StepAnswer(b"done", CALL)

    assert await answers.once("k", work) == b"done"
    await limiter.wait("gpt", 5)
    await limiter.correct("gpt", 7)
    counts = {f"deckgen:rate:{{gpt/{kind}}}" for kind in ("requests", "tokens")}
    assert keys(group) == {"deckgen:answer:k", UNSETTLED} | counts
    with pytest.raises(asyncio.TimeoutError):
        async with asyncio.timeout(0.2):
            await limiter.wait("gpt", 1000)


async def test_queues_with_other_tags(group: Cluster, new_pool: NewPool) -> None:
    """They share a cluster and see nothing of each other, at whatever master each of them is."""
    pools = [new_pool(group.environment | {"REDIS_CLUSTER_TAG": tag}) for tag in ("a", "b", "c", "d")]
    for number, pool in enumerate(pools):
        assert await pool.incrby(QUEUE_NAME, number) == number
    names = [name for one in (group.master, *group.other_masters) for name in one.ask("KEYS", "*")]
    assert sorted(names) == [f"{{{tag}}}:{QUEUE_NAME}".encode() for tag in ("a", "b", "c", "d")]


async def test_without_the_tag(
    group: Cluster, new_pool: NewPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What arq does in one go would lie apart, and be refused."""
    pool = new_pool(group.environment, retries=0)
    assert await pool.exists("arq:job:1", "arq:result:1") == 0
    monkeypatch.setattr(HashTag, "put_on", lambda _, command: command)
    with pytest.raises(redis.ResponseError, match="CROSSSLOT"):
        await pool.exists("arq:job:1", "arq:result:1")


async def test_the_places_of_keys(group: Cluster) -> None:
    """Where deckgen takes the keys of a command to be is where the server says they are."""
    said = {
        NONE.stop: (0, 0, 0),
        FIRST.stop: (1, 1, 1),
        ALL.stop: (1, -1, 1),
        ALL_BUT_LAST.stop: (1, -2, 1),
    }
    assert {name: _key_places(group, name) for name in PLACE_OF} == {
        name: said[place.stop] for name, place in PLACE_OF.items()
    }
    for name in SCRIPTS:
        question = ("COMMAND GETKEYS", name, "text", 2, "one", "two", "argument")
        assert group.master.ask(*question) == ["one", "two"]


def _key_places(group: Cluster, name: str) -> tuple[int, int, int]:
    """Its first key and its last one, counted from the end if below zero, and the step between them."""
    (said,) = group.master.ask("COMMAND", "INFO", name).values()
    return said["first_key_pos"], said["last_key_pos"], said["step_count"]
