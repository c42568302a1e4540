"""Tell Sentry of jobs that have failed for good. PostgreSQL knows all their attempts, on any worker."""

import asyncio
from collections.abc import Mapping
from typing import Any

from deckgen.domain.errors import PermanentError, StepError
from deckgen.domain.jobs import Attempt
from deckgen.observability.logs import get_logger
from deckgen.observability.sentry import FailedJob
from deckgen.store import jobs, leases
from deckgen.store.away import AWAY
from deckgen.store.leases import CRASH_MESSAGE, Reclaimed
from deckgen.worker.runtime import Held, Runtime

log = get_logger(__name__)

LOOK_SECONDS = 2.0


async def tell_failure(runtime: Runtime, held: Held, code: str, cause: Exception) -> None:
    """The last attempt of this job has failed with `cause`, and that is committed."""
    lease, dataset = held.lease, held.lease.dataset
    more = {
        "step": held.step,
        "orchestratorStatus": cause.status if isinstance(cause, StepError) else None,
        "datasetBytes": dataset.bytes if dataset else None,
        "workerId": runtime.worker_id,
    }
    await _tell(runtime, lease, code, cause, more)


async def tell_crashes(runtime: Runtime, job: Reclaimed) -> None:
    """This job has brought down its last worker."""
    error = PermanentError(CRASH_MESSAGE, code="worker_crashed")
    await _tell(runtime, job, error.code, error, {"workerId": job.worker_id})


async def _tell(
    runtime: Runtime,
    job: leases.Lease | Reclaimed,
    code: str,
    error: Exception,
    more: Mapping[str, Any],
) -> None:
    if not runtime.reports.are_sent:
        return
    common = {
        "errorCode": code,
        "errorClass": type(error).__name__,
        "attempt": job.attempt,
        "maxAttempts": job.max_attempts,
        "priority": job.priority,
    }
    runtime.reports.failed_job(
        FailedJob(
            job_id=job.job_id,
            deck_id=job.deck_id,
            user_id=job.user_id,
            code=code,
            error=error,
            earlier=(await _attempts(runtime, job.job_id))[:-1],
            context={**common, **more},
        )
    )


async def _attempts(runtime: Runtime, job_id: str) -> list[Attempt]:
    """None while the database is away: the event is worth more than its breadcrumbs."""
    try:
        async with asyncio.timeout(LOOK_SECONDS):
            return await jobs.attempts(runtime.database, job_id)
    except AWAY as error:
        log.warning("sentry.without_attempts", jobId=job_id, error=repr(error))
        return []
