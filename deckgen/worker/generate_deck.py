"""The job function that arq calls."""

from typing import Any

from arq.constants import in_progress_key_prefix

from deckgen.queue.pool import delivery_id
from deckgen.worker.attempt import run_attempt
from deckgen.worker.runtime import Runtime


async def generate_deck(ctx: dict[str, Any], job_id: str, number: int) -> None:
    """Work on the job `job_id`, which was dispatched for the `number`th time."""
    runtime: Runtime = ctx["runtime"]
    # arq's lock outlives a killed worker by its job timeout; ours lives as long as the lease.
    key = in_progress_key_prefix + delivery_id(job_id, number)
    await runtime.delivery.pexpire(key, int(runtime.settings.lease_seconds * 1000))
    await run_attempt(runtime, job_id, number)
