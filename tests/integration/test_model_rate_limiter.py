"""Calls of a model keep to its provider's limits, whichever process makes them.

Time passes only while a call rests: then the windows in Redis grow older by as much.
"""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from limits.aio.storage import RedisStorage
from redis.asyncio import Redis

from deckgen.config.settings import Settings
from deckgen.dev.processes import LOOPBACK
from deckgen.orchestrator.model import rate_limiter as module
from deckgen.orchestrator.model.rate_limiter import PREFIX, RateLimiter
from deckgen.redis.connections import connection_pool
from tests.patience import PATIENCE_SECONDS
from tests.valkeys import valkey

MODEL = "gpt"
really_rest = module.pause_with_jitter


class Rests:
    """How long calls rested, in seconds."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self.all: list[float] = []

    async def __call__(self, seconds: float) -> None:
        seconds = max(seconds, module.SHORTEST_SECONDS)
        self.all.append(seconds)
        assert len(self.all) < 200, "it waits for ever"
        async for key in self._redis.scan_iter(f"{PREFIX}:*"):
            left = await self._redis.pttl(key)
            await self._redis.pexpire(key, left - round(seconds * 1000))


@pytest.fixture
async def redis(settings: Settings) -> AsyncIterator[Redis]:
    async with Redis.from_pool(connection_pool(settings, retries=0)) as client:
        yield client


@pytest.fixture
def rests(redis: Redis, monkeypatch: pytest.MonkeyPatch) -> Rests:
    replaced = Rests(redis)
    monkeypatch.setattr(module, "pause_with_jitter", replaced)
    return replaced


async def counted(redis: Redis, kind: str) -> int:
    """In the last window and in the current one."""
    keys = [key async for key in redis.scan_iter(f"{PREFIX}:*{MODEL}/{kind}*")]
    return sum(map(int, await redis.mget(keys)))


@pytest.mark.parametrize("limits", [{"requests": 3, "tokens": None}, {"requests": None, "tokens": 300}])
async def test_processes_share_a_limit(redis: Redis, rests: Rests, limits: dict[str, Any]) -> None:
    """What one process has used, another has no more; so with requests and with tokens."""
    one, other = RateLimiter(redis, **limits), RateLimiter(redis, **limits)
    for process in (one, other, one):
        await process.wait(MODEL, 100)
    assert rests.all == []
    await other.wait(MODEL, 100)
    assert rests.all != []


async def test_a_limit_that_is_not_set_holds_nobody(redis: Redis, rests: Rests) -> None:
    """Without limits nothing is counted."""
    limiter = RateLimiter(redis, requests=None, tokens=None)
    for _ in range(20):
        await limiter.wait(MODEL, 1_000_000)
    await limiter.correct(MODEL, 1_000_000)
    assert rests.all == []
    assert [key async for key in redis.scan_iter(f"{PREFIX}:*")] == []


async def test_models_have_limits_of_their_own(redis: Redis, rests: Rests) -> None:
    """A model that is used up leaves another one free."""
    limiter = RateLimiter(redis, requests=1, tokens=100)
    await limiter.wait(MODEL, 100)
    await limiter.wait("other", 100)
    assert rests.all == []


async def test_the_rate_holds_in_the_long_run(redis: Redis, rests: Rests) -> None:
    """The 30 calls that follow the first 10 take their minutes, and rest about once each."""
    processes = [RateLimiter(redis, requests=10, tokens=None) for _ in range(2)]
    for number in range(40):
        await processes[number % 2].wait(MODEL, 1)
    assert 180 < sum(rests.all) < 300
    assert len(rests.all) <= 40


async def test_a_call_rests_until_its_tokens_are_free(redis: Redis, rests: Rests) -> None:
    """The time is computed: one rest is enough, whether the last window or the current one is full."""
    limiter = RateLimiter(redis, requests=None, tokens=1000)
    for tokens in (1000, 600, 300, 700):
        await limiter.wait(MODEL, tokens)
    assert len(rests.all) == 3
    assert all(0 < seconds <= 120 for seconds in rests.all)


async def test_a_call_beyond_the_limit_is_all_of_it(redis: Redis, rests: Rests) -> None:
    """It goes when nothing else counts, two windows later at most, and uses the limit up."""
    limiter = RateLimiter(redis, requests=None, tokens=1000)
    await limiter.wait(MODEL, 1)
    await limiter.wait(MODEL, 5000)
    assert 0 < sum(rests.all) < 121
    assert await counted(redis, "tokens") == 1000
    before = len(rests.all)
    await limiter.wait(MODEL, 1)
    assert len(rests.all) > before


async def test_a_call_without_tokens_takes_no_request(
    redis: Redis, rests: Rests, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it waits for tokens, others may use the requests; then it takes one."""
    seen: list[int] = []

    async def rest(seconds: float) -> None:
        seen.append(await counted(redis, "requests"))
        await rests(seconds)

    monkeypatch.setattr(module, "pause_with_jitter", rest)
    limiter = RateLimiter(redis, requests=10, tokens=1000)
    await limiter.wait(MODEL, 1000)
    await limiter.wait(MODEL, 600)
    assert set(seen) == {1}
    assert await counted(redis, "requests") == 2


async def test_a_request_is_taken_once(
    redis: Redis, rests: Rests, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has a request, but whose tokens another process was faster to take, keeps the request."""
    take = RedisStorage.acquire_sliding_window_entry
    thefts = iter([1000])

    async def overtaken(self: RedisStorage, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        if key.endswith("tokens") and (theft := next(thefts, None)):
            await take(self, key, limit, expiry, theft)
        return await take(self, key, limit, expiry, amount)

    monkeypatch.setattr(RedisStorage, "acquire_sliding_window_entry", overtaken)
    await RateLimiter(redis, requests=10, tokens=1000).wait(MODEL, 600)
    assert len(rests.all) > 1
    assert await counted(redis, "requests") == 1


@pytest.mark.parametrize(("tokens", "waits"), [(300, True), (200, False), (0, False), (-900, False)])
async def test_what_a_call_took_more_is_counted(
    redis: Redis, rests: Rests, tokens: int, waits: bool
) -> None:
    """In every process; but what it took less is not given back."""
    one, other = (
        RateLimiter(redis, requests=None, tokens=1000),
        RateLimiter(redis, requests=None, tokens=1000),
    )
    await one.wait(MODEL, 400)
    await one.correct(MODEL, tokens)
    await other.wait(MODEL, 400)
    assert (rests.all != []) == waits
    assert await counted(redis, "tokens") == 800 + max(tokens, 0)


async def test_a_correction_may_go_beyond_the_limit(redis: Redis, rests: Rests) -> None:
    """It is counted whole, and the next call waits longer, but no more than two windows."""
    limiter = RateLimiter(redis, requests=None, tokens=1000)
    await limiter.wait(MODEL, 1000)
    await limiter.correct(MODEL, 9000)
    assert await counted(redis, "tokens") == 10_000
    await limiter.wait(MODEL, 500)
    assert 110 < sum(rests.all) < 121


async def test_calls_of_a_process_go_in_their_order(redis: Redis, rests: Rests) -> None:
    """A large call that waits is not overtaken by a small one that would have room."""
    limiter, order = RateLimiter(redis, requests=None, tokens=1000), []

    async def call(tokens: int) -> None:
        await limiter.wait(MODEL, tokens)
        order.append(tokens)

    await call(500)
    async with asyncio.timeout(PATIENCE_SECONDS):
        await asyncio.gather(call(900), call(100))
    assert order == [500, 900, 100]


async def test_whoever_bounds_its_wait_stops_waiting(redis: Redis) -> None:
    """Its time-out is its own: it is not taken for a Redis that is away; and it is counted nowhere."""
    limiter = RateLimiter(redis, requests=1, tokens=None)
    await limiter.wait(MODEL, 1)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await limiter.wait(MODEL, 1)
    assert await counted(redis, "requests") == 1


async def test_windows_pass_in_redis_itself(redis: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    """In real time: calls of two processes go on when the window, here of a second, allows it."""
    rested: list[float] = []

    async def rest(seconds: float) -> None:
        rested.append(seconds)
        await really_rest(seconds)

    monkeypatch.setattr(module, "pause_with_jitter", rest)
    processes = [RateLimiter(redis, requests=2, tokens=None, window=1) for _ in range(2)]
    async with asyncio.timeout(PATIENCE_SECONDS):
        await asyncio.gather(*(process.wait(MODEL, 1) for process in processes * 2))
    assert rested
    assert len(rested) < 20


async def test_without_redis_calls_go_through(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """One warning says so: those that follow don't look for it again."""
    nowhere = settings.model_copy(update={"redis_port": 9})
    async with Redis.from_pool(connection_pool(nowhere, retries=0)) as away:
        limiter = RateLimiter(away, requests=1, tokens=1)
        async with asyncio.timeout(PATIENCE_SECONDS):
            await asyncio.gather(*(limiter.wait(MODEL, 1) for _ in range(5)))
            await limiter.correct(MODEL, 1)
            await RateLimiter(away, requests=1, tokens=1).correct(MODEL, 1)
    assert [one.levelname for one in caplog.records if "rate_limiter.away" in one.getMessage()] == [
        "WARNING"
    ] * 2


async def test_a_redis_that_is_back_counts_again(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Calls were let through while it could not serve, and are held to the limit afterwards."""
    monkeypatch.setattr(module, "AWAY_SECONDS", 0.0)
    with valkey(tmp_path / "alone") as server:
        own = {name.lower(): value for name, value in server.environment.items()}
        pool = connection_pool(Settings.model_validate(own), retries=0)
        async with Redis.from_pool(pool) as redis:
            monkeypatch.setattr(module, "pause_with_jitter", rests := Rests(redis))
            limiter = RateLimiter(redis, requests=1, tokens=None)
            server.ask("REPLICAOF", LOOPBACK, 1)
            for _ in range(3):
                await limiter.wait(MODEL, 1)
            assert rests.all == []
            server.ask("REPLICAOF", "NO", "ONE")
            for _ in range(2):
                await limiter.wait(MODEL, 1)
            assert rests.all != []
