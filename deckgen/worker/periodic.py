"""The work that a worker repeats beside its jobs."""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import Any

from deckgen.observability.logs import get_logger
from deckgen.redis.refusals import REDIS_AWAY
from deckgen.store.away import AWAY

log = get_logger(__name__)


async def repeat(
    work: Callable[[], Awaitable[None]], *, every: float, until: asyncio.Event, name: str
) -> None:
    """Repeat `work` until the event; if a server is away or a bug shows, log it and try again.

    An event ends it, as a cancellation can get lost on its way: asyncpg turns some into errors.
    """
    away_since: float | None = None
    while not until.is_set():
        try:
            await work()
        except AWAY + REDIS_AWAY as error:
            if away_since is None:
                away_since = time.monotonic()
                log.warning("server.away", work=name, error=repr(error))
        except Exception:
            log.exception("worker.bug", work=name)
        else:
            if away_since is not None:
                seconds = round(time.monotonic() - away_since, 1)
                log.info("server.back", work=name, seconds=seconds)
                away_since = None
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(until.wait(), every)


async def end(tasks: Iterable["asyncio.Task[None]"], patience: float, grace: float) -> None:
    """Wait for tasks for `patience`, cancel the late ones, and once more those that outlive `grace`."""
    late = set(tasks)
    for seconds in (patience, grace):
        if late:
            _, late = await asyncio.wait(late, timeout=seconds)
        for task in late:
            task.cancel()


async def within(seconds: float, work: Coroutine[Any, Any, None]) -> bool:
    """True if the work was done in time; else it is left behind, as its end may wait for a server."""
    task = asyncio.create_task(work)
    done, _ = await asyncio.wait({task}, timeout=seconds)
    if not done:
        task.cancel()
        return False
    if (error := task.exception()) is not None:
        log.warning("server.away", work="stopping", error=repr(error))
    return error is None
