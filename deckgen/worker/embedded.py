"""A worker inside another application's event loop."""

import asyncio
import contextlib
from typing import Self, cast

from arq.typing import WorkerSettingsBase
from arq.worker import Worker, create_worker

from deckgen.config.settings import load_settings
from deckgen.observability.logs import get_logger
from deckgen.worker.arq_settings import worker_settings
from deckgen.worker.lifecycle import EMBEDDED, drain
from deckgen.worker.periodic import end

log = get_logger(__name__)

PAUSE_SECONDS, END_SECONDS = 1.0, 2.0


class EmbeddedWorker:
    """A worker: use as `async with EmbeddedWorker():`, or call `start()` and `stop()`.

    A worker that ends by itself is logged as a bug, and another one takes its place.
    """

    async def start(self) -> Self:
        """Begin to pick up jobs."""
        self._worker = _new_worker()
        self._task = asyncio.create_task(self._keep())
        return self

    async def stop(self) -> None:
        """Drain: steps in flight are saved, unfinished jobs are released."""
        await _drain(self._worker)
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        await _close(self._worker)

    async def _keep(self) -> None:
        while True:
            try:
                await self._worker.async_run()
            except Exception:
                log.exception("worker.ended")
            await _drain(self._worker)
            await _close(self._worker)
            await asyncio.sleep(PAUSE_SECONDS)
            self._worker = _new_worker()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(self, *_: object) -> None:
        await self.stop()


def _new_worker() -> Worker:
    return create_worker(
        cast("type[WorkerSettingsBase]", worker_settings(load_settings())),
        handle_signals=False,
        ctx={EMBEDDED: True},
    )


async def _drain(worker: Worker) -> None:
    if "runtime" in worker.ctx:
        await drain(worker.ctx["runtime"])


async def _close(worker: Worker) -> None:
    """Close a worker, whatever goes wrong: nothing may hold up the next one."""
    # arq's close() would cancel what still runs, and then raise CancelledError itself.
    await end(worker.tasks.values(), END_SECONDS, END_SECONDS)
    with contextlib.suppress(Exception):
        await worker.close()


async def start_worker() -> EmbeddedWorker:
    """Run a worker inside this process; await the result's `stop()` to drain it."""
    return await EmbeddedWorker().start()
