"""Hear of cancelled jobs at once, rather than when their leases are to be renewed."""

import asyncio

import structlog

from deckgen.queue.pool import CANCELLED, REDIS_AWAY
from deckgen.worker.runtime import Runtime

log = structlog.get_logger()

PAUSE_SECONDS = 1.0


async def hear_cancellations(runtime: Runtime) -> None:
    """Stop the work on each job that is announced as cancelled; goes on when Redis is back."""
    while True:
        try:
            async with runtime.delivery.pubsub() as channel:
                await channel.subscribe(CANCELLED)
                async for message in channel.listen():
                    _stop(runtime, message)
        except REDIS_AWAY as error:
            log.warning("server.away", error=repr(error))
        await asyncio.sleep(PAUSE_SECONDS)


def _stop(runtime: Runtime, message: dict[str, object]) -> None:
    data = message["data"]
    held = runtime.held.get(data.decode()) if isinstance(data, bytes) else None
    if held is not None:
        held.task.cancel()
