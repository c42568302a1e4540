"""Hand over to Redis what PostgreSQL says is due, as far as each user's concurrency allows."""

import asyncio

import structlog
from arq.constants import in_progress_key_prefix

from deckgen.queue.pool import QUEUE_NAME, REDIS_AWAY, DeliveryPool, delivery_id
from deckgen.store import jobs
from deckgen.store.pool import AWAY, Pool

log = structlog.get_logger()

DISPATCH_TIMEOUT = 2.0
# A message that is not in Redis this long after its dispatch was lost, not late.
GRACE_SECONDS = 2.0
# In Redis, for all users together: its memory does not grow with the backlog.
MOST_WAITING = 1000


class Dispatcher:
    def __init__(self, database: Pool, delivery: DeliveryPool, *, user_concurrency: int) -> None:
        self._database = database
        self._delivery = delivery
        self._user_concurrency = user_concurrency

    async def dispatch(self, user_id: str | None = None) -> None:
        """Hand over what is due, of one user or of all.

        Best effort: whatever is lost here, the reconciler finds.
        """
        try:
            async with asyncio.timeout(DISPATCH_TIMEOUT):
                await self._dispatch(user_id)
        except (*AWAY, *REDIS_AWAY) as error:
            log.warning("dispatch.postponed", error=repr(error))

    async def _dispatch(self, user_id: str | None) -> None:
        chosen = await jobs.mark_dispatched(
            self._database, user_id, user_concurrency=self._user_concurrency, most=MOST_WAITING
        )
        for one in chosen:
            await self._delivery.deliver(one)

    async def recover(self) -> None:
        """Find dispatched jobs that no worker will pick up, and let them be dispatched again.

        Redis has lost their id, or a worker ended between arq's lock and the claim of the lease.
        """
        expected = await jobs.dispatched(self._database, grace_seconds=GRACE_SECONDS)
        if not expected:
            return
        async with self._delivery.pipeline(transaction=False) as pipe:
            for job_id, number in expected:
                pipe.zscore(QUEUE_NAME, delivery_id(job_id, number))
                pipe.exists(in_progress_key_prefix + delivery_id(job_id, number))
            found = await pipe.execute()
        scores, locks = found[::2], found[1::2]
        lost = [
            one
            for one, score, lock in zip(expected, scores, locks, strict=True)
            if score is None or lock
        ]
        if lost:
            await self._delivery.zrem(QUEUE_NAME, *(delivery_id(*one) for one in lost))
            await jobs.forget_dispatch(self._database, lost)
            log.warning("dispatch.recovered", jobs=len(lost))
