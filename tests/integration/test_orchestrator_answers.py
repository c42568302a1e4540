"""The orchestrator executes a call once, however often it is asked."""

import asyncio
from collections.abc import AsyncIterator
from unittest.mock import AsyncMock

import pytest
from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from deckgen.config.settings import Settings
from deckgen.domain.model_calls import Call
from deckgen.orchestrator import answers as module
from deckgen.orchestrator.answers import Answers, StepAnswer
from deckgen.redis.connections import connection_pool
from deckgen.redis.unsettled_calls import UNSETTLED
from tests.patience import PATIENCE_SECONDS

CALL = Call(model="m", tokens_in=9, tokens_cached=0, tokens_out=1, cost=None, seconds=1)


class Work:
    """Counts its executions; waits for `go_on`, fails for as long as `fails` says, costs `call`."""

    def __init__(self, *, fails: int = 0, call: Call | None = None) -> None:
        self.executions, self.fails, self.call = 0, fails, call
        self.started, self.go_on = asyncio.Event(), asyncio.Event()

    async def __call__(self) -> StepAnswer:
        self.executions += 1
        self.started.set()
        await self.go_on.wait()
        if self.executions <= self.fails:
            raise ValueError("failed")
        return StepAnswer(f"answer {self.executions}".encode(), self.call)


@pytest.fixture
async def redis(settings: Settings) -> AsyncIterator[Redis]:
    async with Redis.from_pool(connection_pool(settings, retries=0)) as client:
        yield client


@pytest.fixture
def work() -> Work:
    return Work()


async def test_a_finished_answer_is_given_again(redis: Redis, work: Work) -> None:
    """Also by another process, for as long as the answer is kept."""
    work.go_on.set()
    first = await Answers(redis).once("k", work)
    second = await Answers(redis).once("k", work)
    assert (first, second, work.executions) == (b"answer 1", b"answer 1", 1)


async def test_another_key_is_another_call(redis: Redis, work: Work) -> None:
    """Nothing is shared between keys."""
    work.go_on.set()
    answers = Answers(redis)
    assert await answers.once("k1", work) != await answers.once("k2", work)


@pytest.mark.parametrize("processes", [1, 2])
async def test_calls_in_flight_are_joined(redis: Redis, work: Work, processes: int) -> None:
    """Who asks while the call runs gets its answer, in this process or in another."""
    instances = [Answers(redis) for _ in range(processes)]
    calls = [asyncio.create_task(instances[i % processes].once("k", work)) for i in range(4)]
    await work.started.wait()
    work.go_on.set()
    assert set(await asyncio.gather(*calls)) == {b"answer 1"}
    assert work.executions == 1


async def test_an_error_is_not_kept(redis: Redis) -> None:
    """What failed is executed again when it is asked for again."""
    work, answers = Work(fails=1), Answers(redis)
    work.go_on.set()
    with pytest.raises(ValueError, match="failed"):
        await answers.once("k", work)
    assert not await redis.exists("deckgen:answer:k")
    assert await answers.once("k", work) == b"answer 2"


async def test_the_work_outlives_who_asked(redis: Redis, work: Work) -> None:
    """A caller that goes away half-way finds the answer when it comes back."""
    answers = Answers(redis)
    caller = asyncio.create_task(answers.once("k", work))
    await work.started.wait()
    caller.cancel()
    await asyncio.gather(caller, return_exceptions=True)
    work.go_on.set()
    assert await answers.once("k", work) == b"answer 1"
    assert work.executions == 1


async def test_what_was_paid_is_written_down(redis: Redis) -> None:
    """For the account, under the step's key, also if nobody waits for the answer any more."""
    work = Work(call=CALL)
    caller = asyncio.create_task(Answers(redis).once("paid", work))
    await work.started.wait()
    caller.cancel()
    await asyncio.gather(caller, return_exceptions=True)
    work.go_on.set()
    free = Work()
    free.go_on.set()
    answers = Answers(redis)
    assert await answers.once("paid", free) == b"answer 1"
    assert free.executions == 0
    await answers.once("free", free)
    assert await redis.hkeys(UNSETTLED) == [b"paid"]  # type: ignore[misc]


async def test_what_was_paid_is_written_down_late(
    redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also if Redis was away when the call began, and is back when it is answered."""
    work = Work(call=CALL)
    monkeypatch.setattr(redis, "set", AsyncMock(side_effect=RedisConnectionError))
    work.go_on.set()
    assert await Answers(redis).once("late", work) == b"answer 1"
    assert await redis.hkeys(UNSETTLED) == [b"late"]  # type: ignore[misc]


async def test_a_dead_process_holds_nobody_up(
    redis: Redis, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its mark runs out, and the next one executes."""
    await redis.set("deckgen:answer:k", module.MARK, px=50)
    work.go_on.set()
    async with asyncio.timeout(PATIENCE_SECONDS):
        assert await Answers(redis).once("k", work) == b"answer 1"


async def test_a_long_call_keeps_its_mark(
    redis: Redis, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long a call takes, nobody else begins it."""
    mark_seconds, longer_seconds = 3.0, 4.0
    monkeypatch.setattr(module, "MARK_SECONDS", mark_seconds)
    first = asyncio.create_task(Answers(redis).once("k", work))
    await work.started.wait()
    second = asyncio.create_task(Answers(redis).once("k", work))
    done, _ = await asyncio.wait({second}, timeout=longer_seconds)
    work.go_on.set()
    await asyncio.gather(first, second)
    assert done == set()
    assert work.executions == 1


async def test_without_redis_it_is_executed(settings: Settings, work: Work) -> None:
    """Redis is only a memory: without it a call is answered all the same."""
    work.go_on.set()
    nowhere = settings.model_copy(update={"redis_port": 9})
    async with Redis.from_pool(connection_pool(nowhere, retries=0)) as away:
        assert await Answers(away).once("k", work) == b"answer 1"
