"""The acceptance of a job: one statement, after which the job will end whatever happens."""

import asyncio
from typing import Any

from deckgen.config.settings import Settings
from deckgen.domain.access import LOCAL_TENANT
from deckgen.domain.documents import content_hash
from deckgen.domain.errors import (
    Conflict,
    FieldError,
    InvalidRequest,
    NotFound,
    TooLarge,
    TooManyJobs,
)
from deckgen.domain.estimates import in_words
from deckgen.domain.job_kinds import kind_of
from deckgen.domain.jobs import JobStatus, Submitted
from deckgen.domain.requests import JobRequest, UploadedTable
from deckgen.domain.uploads import sniff
from deckgen.observability import tracing
from deckgen.queue.webhooks import check_webhook
from deckgen.store import admission, away, datasets
from deckgen.store import pool as store
from deckgen.store.admission import AdmissionLimits, AdmissionOutcome, IdempotencyKey

MAX_KEY = 255


async def accept(
    database: store.Pool,
    settings: Settings,
    request: JobRequest,
    key: str | None = None,
    *,
    tenant: str = LOCAL_TENANT,
) -> tuple[str, bool]:
    """Write table, deck and job, or find the job that exists; with an error nothing is written.

    Returns the job's id, and True if it existed before. `key` is an Idempotency-Key of the user's.
    Errors: TooLarge, UnreadableData, Conflict, TooManyJobs, InvalidRequest for a key that was used for
    another request, and NotFound if there is no deck to change.
    """
    _check(request, settings, key, tenant)
    kind = kind_of(request)
    upload = await _pack(request.table, settings.max_csv_bytes)
    identity = kind.identity(request)
    if kind.takes_table:
        identity["dataset"] = upload.sha256 if upload else None
    limits = AdmissionLimits(
        of_user=settings.max_queued_per_user,
        of_caller=None if settings.auth_is_off else settings.key_jobs_waiting,
        of_all=settings.max_queue_depth,
        attempts=settings.max_attempts,
    )
    async with away.database():
        outcome, job_id = await admission.accept(
            database, kind, request, upload, _key(identity, key), limits, traceparent=tracing.current()
        )
    if job_id is None or outcome is AdmissionOutcome.KEY_REUSED:
        raise _refusal(outcome, request, limits)
    return job_id, outcome is AdmissionOutcome.EXISTING


def submitted(request: JobRequest, job_id: str, *, existing: bool, seconds: int) -> Submitted:
    """Returns what the client is told of its job, which will end in about `seconds`."""
    return Submitted(
        job_id=job_id,
        deck_id=request.deck_id,
        status=JobStatus.WAITING,
        estimated_time=in_words(seconds),
        estimated_seconds=seconds,
        existing=existing,
        status_url=f"/api/ai/jobs/{job_id}",
        deck_url=f"/api/presentations/{request.deck_id}",
    )


def _check(request: JobRequest, settings: Settings, key: str | None, tenant: str) -> None:
    if key is not None and not 1 <= len(key) <= MAX_KEY:
        raise InvalidRequest.of(FieldError("Idempotency-Key", "must have 1 to 255 characters"))
    if request.webhook_url is not None:
        check_webhook(request.webhook_url, settings, tenant)


async def _pack(table: UploadedTable | None, max_bytes: int) -> datasets.Upload | None:
    if table is None:
        return None
    if len(table.content) > max_bytes:
        raise TooLarge(
            f"The table has {len(table.content)} bytes; the limit is {max_bytes}.", code="csv_too_large"
        )
    await asyncio.to_thread(sniff.check_quickly, table.content)
    return await datasets.pack(table.name, table.content)


def _key(identity: dict[str, Any], key: str | None) -> IdempotencyKey | None:
    return None if key is None else IdempotencyKey(key, content_hash(identity))


def _refusal(outcome: AdmissionOutcome, request: JobRequest, limits: AdmissionLimits) -> Exception:
    match outcome:
        case AdmissionOutcome.NO_DECK:
            return NotFound(
                f"There is no deck {request.deck_id!r} to change.",
                code="deck_not_found",
            )
        case AdmissionOutcome.DECK_IN_WORK:
            return Conflict(
                f"A job is working on the deck {request.deck_id}. Try again when it is over.",
                code="deck_in_work",
            )
        case AdmissionOutcome.KEY_REUSED:
            return InvalidRequest(
                "This Idempotency-Key was used for another request. Use a new one.",
                code="idempotency_key_reused",
            )
        case AdmissionOutcome.DECK_OF_ANOTHER_USER:
            return Conflict(
                f"The deck {request.deck_id} belongs to another user. Choose another deckId.",
                code="deck_of_another_user",
            )
        case AdmissionOutcome.TOO_MANY_OF_USER:
            return TooManyJobs(
                f"The user {request.user_id} already has {limits.of_user} waiting jobs. Try again "
                "later.",
                code="too_many_jobs_of_user",
            )
        case AdmissionOutcome.TOO_MANY_OF_CALLER:
            return TooManyJobs(
                f"{limits.of_caller} jobs that this key asked for are waiting. Try again later.",
                code="too_many_jobs_of_key",
            )
        case _:
            return TooManyJobs(
                f"The queue is full: {limits.of_all} jobs are waiting. Try again later.",
                code="queue_full",
            )
