"""Hear of cancelled jobs at once, rather than when their leases are to be renewed."""

import asyncio

from deckgen.observability.logs import get_logger
from deckgen.queue.pool import CANCELLED
from deckgen.redis.refusals import REDIS_AWAY
from deckgen.worker.runtime import Runtime

log = get_logger(__name__)

PAUSE_SECONDS = 1.0


async def hear_cancellations(runtime: Runtime) -> None:
    """Stop the work on each job that is announced as cancelled; goes on when Redis is back."""
    while True:
        try:
            async for job_id in runtime.delivery.hear(CANCELLED):
                for held in runtime.held.values():
                    if held.lease.job_id == job_id.decode():
                        held.task.cancel()
        except REDIS_AWAY as error:
            log.warning("server.away", error=repr(error))
        await asyncio.sleep(PAUSE_SECONDS)
