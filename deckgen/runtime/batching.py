"""Do together what is wanted at the same time."""

import asyncio
from asyncio import sleep
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Generic, TypeVar

Want = TypeVar("Want")
Result = TypeVar("Result")


class Gathering(Generic[Want, Result]):
    """While `work` is busy with some wants, what comes in is gathered for the next round.

    `work` gets a list of wants, `most` of them at once, and returns the results in the same order; an
    error that it raises is everybody's in that round. There are `pause` seconds between two rounds, so
    that more of a crowd is in each of them; who comes alone waits for nothing.
    """

    def __init__(
        self,
        work: Callable[[list[Want]], Awaitable[list[Result]]],
        *,
        most: int | None = None,
        pause: float = 0.0,
    ) -> None:
        self._work, self._most, self._pause = work, most, pause
        self._rested_at = 0.0
        self._waiting: list[tuple[Want, asyncio.Future[Result]]] = []
        self._busy: asyncio.Task[None] | None = None

    async def do(self, want: Want) -> Result:
        """The result, once a round that began after this call is over."""
        result: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((want, result))
        if self._busy is None:
            self._busy = asyncio.create_task(self._rounds())
        return await result

    async def _rounds(self) -> None:
        try:
            while self._waiting:
                if (left := self._rested_at - monotonic()) > 0:
                    await sleep(left)
                waiting = self._waiting[: self._most]
                del self._waiting[: self._most]
                await self._round(waiting)
                self._rested_at = monotonic() + self._pause
        finally:
            self._busy = None

    async def _round(self, waiting: "list[tuple[Want, asyncio.Future[Result]]]") -> None:
        # Who waits may have been cancelled; the others are served all the same.
        try:
            results = await self._work([want for want, _ in waiting])
        except Exception as error:
            for _, future in waiting:
                if not future.done():
                    future.set_exception(error)
            return
        for (_, future), result in zip(waiting, results, strict=True):
            if not future.done():
                future.set_result(result)
