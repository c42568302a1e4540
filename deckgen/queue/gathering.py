"""Do together what is wanted at the same time."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

Want = TypeVar("Want")
Result = TypeVar("Result")


class Gathering(Generic[Want, Result]):
    """While `work` is busy with some wants, what comes in is gathered for the next round.

    `work` gets a list of wants and returns the results in the same order; an error that it raises is
    everybody's in that round.
    """

    def __init__(self, work: Callable[[list[Want]], Awaitable[list[Result]]]) -> None:
        self._work = work
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
                waiting, self._waiting = self._waiting, []
                await self._round(waiting)
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
