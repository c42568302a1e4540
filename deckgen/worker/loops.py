"""What a worker does again and again beside its jobs."""

import asyncio
from collections.abc import Awaitable, Callable

from deckgen.observability.logs import get_logger
from deckgen.queue.connections import REDIS_AWAY
from deckgen.store.pool import AWAY

log = get_logger(__name__)


async def repeat(work: Callable[[], Awaitable[None]], *, every: float) -> None:
    """Do `work` for ever; while a server is away or after a bug, say so and try again."""
    while True:
        try:
            await work()
        except (*AWAY, *REDIS_AWAY) as error:
            log.warning("server.away", error=repr(error))
        except Exception:
            log.exception("worker.bug")
        await asyncio.sleep(every)
