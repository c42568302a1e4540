"""The job function that arq calls."""

from typing import Any

from deckgen.queue.messages import delivery_id
from deckgen.worker.attempt import run_attempt
from deckgen.worker.runtime import Runtime


async def generate_deck(ctx: dict[str, Any], job_id: str, number: int) -> None:
    """Work on the job `job_id`, which was dispatched for the `number`th time."""
    runtime: Runtime = ctx["runtime"]
    await runtime.delivery.lock_for(delivery_id(job_id, number), runtime.settings.lease_seconds)
    await run_attempt(runtime, job_id, number)
