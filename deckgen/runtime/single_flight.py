"""Work that several callers ask for at the same time, or shortly after, is done once."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Generic, TypeVar

T = TypeVar("T")


class SingleFlight(Generic[T]):
    """Callers that ask for the same key share one run of the work.

    Results are kept for `keep_seconds`; with 0 only callers that come while the work goes on share it.
    Work that nobody waits for any more goes on, or is cancelled if `alone` is false.
    """

    def __init__(self, keep_seconds: float, *, alone: bool = True) -> None:
        self._keep_seconds, self._alone = keep_seconds, alone
        self._tasks: dict[str, asyncio.Task[T]] = {}
        self._waiting: Counter[asyncio.Task[T]] = Counter()

    async def once(self, key: str, work: Callable[[], Awaitable[T]]) -> T:
        """Returns the result that `work` gave for this key just now, or gives now. Errors are not kept.

        A caller that is cancelled does not end the work: others may wait for it.
        """
        task = self._tasks.get(key)
        if task is None:
            task = self._tasks[key] = asyncio.create_task(_awaited(work))
            task.add_done_callback(partial(self._ended, key))
        self._waiting[task] += 1
        try:
            return await asyncio.shield(task)
        finally:
            self._leave(key, task)

    def _leave(self, key: str, task: "asyncio.Task[T]") -> None:
        self._waiting[task] -= 1
        if self._waiting[task]:
            return
        del self._waiting[task]
        if not self._alone and not task.done():
            task.cancel()
            self._forget(key, task)

    def forget(self, key: str) -> None:
        """Drop the result, so that the next caller has the work done anew."""
        self._tasks.pop(key, None)

    def _ended(self, key: str, task: "asyncio.Task[T]") -> None:
        failed = task.cancelled() or task.exception() is not None
        if failed or not self._keep_seconds:
            self._forget(key, task)
        else:
            asyncio.get_running_loop().call_later(self._keep_seconds, self._forget, key, task)

    def _forget(self, key: str, task: "asyncio.Task[T]") -> None:
        if self._tasks.get(key) is task:
            del self._tasks[key]


async def _awaited(work: Callable[[], Awaitable[T]]) -> T:
    return await work()
