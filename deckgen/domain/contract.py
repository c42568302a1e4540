"""What worker and orchestrator say to each other.

`POST {ORCHESTRATOR_URL}/steps/{step}` with header `Idempotency-Key`, as multipart/form-data: part
`request` is a StepRequest as JSON, part `dataset` (if there is data and the step reads it) the
uploaded file (CSV, XLSX or Parquet, which its content tells), compressed with gzip; what unpacks to
more than `dataset.bytes` is refused. The answer is a StepResponse, or a problem+json whose member
`retryable` says whether the same call can succeed later.
"""

from typing import Any

from deckgen.domain.briefs import Brief
from deckgen.domain.decks import Usage
from deckgen.domain.model import Model
from deckgen.domain.steps import Step


class DatasetInfo(Model):
    """`name` is the uploaded file's; `sha256` and `bytes` are of its uncompressed content."""

    name: str
    sha256: str
    bytes: int


class StepRequest(Model):
    job_id: str
    deck_id: str
    brief: Brief
    dataset: DatasetInfo | None
    inputs: dict[Step, Any]


class StepResponse(Model):
    result: Any
    usage: Usage = Usage()
