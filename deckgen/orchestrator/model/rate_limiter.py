"""The limit of requests and tokens a minute for a model's provider, over all processes.

The counts are in Redis, with a sliding window: the last minute counts as far as it still overlaps. The
time is Redis's, so the clocks of hosts need not agree. Without Redis calls go through uncounted: a
provider's 429 is better than a job that stands still.
"""

import asyncio
import random
import sys
import time
from collections import defaultdict

from limits.aio.storage import RedisStorage
from redis.asyncio import Redis

from deckgen.observability.logs import get_logger
from deckgen.redis.refusals import REDIS_AWAY

log = get_logger(__name__)

PREFIX = "deckgen:rate"
SHORTEST_SECONDS = 0.01
SPREAD = 0.1  # of a pause
AWAY_SECONDS = 5.0  # until an unreachable Redis is tried again
UNBOUNDED = sys.maxsize


class RateLimiter:
    """A limiter of `requests` and `tokens` in a window of so many seconds; None is no limit."""

    def __init__(
        self, redis: Redis, *, requests: int | None, tokens: int | None, window: int = 60
    ) -> None:
        self._limits = {"requests": requests, "tokens": tokens}
        self._window = window
        self._counts = RedisStorage(
            "async+redis://",  # says no more than which library: the connections are the pool's
            implementation="redispy",
            key_prefix=PREFIX,
            connection_pool=redis.connection_pool,  # type: ignore[arg-type] # typed too narrowly
        )
        self._turns: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._away_until = 0.0

    async def wait(self, model: str, tokens: int) -> None:
        """Wait until a call of about so many tokens may be made, and count it.

        Bound it by asyncio.timeout. A call beyond the limit counts as the whole limit. The calls of a
        process go in order of arrival, or small ones would keep a large one waiting for ever.
        """
        async with self._turns[model]:
            # Calls further back must not each discover again that Redis is away.
            if time.monotonic() < self._away_until:
                return
            try:
                await self._take(model, {"requests": 1, "tokens": tokens})
            except REDIS_AWAY as error:
                self._is_away(error)

    async def correct(self, model: str, tokens: int) -> None:
        """Count tokens that a call used beyond those announced, even beyond the limit.

        Unused tokens, a number below zero, are not given back.
        """
        if self._limits["tokens"] is None or tokens <= 0 or time.monotonic() < self._away_until:
            return
        try:
            await self._count(model, "tokens", tokens, limit=UNBOUNDED)
        except REDIS_AWAY as error:
            self._is_away(error)

    def _is_away(self, error: Exception) -> None:
        self._away_until = time.monotonic() + AWAY_SECONDS
        log.warning("rate_limiter.away", error=repr(error))

    async def _take(self, model: str, costs: dict[str, int]) -> None:
        """Take all costs once they are free, and none of them twice.

        A call that has its request, but whose tokens another process took first, waits for tokens only.
        """
        limits = {kind: limit for kind, limit in self._limits.items() if limit is not None}
        missing = {kind: min(costs[kind], limit) for kind, limit in limits.items()}
        while missing:
            pause = max(
                [await self._pause(model, kind, missing[kind], limits[kind]) for kind in missing]
            )
            if pause == 0:
                missing = {
                    kind: cost
                    for kind, cost in missing.items()
                    if not await self._count(model, kind, cost, limit=limits[kind])
                }
            if missing:
                await pause_with_jitter(pause)

    async def _count(self, model: str, kind: str, amount: int, *, limit: int) -> bool:
        """Returns false, and counts nothing, if the amount is too much for now."""
        return await self._counts.acquire_sliding_window_entry(
            f"{model}/{kind}", limit, self._window, amount
        )

    async def _pause(self, model: str, kind: str, cost: int, limit: int) -> float:
        """Returns the seconds until `cost` is free, if no other call takes it first."""
        last, last_ends, current, current_ends = await self._counts.get_sliding_window(
            f"{model}/{kind}", self._window
        )
        # A window's count fades while the next one passes. So the last window makes room, or, if the
        # current one is full by itself, that one after its end.
        if current + cost <= limit:
            count, ends, spare = last, last_ends, limit - cost - current
        else:
            count, ends, spare = current, current_ends, limit - cost
        return max(0.0, ends - self._window * spare / count) if count else 0.0


async def pause_with_jitter(seconds: float) -> None:
    """Sleep a little longer than `seconds`, at random, so that waiting calls don't all come at once."""
    seconds = max(seconds, SHORTEST_SECONDS)
    await asyncio.sleep(seconds * random.uniform(1, 1 + SPREAD))  # noqa: S311 - spreads load
