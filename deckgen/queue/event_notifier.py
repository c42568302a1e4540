"""Hints to the followers of a job that it has new events. One may be lost: the rows are the truth."""

import asyncio
import contextlib

from deckgen.observability.logs import get_logger
from deckgen.queue.pool import DeliveryPool
from deckgen.redis.refusals import REDIS_AWAY

log = get_logger(__name__)

CHANNEL = "deckgen:events:"  # and the id of a job
# Hints of so short a time go together, so that one costs next to nothing.
GATHER_SECONDS = 0.01
CLOSE_SECONDS = 1.0


class EventNotifier:
    """Sends hints that nobody waits for: call `tell` after the commit, and it returns at once."""

    def __init__(self, delivery: DeliveryPool) -> None:
        self._delivery = delivery
        self._jobs: set[str] = set()
        self._telling: asyncio.Task[None] | None = None

    def tell(self, job_id: str) -> None:
        """Send a hint that the job has a new event."""
        self._jobs.add(job_id)
        if self._telling is None:
            self._telling = asyncio.create_task(self._tell_all())

    async def _tell_all(self) -> None:
        try:
            while self._jobs:
                await asyncio.sleep(GATHER_SECONDS)
                await self._publish()
        except REDIS_AWAY as error:
            log.warning("events.not_told", error=repr(error))
        finally:
            self._telling = None

    async def _publish(self) -> None:
        jobs, self._jobs = self._jobs, set()
        # A transaction shares its round trip with others of the same time.
        async with self._delivery.pipeline(transaction=True) as pipe:
            for job_id in jobs:
                pipe.publish(CHANNEL + job_id, b"")
            await pipe.execute()

    async def close(self) -> None:
        """Send the hints that are left, unless Redis is away."""
        if self._telling is not None:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._telling, CLOSE_SECONDS)
