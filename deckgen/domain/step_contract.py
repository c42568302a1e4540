"""The contract between worker and orchestrator.

`POST {ORCHESTRATOR_URL}/steps/{step}` with header `Idempotency-Key`, as multipart/form-data: part
`request` is a StepRequest as JSON, part `dataset` (if there is data and the step reads it) the
uploaded file (CSV, XLSX or Parquet, which its content tells), compressed with gzip; what unpacks to
more than `dataset.bytes` is refused. The answer is a StepResponse, or a problem+json whose member
`retryable` says whether the same call can succeed later. The codes MODEL_AWAY and the like say that it
is the model that gave no answer.

An answer with the header DATASET_HEADER says that the file is held from now on:
`POST {ORCHESTRATOR_URL}/held/steps/{step}` with that header is the same without the part `dataset`,
and 404 where the file is not held, as at every orchestrator before 0.4.0.
"""

from typing import Any

from pydantic import Field

from deckgen.domain.briefs import Brief
from deckgen.domain.documents import BaseDocument
from deckgen.domain.model_calls import Call, CallOfStep
from deckgen.domain.steps import Step

CONTRACT_HEADER = "Deckgen-Contract"  # the version that the caller speaks, a number
DATASET_HEADER = "Deckgen-Dataset"  # the SHA-256 of the file that the step reads
NOT_HELD = "dataset_not_held"
NOT_SERVED_CONTRACT = "contract_not_served"
ALL_BUSY = "tables_busy"  # no process for its table was free for long
STOPPING = "service_stopping"
NO_CONNECTION = "too_many_connections"
TOKEN_REFUSED = "orchestrator_token_refused"  # noqa: S105 - a code; it has another token
# The call was not begun, through no fault of its own: the caller waits and asks again.
NOT_BEGUN = frozenset({NOT_SERVED_CONTRACT, ALL_BUSY, STOPPING, NO_CONNECTION, TOKEN_REFUSED})
CUT_SHORT = "body_incomplete"  # the call did not arrive whole, and can succeed unchanged
MODEL_AWAY = "model_unavailable"  # the provider does not answer: the job's policy decides
MODEL_RATE_LIMITED = "model_rate_limited"  # by our own limits or the provider's: ask again
MODEL_MISSING = "model_not_configured"  # this orchestrator has none
MODEL_REFUSES = "model_refuses"  # the provider refuses this one call for good
MODEL_KEY = "model_key_refused"
MODEL_BALANCE = "model_without_balance"
MODEL_UNKNOWN = "model_unknown"  # to the provider, or its address is wrong
MODEL_TOO_LARGE = "model_call_too_large"
# Waiting would not help with these: the draft's slide stays.
MODEL_FOR_GOOD = frozenset(
    {MODEL_MISSING, MODEL_REFUSES, MODEL_KEY, MODEL_BALANCE, MODEL_UNKNOWN, MODEL_TOO_LARGE}
)


class DatasetInfo(BaseDocument):
    """`name` is the uploaded file's; `sha256` and `bytes` are of its uncompressed content."""

    name: str
    sha256: str
    bytes: int


class StepRequest(BaseDocument):
    job_id: str
    deck_id: str
    brief: Brief
    dataset: DatasetInfo | None
    inputs: dict[Step, Any]
    calls: list[CallOfStep] = Field(default=[], description="The calls paid for the deck so far")


class StepResponse(BaseDocument):
    """`call` is the call to the model that was paid for the result, if there was one."""

    result: Any
    call: Call | None = None
