"""Calls to a model that are paid for whatever becomes of their job, so that each is in the account."""

import asyncio
from collections.abc import Coroutine
from typing import Any


class Paying:
    """The calls in flight of this process."""

    def __init__(self) -> None:
        self.tasks: set[asyncio.Task[None]] = set()

    async def see_through(self, work: Coroutine[Any, Any, None], sent: asyncio.Event) -> None:
        """Do `work`, which sets `sent` once it costs money: from then on it goes on to its end, even if
        the job that waits for it is cancelled.
        """
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            if not sent.is_set():
                task.cancel()
            raise
