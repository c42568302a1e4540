"""Deletions that are not complete: their process has died, or they are large."""

import time

from deckgen.queue.erasing import Eraser
from deckgen.store import deletions
from deckgen.worker.runtime import Runtime

# A run holds up the rest of the reconciler, so it stops soon; the next one goes on.
RUN_SECONDS = 0.5
DELETIONS_AT_ONCE = 10


async def finish_deletions(runtime: Runtime) -> None:
    """Go on with the oldest deletions until the time is over or the worker stops."""
    until = time.monotonic() + RUN_SECONDS
    eraser = Eraser(runtime.database, runtime.delivery, runtime.notifier)

    def may_go_on() -> bool:
        return time.monotonic() < until and not runtime.stopping.is_set()

    for deletion in await deletions.open_of_all(runtime.database.service, limit=DELETIONS_AT_ONCE):
        if not await eraser.erase(deletion, may_go_on):
            return
