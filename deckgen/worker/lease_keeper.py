"""The lease keeper: it prolongs the leases of the jobs in work, and stops work on a lost one."""

import time
from collections.abc import Sequence
from functools import partial

from arq.constants import in_progress_key_prefix

from deckgen.store import leases
from deckgen.store.away import durably
from deckgen.store.leases import LeaseLostError
from deckgen.worker.periodic import repeat
from deckgen.worker.runtime import RENEWALS_A_LEASE, HeldJob, Runtime


async def keep_leases(runtime: Runtime) -> None:
    """Prolong the leases of the jobs in work; stop the work on a job whose lease was lost."""
    every = runtime.settings.lease_seconds / RENEWALS_A_LEASE
    await repeat(
        lambda: renew_all(runtime), every=every, until=runtime.stopping, name="renewing leases"
    )


async def renew_all(runtime: Runtime) -> None:
    """Renew all leases once."""
    for lost in await _renew(runtime, list(runtime.held_jobs.values())):
        # A job whose end is just committed has no lease either; if another has it, the write says so.
        if not lost.is_reporting:
            lost.task.cancel()


async def ensure_lease(runtime: Runtime, job: HeldJob) -> None:
    """Raise LeaseLostError if the lease is lost; only one that was not renewed in time is looked up.

    So a worker that was stopped for a while, and wakes up, pays for nothing before it knows.
    """
    if time.monotonic() - job.lease_sure_at < runtime.settings.lease_seconds:
        return
    if await durably(_renew, runtime, [job]):
        raise LeaseLostError(job.lease.job_id)


async def _renew(runtime: Runtime, jobs: Sequence[HeldJob]) -> list[HeldJob]:
    """Prolong leases; returns those that are lost."""
    if not jobs:
        return []
    asked_at = time.monotonic()
    seconds = runtime.settings.lease_seconds
    held_leases = [job.lease for job in jobs]
    renewal = partial(leases.renew, runtime.database.service, held_leases, lease_seconds=seconds)
    still_held = await runtime.database_outages.watch(renewal)
    lost = []
    for job in jobs:
        if (job.lease.job_id, job.lease.token) in still_held:
            job.lease_sure_at = asked_at
        else:
            lost.append(job)
    return lost


async def keep_locks(runtime: Runtime) -> None:
    """Prolong arq's locks of the jobs in work, apart from the leases, which must not wait for Redis."""
    every = runtime.settings.lease_seconds / RENEWALS_A_LEASE
    await repeat(
        lambda: _prolong_locks(runtime), every=every, until=runtime.stopping, name="prolonging locks"
    )


async def _prolong_locks(runtime: Runtime) -> None:
    jobs, milliseconds = list(runtime.held_jobs.values()), int(runtime.settings.lease_seconds * 1000)
    if not jobs:
        return
    async with runtime.delivery.pipeline(transaction=False) as pipe:
        for job in jobs:
            pipe.pexpire(in_progress_key_prefix + job.delivery_id, milliseconds)
        await pipe.execute()
