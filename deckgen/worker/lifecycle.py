"""The start and stop of a worker: arq calls these hooks, and SIGTERM drains."""

import asyncio
from functools import partial
from typing import Any

from deckgen.config.settings import Settings, load_settings
from deckgen.observability import logs, tracing
from deckgen.observability.logs import get_logger
from deckgen.observability.sentry import Reports
from deckgen.queue.dispatch import Dispatcher
from deckgen.queue.pool import DeliveryPool
from deckgen.runtime.gc_tuning import collect_rarely
from deckgen.store import pool as store
from deckgen.store import workers
from deckgen.worker.cancellations import hear_cancellations
from deckgen.worker.lease_keeper import keep_leases, keep_locks
from deckgen.worker.orchestrator_client import OrchestratorClient
from deckgen.worker.periodic import end, within
from deckgen.worker.probes import listen, serve_probes
from deckgen.worker.reconcile import beat, lead, reconcile
from deckgen.worker.runtime import Runtime
from deckgen.worker.signals import drain_on_signals

log = get_logger(__name__)

# A drain may take so long to give a job back, and to close each thing that is open.
RELEASE_SECONDS, CLOSE_SECONDS = 5.0, 2.0
# An answer on its way is worth a wait; a receiver that hangs is left to another worker.
WEBHOOK_GRACE_SECONDS = 1.0
EMBEDDED = "embedded"  # key of arq's ctx: the worker lives in a process that has its own signals


async def startup(ctx: dict[str, Any]) -> None:
    """Start the worker: arq calls this in its main task, before it polls."""
    settings = load_settings()
    delivery: DeliveryPool = ctx["redis"]
    database = await store.open_database(
        settings.database_url.get_secret_value(),
        max_size=settings.database_pool_size,
        statement_cache=settings.database_statement_cache,
    )
    runtime = Runtime(
        settings=settings,
        database=database,
        delivery=delivery,
        dispatcher=Dispatcher(database.service, delivery, user_concurrency=settings.user_concurrency),
        orchestrator=OrchestratorClient(
            str(settings.orchestrator_url),
            timeout=settings.step_timeout_seconds,
            token=settings.orchestrator_token,
            # A job has one call more in flight: its draft is proved while the slides are written.
            connections=settings.queue_concurrency * (settings.slide_concurrency + 1),
        ),
        reports=Reports.connect(settings, "worker"),
    )
    ctx["runtime"] = runtime
    runtime.gate.ask("The orchestrator has not been asked yet.")
    delivery.takes_jobs = lambda: runtime.gate.is_open
    if not ctx.get(EMBEDDED):
        logs.configure(settings, runtime.reports)
        tracing.start(settings, "worker")
        drain_on_signals(partial(drain, runtime), limit_seconds=longest_stop(settings))
        collect_rarely()
    runtime.background = [
        asyncio.create_task(runtime.gate.keep()),
        asyncio.create_task(beat(runtime)),
        asyncio.create_task(keep_leases(runtime)),
        asyncio.create_task(keep_locks(runtime)),
        asyncio.create_task(lead(runtime)),
        asyncio.create_task(reconcile(runtime)),
        asyncio.create_task(hear_cancellations(runtime)),
        asyncio.create_task(runtime.signer.list_key()),
    ]
    if settings.worker_port and not ctx.get(EMBEDDED):
        runtime.background.append(asyncio.create_task(serve_probes(runtime, listen(settings))))
    log.info("worker.started", worker=runtime.worker_id, concurrency=settings.queue_concurrency)


async def shutdown(ctx: dict[str, Any]) -> None:
    """Stop the worker: arq calls this after its last job. Nothing waits longer than CLOSE_SECONDS."""
    runtime: Runtime | None = ctx.get("runtime")
    if runtime is None:
        return  # the start has not come so far
    runtime.stopping.set()
    await end(runtime.background, 0, CLOSE_SECONDS)
    await within(CLOSE_SECONDS, workers.remove(runtime.database.service, runtime.worker_id))
    await within(CLOSE_SECONDS, runtime.notifier.close())
    await within(CLOSE_SECONDS, runtime.orchestrator.close())
    if not await within(CLOSE_SECONDS, runtime.database.close()):
        runtime.database.terminate()
    log.info("worker.stopped", worker=runtime.worker_id)


async def drain(runtime: Runtime) -> None:
    """Pick up nothing more, let the steps in flight be saved, release what is unfinished."""
    runtime.delivery.stop_pickup()
    runtime.draining.set()
    log.info("worker.draining", jobs=len(runtime.held_jobs), webhooks=len(runtime.delivering))
    tasks = [job.task for job in runtime.held_jobs.values()]
    await end(tasks, runtime.settings.drain_seconds, RELEASE_SECONDS)
    await end(runtime.delivering, WEBHOOK_GRACE_SECONDS, RELEASE_SECONDS)
    runtime.delivery.give_up()


def longest_stop(settings: Settings) -> float:
    """Returns the seconds from the signal to the end if nothing answers any more."""
    return settings.drain_seconds + WEBHOOK_GRACE_SECONDS + 2 * RELEASE_SECONDS + 5 * CLOSE_SECONDS
