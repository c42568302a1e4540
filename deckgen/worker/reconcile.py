"""The heartbeat of a worker, and the reconciler, which puts right what others left behind."""

import asyncio
from datetime import timedelta
from functools import partial

from deckgen.domain.jobs import JobStatus
from deckgen.observability import metrics
from deckgen.observability.logs import get_logger
from deckgen.queue.settling import settle
from deckgen.store import leases, workers
from deckgen.worker.deletions import finish_deletions
from deckgen.worker.failure_reports import report_crashes
from deckgen.worker.leadership import LOOK_SECONDS
from deckgen.worker.periodic import repeat
from deckgen.worker.runtime import Runtime

log = get_logger(__name__)

BEAT_SECONDS = 2.0
SETTLE_SECONDS = 5.0


async def beat(runtime: Runtime) -> None:
    """Say again and again that this worker lives."""
    await repeat(
        lambda: beat_once(runtime), every=BEAT_SECONDS, until=runtime.stopping, name="the heartbeat"
    )


async def beat_once(runtime: Runtime) -> None:
    """Say once that this worker lives."""
    beat = partial(
        workers.beat,
        runtime.database.service,
        runtime.worker_id,
        concurrency=runtime.settings.queue_concurrency,
        reason=runtime.gate.reason or runtime.delivery.problem,
    )
    await runtime.leadership.follow_heartbeat(await runtime.database_outages.watch(beat))


async def lead(runtime: Runtime) -> None:
    """Keep the place of the reconciler, or look if it is free."""
    await repeat(runtime.leadership.look, every=LOOK_SECONDS, until=runtime.stopping, name="leading")


async def reconcile(runtime: Runtime) -> None:
    """Reconcile again and again while this worker has the place.

    It takes back the jobs of dead workers, finds lost messages, hands over what has become due, goes on
    with deletions, and counts the calls to a model that are not in the account.
    """

    async def if_leading() -> None:
        if runtime.leadership.has_place:
            await reconcile_once(runtime)

    await repeat(
        if_leading,
        every=runtime.settings.reconcile_seconds,
        until=runtime.stopping,
        name="reconciling",
    )


async def reconcile_once(runtime: Runtime) -> None:
    """Reconcile once: only PostgreSQL is believed about jobs, so it does not matter what Redis lost."""
    await workers.look_after(runtime.database.service, runtime.worker_id)
    await _reclaim(runtime)
    await runtime.dispatcher.recover()
    await runtime.dispatcher.dispatch()
    await runtime.dispatcher.dispatch_webhooks()
    await finish_deletions(runtime)
    async with asyncio.timeout(SETTLE_SECONDS):
        await settle(runtime.delivery, runtime.database.service)


async def _reclaim(runtime: Runtime) -> None:
    """Take back the jobs of silent workers."""
    outages = runtime.database_outages
    now = await outages.watch(partial(leases.database_time, runtime.database.service))
    reclaim = partial(
        leases.reclaim,
        runtime.database.service,
        lease_seconds=runtime.settings.lease_seconds,
        # A statement that takes longer says that the database answered nobody meanwhile.
        not_after=now + timedelta(seconds=outages.patience),
        since_break=outages.seconds_since_break,
    )
    for job in await outages.watch(reclaim):
        ids = {"jobId": job.job_id, "deckId": job.deck_id}
        log.warning("job.reclaimed", **ids, status=job.status, worker=job.worker_id)
        runtime.notifier.tell(job.job_id)
        metrics.job_attempts.labels("reclaimed", metrics.cause_of("worker_crashed")).inc()
        if job.status == JobStatus.FAILED:
            log.error("job.failed", **ids, attempt=job.attempt, code="worker_crashed")
            await report_crashes(runtime, job)
