"""Reports to Sentry of jobs that have failed for good, with all attempts on any worker."""

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
from deckgen.worker.runtime import HeldJob, Runtime

log = get_logger(__name__)

LOOK_SECONDS = 2.0


async def report_failure(runtime: Runtime, job: HeldJob, code: str, cause: Exception) -> None:
    """Report a job whose last attempt has failed with `cause`; call it once that is committed."""
    lease, dataset = job.lease, job.lease.dataset
    details = {
        "step": job.step,
        "orchestratorStatus": cause.status if isinstance(cause, StepError) else None,
        "datasetBytes": dataset.bytes if dataset else None,
        "workerId": runtime.worker_id,
    }
    await _report(runtime, lease, code, cause, details)


async def report_crashes(runtime: Runtime, job: Reclaimed) -> None:
    """Report a job that has brought down its last worker."""
    error = PermanentError(CRASH_MESSAGE, code="worker_crashed")
    await _report(runtime, job, error.code, error, {"workerId": job.worker_id})


async def _report(
    runtime: Runtime,
    job: leases.Lease | Reclaimed,
    code: str,
    error: Exception,
    details: Mapping[str, Any],
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
            context={**common, **details},
        )
    )


async def _attempts(runtime: Runtime, job_id: str) -> list[Attempt]:
    """Returns the attempts; none while the database is away, as the event is worth more than they."""
    try:
        async with asyncio.timeout(LOOK_SECONDS):
            return await jobs.attempts(runtime.database.service, job_id)
    except AWAY as error:
        log.warning("sentry.without_attempts", jobId=job_id, error=repr(error))
        return []
