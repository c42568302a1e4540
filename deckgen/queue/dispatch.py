"""Hand over to Redis what PostgreSQL says is due, as far as each user's concurrency allows."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from arq.constants import in_progress_key_prefix

from deckgen.observability.logs import get_logger
from deckgen.queue.messages import delivery_id, job_message, webhook_delivery_id, webhook_message
from deckgen.queue.pool import QUEUE_NAME, DeliveryPool
from deckgen.redis.refusals import REDIS_AWAY
from deckgen.runtime.batching import Batching
from deckgen.store import deliveries, dispatches
from deckgen.store.away import AWAY
from deckgen.store.dispatches import User
from deckgen.store.pool import Pool

log = get_logger(__name__)

DISPATCH_TIMEOUT = 2.0
# A message that is not in Redis this long after its dispatch was lost, not late.
GRACE_SECONDS = 2.0
# So many jobs wait in Redis for all users together, so its memory does not grow with the backlog.
MAX_DISPATCHED = 1000


class Dispatcher:
    def __init__(self, database: Pool, delivery: DeliveryPool, *, user_concurrency: int) -> None:
        self._database = database
        self._delivery = delivery
        self._user_concurrency = user_concurrency
        self._users = Batching(self._dispatch)

    async def dispatch(self, user: User | None = None) -> None:
        """Hand over the jobs that are due, of one user or of all.

        This is best effort: the reconciler finds what is lost here. Calls at the same time share a
        statement.
        """
        async with _best_effort():
            await self._users.do(user)

    async def _dispatch(self, users: list[User | None]) -> list[None]:
        named = {user for user in users if user is not None}
        chosen = await dispatches.mark_dispatched(
            self._database,
            None if None in users else sorted(named),
            user_concurrency=self._user_concurrency,
            limit=MAX_DISPATCHED,
        )
        if chosen:
            await self._delivery.deliver([job_message(dispatch) for dispatch in chosen])
        for dispatch in chosen:
            log.debug(
                "job.dispatched",
                jobId=dispatch.job_id,
                deckId=dispatch.deck_id,
                dispatch=dispatch.number,
            )
        return [None] * len(users)

    async def dispatch_webhooks(self) -> None:
        """Hand over the deliveries to webhooks that are due, likewise."""
        async with _best_effort():
            chosen = await deliveries.mark_dispatched(self._database)
            if chosen:
                await self._delivery.deliver([webhook_message(delivery) for delivery in chosen])

    async def recover(self) -> None:
        """Let what was dispatched, and no worker will pick up, be dispatched again.

        Redis has lost its id, or a worker ended between arq's lock and its claim.
        """
        async with _best_effort():
            await self._recover_jobs()
            await self._recover_webhooks()

    async def _recover_jobs(self) -> None:
        expected = await dispatches.dispatched(self._database, grace_seconds=GRACE_SECONDS)
        gone = await self._remove_lost([delivery_id(*dispatch) for dispatch in expected])
        if lost := [dispatch for dispatch in expected if delivery_id(*dispatch) in gone]:
            await dispatches.forget_dispatch(self._database, lost)
            log.warning("dispatch.recovered", jobs=len(lost))
        if expected:
            await self._delivery.wake()

    async def _recover_webhooks(self) -> None:
        expected = await deliveries.dispatched(self._database, grace_seconds=GRACE_SECONDS)
        gone = await self._remove_lost([webhook_delivery_id(delivery) for delivery in expected])
        if lost := [delivery for delivery in expected if webhook_delivery_id(delivery) in gone]:
            await deliveries.forget_dispatch(self._database, lost)
            log.warning("dispatch.recovered", webhooks=len(lost))

    async def _remove_lost(self, ids: Sequence[str]) -> set[str]:
        """Returns those of arq's ids that no worker will start, and removes them from the queue."""
        if not ids:
            return set()
        async with self._delivery.pipeline(transaction=False) as pipe:
            for arq_id in ids:
                pipe.zscore(QUEUE_NAME, arq_id)
                pipe.exists(in_progress_key_prefix + arq_id)
            answers = await pipe.execute()
        scores, locks = answers[::2], answers[1::2]
        lost = {
            arq_id
            for arq_id, score, lock in zip(ids, scores, locks, strict=True)
            if score is None or lock
        }
        if lost:
            await self._delivery.zrem(QUEUE_NAME, *lost)
        return lost


@asynccontextmanager
async def _best_effort() -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(DISPATCH_TIMEOUT):
            yield
    except AWAY + REDIS_AWAY as error:
        log.warning("dispatch.postponed", error=repr(error))
