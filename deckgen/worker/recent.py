"""Jobs about one table at the same time have it read and understood once."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Generic, TypeVar

KEEP_SECONDS = 10.0  # not for long: the orchestrator may be another version, or have another model

T = TypeVar("T")


class Recent(Generic[T]):
    """Work that gives the same for all: what this process does, or did just now, is not done again."""

    def __init__(self, keep_seconds: float = KEEP_SECONDS) -> None:
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

    def _ended(self, key: str, task: "asyncio.Task[T]") -> None:
        failed = task.cancelled() or task.exception() is not None
        asyncio.get_running_loop().call_later(0 if failed else self._keep_seconds, self._tasks.pop, key)


async def _awaited(work: Callable[[], Awaitable[T]]) -> T:
    return await work()
