"""Batches of what is asked for at the same time, each done by one call."""

import asyncio
from asyncio import sleep
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Batching(Generic[Item, Result]):
    """While `work` is busy with a batch, the items that come in wait for the next one.

    `work` gets a list of items, at most `max_batch` of them, and returns the results in the same order;
    an error that it raises goes to everyone in that batch. There are `pause` seconds between two
    batches, so that each takes more of a crowd; an item that comes alone waits for nothing.
    """

    def __init__(
        self,
        work: Callable[[list[Item]], Awaitable[list[Result]]],
        *,
        max_batch: int | None = None,
        pause: float = 0.0,
    ) -> None:
        self._work, self._max_batch, self._pause = work, max_batch, pause
        self._rested_at = 0.0
        self._waiting: list[tuple[Item, asyncio.Future[Result]]] = []
        self._busy: asyncio.Task[None] | None = None

    async def do(self, item: Item) -> Result:
        """Returns the result of a batch that began after this call."""
        result: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, result))
        if self._busy is None:
            self._busy = asyncio.create_task(self._run_batches())
        return await result

    async def _run_batches(self) -> None:
        try:
            while self._waiting:
                if (left := self._rested_at - monotonic()) > 0:
                    await sleep(left)
                waiting = self._waiting[: self._max_batch]
                del self._waiting[: self._max_batch]
                await self._run_batch(waiting)
                self._rested_at = monotonic() + self._pause
        finally:
            self._busy = None

    async def _run_batch(self, waiting: "list[tuple[Item, asyncio.Future[Result]]]") -> None:
        # A caller may have been cancelled meanwhile; the others get their results all the same.
        try:
            results = await self._work([item for item, _ in waiting])
        except Exception as error:
            for _, future in waiting:
                if not future.done():
                    future.set_exception(error)
            return
        for (_, future), result in zip(waiting, results, strict=True):
            if not future.done():
                future.set_result(result)
