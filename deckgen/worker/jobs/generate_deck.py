"""The job function that arq calls."""

from typing import Any

from deckgen.observability.logs import get_logger
from deckgen.queue.messages import delivery_id
from deckgen.redis.refusals import REDIS_AWAY
from deckgen.worker.attempt import run_attempt
from deckgen.worker.runtime import Runtime

log = get_logger(__name__)


async def generate_deck(ctx: dict[str, Any], job_id: str, number: int) -> None:
    """Work on the job `job_id`, which was dispatched for the `number`th time."""
    runtime: Runtime = ctx["runtime"]
    if not runtime.gate.is_open:
        return  # the dispatch counts as lost, and is repeated
    try:
        await runtime.delivery.lock_for(delivery_id(job_id, number), runtime.settings.lease_seconds)
        await run_attempt(runtime, job_id, number)
    except REDIS_AWAY as error:
        log.warning("server.away", jobId=job_id, error=repr(error))
    except Exception:
        # arq would log the message too; the dispatch counts as lost, and is repeated.
        log.exception("job.bug", jobId=job_id)
