"""Cancellations, of which workers hear at once rather than when they renew the leases."""

import asyncio

from deckgen.observability.logs import get_logger
from deckgen.queue.pool import CANCELLED
from deckgen.redis.refusals import REDIS_AWAY
from deckgen.worker.runtime import Runtime

log = get_logger(__name__)

PAUSE_SECONDS = 1.0


async def hear_cancellations(runtime: Runtime) -> None:
    """Stop the work on each job that is announced as cancelled; go on when Redis is back."""
    while True:
        try:
            async for job_id in runtime.delivery.hear(CANCELLED):
                for job in runtime.held_jobs.values():
                    if job.lease.job_id == job_id.decode():
                        job.task.cancel()
        except REDIS_AWAY as error:
            log.warning("server.away", error=repr(error))
        await asyncio.sleep(PAUSE_SECONDS)
