"""Keep the leases of the jobs in work, and notice when one is lost."""

import time
from collections.abc import Sequence
from functools import partial

from arq.constants import in_progress_key_prefix

from deckgen.store import leases
from deckgen.store.away import durably
from deckgen.store.leases import LeaseLostError
from deckgen.worker.periodic import repeat
from deckgen.worker.runtime import RENEWALS_A_LEASE, Held, Runtime


async def keep_leases(runtime: Runtime) -> None:
    """Prolong the leases of the jobs in work; stop the work on a job whose lease was lost."""
    every = runtime.settings.lease_seconds / RENEWALS_A_LEASE
    await repeat(
        lambda: renew_all(runtime), every=every, until=runtime.stopping, name="renewing leases"
    )


async def renew_all(runtime: Runtime) -> None:
    """One round."""
    for lost in await _renew(runtime, list(runtime.held.values())):
        lost.task.cancel()


async def make_sure(runtime: Runtime, held: Held) -> None:
    """LeaseLostError if the lease is lost; asked only if it was not renewed in time.

    A worker that was stopped for a while, and wakes up, pays for nothing before it knows.
    """
    if time.monotonic() - held.sure_at < runtime.settings.lease_seconds:
        return
    if await durably(_renew, runtime, [held]):
        raise LeaseLostError(held.lease.job_id)


async def _renew(runtime: Runtime, several: Sequence[Held]) -> list[Held]:
    """Prolong leases; returns those that are lost."""
    if not several:
        return []
    asked_at = time.monotonic()
    seconds = runtime.settings.lease_seconds
    held = [one.lease for one in several]
    renewal = partial(leases.renew, runtime.database, held, lease_seconds=seconds)
    kept = await runtime.answering.asked(renewal)
    lost = []
    for one in several:
        if (one.lease.job_id, one.lease.token) in kept:
            one.sure_at = asked_at
        else:
            lost.append(one)
    return lost


async def keep_locks(runtime: Runtime) -> None:
    """Prolong arq's locks of the jobs in work, apart from the leases: those do not wait for Redis."""
    every = runtime.settings.lease_seconds / RENEWALS_A_LEASE
    await repeat(
        lambda: _prolong_locks(runtime), every=every, until=runtime.stopping, name="prolonging locks"
    )


async def _prolong_locks(runtime: Runtime) -> None:
    held, milliseconds = list(runtime.held.values()), int(runtime.settings.lease_seconds * 1000)
    if not held:
        return
    async with runtime.delivery.pipeline(transaction=False) as pipe:
        for one in held:
            pipe.pexpire(in_progress_key_prefix + one.delivery_id, milliseconds)
        await pipe.execute()
