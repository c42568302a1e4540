"""A worker inside another application's event loop."""

import asyncio
from typing import Self, cast

from arq.typing import WorkerSettingsBase
from arq.worker import Worker, create_worker

from deckgen.queue.pool import create_pool
from deckgen.settings import load_settings
from deckgen.worker.lifecycle import EMBEDDED, drain
from deckgen.worker_settings import REDIS_RETRIES, WorkerSettings


class EmbeddedWorker:
    """Use as `async with EmbeddedWorker():`, or call `start()` and `stop()`."""

    async def start(self) -> Self:
        """Begin to pick up jobs."""
        self._worker: Worker = create_worker(
            cast("type[WorkerSettingsBase]", WorkerSettings),
            redis_pool=create_pool(load_settings(), retries=REDIS_RETRIES),
            handle_signals=False,
            ctx={EMBEDDED: True},
        )
        self._task = asyncio.create_task(self._worker.async_run())
        return self

    async def stop(self) -> None:
        """Drain: steps in flight are saved, unfinished jobs are released."""
        runtime = self._worker.ctx.get("runtime")
        if runtime is not None:
            await drain(runtime)
        self._task.cancel()
        # What arq's close() finds running it would cancel, and then raise CancelledError itself.
        await asyncio.gather(self._task, *self._worker.tasks.values(), return_exceptions=True)
        if runtime is not None:
            await self._worker.close()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(self, *_: object) -> None:
        await self.stop()


async def start_worker() -> EmbeddedWorker:
    """Run a worker inside this process; await the result's `stop()` to drain it."""
    return await EmbeddedWorker().start()
