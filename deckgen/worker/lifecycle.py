"""Start and stop of a worker: arq calls these hooks, and SIGTERM drains."""

import asyncio
import contextlib
import signal
from collections.abc import Collection
from typing import Any

from deckgen.garbage import collect_rarely
from deckgen.observability import logs
from deckgen.observability.logs import get_logger
from deckgen.observability.sentry import Reports
from deckgen.queue.dispatch import Dispatcher
from deckgen.queue.pool import DeliveryPool
from deckgen.settings import load_settings
from deckgen.store import pool as store
from deckgen.store import workers
from deckgen.store.pool import AWAY
from deckgen.worker.cancellations import hear_cancellations
from deckgen.worker.keeping import keep_leases, keep_locks
from deckgen.worker.orchestrator_client import OrchestratorClient
from deckgen.worker.probes import listen, serve_probes
from deckgen.worker.reconcile import beat, reconcile
from deckgen.worker.runtime import Runtime

log = get_logger(__name__)

# An answer that is on its way is worth waiting for; a receiver that hangs is another worker's.
WEBHOOK_GRACE_SECONDS = 1.0
EMBEDDED = "embedded"  # key of arq's ctx: the worker lives in a process that has its own signals


async def startup(ctx: dict[str, Any]) -> None:
    """Called by arq in its main task, before it polls."""
    settings = load_settings()
    delivery: DeliveryPool = ctx["redis"]
    database = await store.create_pool(settings.database_url.get_secret_value())
    runtime = Runtime(
        settings=settings,
        database=database,
        delivery=delivery,
        dispatcher=Dispatcher(database, delivery, user_concurrency=settings.user_concurrency),
        orchestrator=OrchestratorClient(
            str(settings.orchestrator_url),
            timeout=settings.step_timeout_seconds,
            # The draft is proved while the slides are written.
            connections=settings.queue_concurrency * (settings.slide_concurrency + 1),
        ),
        reports=Reports.connect(settings, "worker"),
    )
    ctx["runtime"] = runtime
    runtime.gate.ask("The orchestrator has not been asked yet.")
    delivery.takes_jobs = lambda: runtime.gate.is_open
    if not ctx.get(EMBEDDED):
        logs.configure(settings, runtime.reports)
        _drain_on_signals(runtime)
        collect_rarely()
    runtime.background = [
        asyncio.create_task(runtime.gate.keep()),
        asyncio.create_task(beat(runtime)),
        asyncio.create_task(keep_leases(runtime)),
        asyncio.create_task(keep_locks(runtime)),
        asyncio.create_task(reconcile(runtime)),
        asyncio.create_task(hear_cancellations(runtime)),
        asyncio.create_task(runtime.signer.list_key()),
    ]
    if settings.worker_port and not ctx.get(EMBEDDED):
        runtime.background.append(asyncio.create_task(serve_probes(runtime, listen(settings))))
    log.info("worker.started", worker=runtime.worker_id, concurrency=settings.queue_concurrency)


async def shutdown(ctx: dict[str, Any]) -> None:
    """Called by arq after its last job."""
    runtime: Runtime | None = ctx.get("runtime")
    if runtime is None:
        return  # it has not come so far
    for task in runtime.background:
        task.cancel()
    await asyncio.gather(*runtime.background, return_exceptions=True)
    with contextlib.suppress(*AWAY):
        await workers.remove(runtime.database, runtime.worker_id)
    await runtime.hints.close()
    await runtime.orchestrator.close()
    await runtime.database.close()
    log.info("worker.stopped", worker=runtime.worker_id)


async def drain(runtime: Runtime) -> None:
    """Pick up nothing more, let the steps in flight be saved, release what is unfinished."""
    runtime.delivery.stop_pickup()
    runtime.draining.set()
    log.info("worker.draining", jobs=len(runtime.held), webhooks=len(runtime.delivering))
    await _end([one.task for one in runtime.held.values()], runtime.settings.drain_seconds)
    await _end(runtime.delivering, WEBHOOK_GRACE_SECONDS)


async def _end(tasks: Collection["asyncio.Task[None]"], seconds: float) -> None:
    """Wait for tasks, and cancel those that take longer."""
    if not tasks:
        return
    _, late = await asyncio.wait(tasks, timeout=seconds)
    for task in late:
        task.cancel()
    if late:
        await asyncio.wait(late)


def _drain_on_signals(runtime: Runtime) -> None:
    """Replace arq's handlers, which throw away the steps in flight."""
    main = asyncio.current_task()
    assert main is not None
    loop = asyncio.get_running_loop()

    async def stop() -> None:
        await drain(runtime)
        main.cancel()  # arq takes this for its own stop, and closes

    def begin() -> None:
        if not runtime.draining.is_set():
            runtime.background.append(asyncio.create_task(stop()))

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, begin)
