"""The calls to a model that were answered and are not in the account yet.

The worker that asked for a call may be gone before its answer: killed, or done with a cancelled job.
So the orchestrator writes a call down here together with its answer; deckgen/queue/settling.py brings
it into the account.
"""

from redis.asyncio.client import Pipeline

from deckgen.domain.documents import canonical_json
from deckgen.domain.model_calls import Call

UNSETTLED = "deckgen:unsettled_calls"  # a hash: Idempotency-Key of the step -> Call


def add_unsettled(pipe: Pipeline, key: str, call: Call) -> None:
    """Write down the call that was paid for a step, by its key, when the pipeline is executed."""
    pipe.hset(UNSETTLED, mapping={key: canonical_json(call.to_json())})
