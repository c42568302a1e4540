"""What is asked for several times at the same time, or shortly after, is done once."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """Work that gives the same for all: what this process does, or did just now, is not done again.

    Results are kept for `keep_seconds`; with 0 only who asks while the work goes on shares it.
    """

    def __init__(self, keep_seconds: float) -> None:
        self._keep_seconds = keep_seconds
        self._tasks: dict[str, asyncio.Task[T]] = {}

    async def once(self, key: str, work: Callable[[], Awaitable[T]]) -> T:
        """The result that `work` gave for this key just now, or gives now. An error is not kept.

        Who asked may go away; others wait for the same, so the work goes on.
        """
        task = self._tasks.get(key)
        if task is None:
            task = self._tasks[key] = asyncio.create_task(_awaited(work))
            task.add_done_callback(partial(self._ended, key))
        return await asyncio.shield(task)

    def forget(self, key: str) -> None:
        """Who asks from now on has it done anew."""
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
