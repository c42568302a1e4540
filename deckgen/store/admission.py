"""A request becomes a job, or is refused."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from deckgen.domain.job_kind import JobKind
from deckgen.domain.requests import JobRequest
from deckgen.store.datasets import Upload
from deckgen.store.pool import Pool
from deckgen.store.queries import queries


class AdmissionOutcome(StrEnum):
    ACCEPTED = "accepted"
    EXISTING = "existing"
    KEY_REUSED = "key_reused"
    DECK_OF_ANOTHER_USER = "deck_of_another_user"
    TOO_MANY_OF_USER = "too_many_of_user"
    TOO_MANY_OF_CALLER = "too_many_of_caller"
    TOO_MANY = "too_many"
    NO_DECK = "no_deck"
    DECK_IN_WORK = "deck_in_work"


@dataclass(frozen=True)
class IdempotencyKey:
    """An Idempotency-Key with the hash of the request that it came with."""

    key: str
    request_sha256: str


@dataclass(frozen=True)
class AdmissionLimits:
    """The bounds on the jobs that wait, of one user, one caller (None for no bound) and of all.

    `attempts` bounds those of a job.
    """

    of_user: int
    of_all: int
    attempts: int
    of_caller: int | None = None


async def accept(
    pool: Pool,
    kind: JobKind,
    request: JobRequest,
    upload: Upload | None,
    key: IdempotencyKey | None,
    limits: AdmissionLimits,
    *,
    traceparent: str | None = None,
) -> tuple[AdmissionOutcome, str | None]:
    """Write table, deck and job; without ACCEPTED only the key of an existing job is written.

    `traceparent` is the trace that the request belongs to. Returns the outcome and, with ACCEPTED and
    EXISTING, the job's id.
    """
    parameters = kind.parameters(request)
    row = await queries().accept_job(
        pool,
        deck_id=request.deck_id,
        user_id=request.user_id,
        kind=kind.name,
        changes_deck=kind.changes_deck,
        priority=request.priority,
        context=request.brief and request.brief.to_json(),
        policy=request.policy.to_json(),
        parameters=parameters and parameters.to_json(),
        sha256=upload and upload.sha256,
        name=upload and upload.name,
        bytes=upload and upload.size,
        gzip=upload and upload.gzip,
        webhook_url=request.webhook_url and str(request.webhook_url),
        max_attempts=limits.attempts,
        key=key and key.key,
        request_sha256=key and key.request_sha256,
        limit_of_user=limits.of_user,
        limit_of_caller=limits.of_caller,
        limit=limits.of_all,
        traceparent=traceparent,
    )
    return _outcome(row)


def _outcome(row: Any) -> tuple[AdmissionOutcome, str | None]:
    outcome = AdmissionOutcome(row["outcome"])
    if outcome is AdmissionOutcome.TOO_MANY and row["is_caller_s"]:
        outcome = AdmissionOutcome.TOO_MANY_OF_CALLER
    return outcome, row["job"] and str(row["job"])
