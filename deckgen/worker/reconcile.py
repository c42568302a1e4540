"""The loops of a worker beside its jobs: keep its leases, and put right what others left behind."""

import asyncio
from collections.abc import Awaitable, Callable

from arq.constants import in_progress_key_prefix

from deckgen.domain.jobs import JobStatus
from deckgen.observability.logs import get_logger
from deckgen.queue.connections import REDIS_AWAY
from deckgen.store import leases, workers
from deckgen.store.pool import AWAY
from deckgen.worker.failures import tell_crashes
from deckgen.worker.runtime import Runtime

log = get_logger(__name__)

RENEWALS_A_LEASE = 3
BEAT_SECONDS = 2.0


async def keep_leases(runtime: Runtime) -> None:
    """Prolong the leases of the jobs in work; stop the work on a job whose lease was lost."""
    seconds = runtime.settings.lease_seconds
    await _repeat(lambda: _renew(runtime, seconds), every=seconds / RENEWALS_A_LEASE)


async def _renew(runtime: Runtime, seconds: float) -> None:
    held = list(runtime.held.values())
    if not held:
        return
    kept = await leases.renew(runtime.database, [one.lease for one in held], lease_seconds=seconds)
    for one in held:
        if one.lease.job_id not in kept:
            one.task.cancel()


async def keep_locks(runtime: Runtime) -> None:
    """Prolong arq's locks of the jobs in work, apart from the leases: those do not wait for Redis."""
    seconds = runtime.settings.lease_seconds
    await _repeat(lambda: _prolong_locks(runtime, seconds), every=seconds / RENEWALS_A_LEASE)


async def _prolong_locks(runtime: Runtime, seconds: float) -> None:
    held = list(runtime.held.values())
    if not held:
        return
    async with runtime.delivery.pipeline(transaction=False) as pipe:
        for one in held:
            pipe.pexpire(in_progress_key_prefix + one.delivery_id, int(seconds * 1000))
        await pipe.execute()


async def beat(runtime: Runtime) -> None:
    """Say that this worker lives."""
    concurrency = runtime.settings.queue_concurrency
    await _repeat(
        lambda: workers.beat(runtime.database, runtime.worker_id, concurrency=concurrency),
        every=BEAT_SECONDS,
    )


async def reconcile(runtime: Runtime) -> None:
    """Take back the jobs of dead workers, find lost messages, hand over what has become due."""
    await _repeat(lambda: reconcile_once(runtime), every=runtime.settings.reconcile_seconds)


async def reconcile_once(runtime: Runtime) -> None:
    """One round: only PostgreSQL is believed, so that it does not matter what Redis has lost."""
    lease_seconds = runtime.settings.lease_seconds
    for job in await leases.reclaim(runtime.database, lease_seconds=lease_seconds):
        ids = {"jobId": job.job_id, "deckId": job.deck_id}
        log.warning("job.reclaimed", **ids, status=job.status, worker=job.worker_id)
        runtime.hints.tell(job.job_id)
        if job.status == JobStatus.FAILED:
            log.error("job.failed", **ids, attempt=job.attempt, code="worker_crashed")
            await tell_crashes(runtime, job)
    await runtime.dispatcher.recover()
    await runtime.dispatcher.dispatch()
    await runtime.dispatcher.dispatch_webhooks()


async def _repeat(work: Callable[[], Awaitable[None]], *, every: float) -> None:
    """Do `work` for ever; while a server is away or after a bug, say so and try again."""
    while True:
        try:
            await work()
        except (*AWAY, *REDIS_AWAY) as error:
            log.warning("server.away", error=repr(error))
        except Exception:
            log.exception("worker.bug")
        await asyncio.sleep(every)
