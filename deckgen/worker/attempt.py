"""One attempt at a job: claim, perform, report. It ends in exactly one of the outcomes."""

import asyncio
import random
import time
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import structlog

from deckgen.config.settings import Settings
from deckgen.domain.errors import (
    BrokenCallError,
    DeckgenError,
    OutageError,
    PermanentError,
    RetryableError,
)
from deckgen.observability import metrics, tracing
from deckgen.observability.logs import get_logger
from deckgen.queue.messages import delivery_id
from deckgen.store import progress
from deckgen.store.away import durably
from deckgen.store.leases import MAX_CRASHES, Lease, LeaseLostError
from deckgen.worker.checkpointed_steps import CheckpointedSteps, DrainedError
from deckgen.worker.failure_reports import report_failure
from deckgen.worker.kinds import runs
from deckgen.worker.model_upgrade import WaitForModel
from deckgen.worker.runtime import HeldJob, Runtime

log = get_logger(__name__)

WAITS_LIKE_ATTEMPT = 4  # its backoff spreads the return of jobs that wait for the model
OUTAGE_SECONDS = 2.0  # short, as the gate decides when a waiting job goes on
BUG = "Something unexpected went wrong inside deckgen."


@dataclass(frozen=True)
class Completed:
    deck: Any


@dataclass(frozen=True)
class Retried:
    error: DeckgenError
    cause: Exception
    seconds: float


@dataclass(frozen=True)
class Postponed:
    """The job waits until the model or the orchestrator can be reached; no attempt is used.

    It counts as a crash if the job may have brought the orchestrator down.
    """

    error: DeckgenError
    seconds: float
    is_crash: bool = False


@dataclass(frozen=True)
class Failed:
    """The job has failed for good: people read `error`, and `cause` was raised."""

    error: DeckgenError
    cause: Exception


@dataclass(frozen=True)
class Released:
    """The worker stops, and another one goes on; no attempt is used."""


AttemptOutcome = Completed | Retried | Postponed | Failed | Released


async def run_attempt(runtime: Runtime, job_id: str, number: int) -> None:
    """Execute a job if it is due and nobody else has it; otherwise return quietly."""
    asked_at = time.monotonic()
    lease = await runtime.shared_writes.claim(job_id, number)
    if lease is None:
        return
    with (
        runtime.holding(lease, delivery_id(job_id, number), asked_at) as job,
        structlog.contextvars.bound_contextvars(jobId=job_id, deckId=lease.deck_id),
        tracing.continuing(lease.traceparent),
        _traced(lease) as span,
    ):
        outcome = await _attempt(runtime, job)
        span.set({"deckgen.outcome": type(outcome).__name__.lower()})
        if isinstance(outcome, Failed | Retried | Postponed):
            span.failed(outcome.error.code)
    runtime.notifier.tell(job_id)
    await runtime.dispatcher.dispatch((lease.tenant_id, lease.user_id))
    if lease.has_webhook:
        await runtime.dispatcher.dispatch_webhooks()
    if isinstance(outcome, Failed):
        await report_failure(runtime, job, outcome.error.code, outcome.cause)


def _traced(lease: Lease) -> AbstractContextManager[tracing.Span]:
    """Returns the span of an attempt, which is a part of the trace of the job's request."""
    return tracing.span(
        f"job {lease.kind}",
        "consumer",
        deckgen__job_id=lease.job_id,
        deckgen__deck_id=lease.deck_id,
        deckgen__attempt=lease.attempt,
    )


async def _attempt(runtime: Runtime, job: HeldJob) -> AttemptOutcome | None:
    """Returns the outcome once it is committed; None if the job is no longer ours."""
    log.info("job.started", attempt=job.lease.attempt)
    if job.lease.is_first_start:
        metrics.job_waiting.labels(job.lease.kind).observe(job.lease.age)
    runtime.notifier.tell(job.lease.job_id)
    try:
        outcome = await _perform(runtime, job)
        job.is_reporting = True
        await _report(runtime, job, outcome)
    except LeaseLostError:
        log.warning("job.lease_lost", attempt=job.lease.attempt)
        _count(job, "lost", None)
        return None
    error = None if isinstance(outcome, Completed | Released) else outcome.error
    _count(job, type(outcome).__name__.lower(), error)
    return outcome


def _count(job: HeldJob, outcome: str, error: DeckgenError | None) -> None:
    metrics.job_running.labels(job.lease.kind, outcome).observe(time.monotonic() - job.began)
    metrics.job_attempts.labels(outcome, metrics.cause_of(error.code if error else None)).inc()


async def _perform(runtime: Runtime, job: HeldJob) -> AttemptOutcome:
    try:
        deck = await runs()[job.lease.kind](CheckpointedSteps(runtime, job))
        return Completed(await runtime.signer.sign(deck, job.lease))
    except DrainedError:
        return Released()
    except asyncio.CancelledError:
        accept_cancellation()
        return Released()
    except LeaseLostError:
        raise
    except WaitForModel as wait:
        seconds = max(wait.error.retry_after or 0.0, backoff(WAITS_LIKE_ATTEMPT, runtime.settings))
        return Postponed(wait.error, seconds)
    except OutageError as outage:
        return _outage(outage, job)
    except DeckgenError as error:
        return _judge(error, error, job.lease, runtime.settings)
    except Exception as bug:
        unknown = RetryableError(BUG, code="internal_error")
        return _judge(unknown, bug, job.lease, runtime.settings)


def accept_cancellation() -> None:
    """Let the task go on, to report: its timeouts must not take the cancellation for their own."""
    task = asyncio.current_task()
    if task is not None:
        task.uncancel()


def _outage(error: OutageError, job: HeldJob) -> AttemptOutcome:
    """Returns the outcome of an outage: the job waits, unless it brings down servers in a row."""
    is_crash = isinstance(error, BrokenCallError)
    if is_crash and job.crashes + 1 >= MAX_CRASHES:
        crash = PermanentError(
            f"The server that worked on this deck broke down {MAX_CRASHES} times in a row, last in the "
            f"step {job.step}, so deckgen does not try again. Try a smaller table, or ask the operator "
            "to look at the logs of orchestrator and workers.",
            code="step_crashes_server",
        )
        return Failed(crash, error)
    seconds = max(error.retry_after or 0.0, random.uniform(0, OUTAGE_SECONDS))  # noqa: S311 - spreads load
    return Postponed(error, seconds, is_crash)


def _judge(error: DeckgenError, cause: Exception, lease: Lease, settings: Settings) -> AttemptOutcome:
    """Returns a retry of what may succeed later, while attempts are left."""
    if isinstance(error, PermanentError):
        return Failed(error, cause)
    if lease.attempt >= lease.max_attempts:
        tried = DeckgenError(f"{error.message} It was tried {lease.attempt} times.", code=error.code)
        return Failed(tried, cause)
    requested_wait = error.retry_after if isinstance(error, RetryableError) else None
    return Retried(error, cause, max(requested_wait or 0.0, backoff(lease.attempt, settings)))


def backoff(attempt: int, settings: Settings) -> float:
    """Returns the seconds of exponential backoff with full jitter (AWS Architecture Blog, 2015)."""
    ceiling = min(settings.retry_max_seconds, settings.retry_base_seconds * 2 ** (attempt - 1))
    return random.uniform(0, ceiling)  # noqa: S311 - spreads load, guards nothing


async def _report(runtime: Runtime, job: HeldJob, outcome: AttemptOutcome) -> None:
    """Commit the outcome, then log it; messages of errors may quote data, so only codes are logged."""
    lease, database = job.lease, runtime.database.of(job.lease.tenant_id)
    log_fields = {"attempt": lease.attempt, "seconds": round(time.monotonic() - job.began, 3)}
    match outcome:
        case Completed(deck):
            await runtime.shared_writes.complete(lease, deck)
            log.info("job.completed", **log_fields)
        case Retried(error, cause, delay):
            if not isinstance(cause, DeckgenError):
                log.error("job.bug", step=job.step, attempt=lease.attempt, exc_info=cause)
            await durably(progress.delay, database, lease, error, seconds=delay)
            log.warning(
                "job.delayed", **log_fields, **_failure_fields(job, error, cause), delay=round(delay, 1)
            )
        case Postponed(error, delay, is_crash):
            delay_options = {"seconds": delay, "uses_attempt": False, "is_crash": is_crash}
            await durably(progress.delay, database, lease, error, **delay_options)
            log.warning(
                "job.waits", **log_fields, step=job.step, code=error.code, delay=round(delay, 1)
            )
        case Failed(error, cause):
            await durably(progress.fail, database, lease, error)
            bug = None if isinstance(cause, DeckgenError) else cause
            log.error("job.failed", **log_fields, **_failure_fields(job, error, cause), exc_info=bug)
        case Released():
            await durably(progress.release, database, lease)
            log.info("job.released", **log_fields)


def _failure_fields(job: HeldJob, error: DeckgenError, cause: Exception) -> dict[str, Any]:
    return {"step": job.step, "code": error.code, "errorClass": type(cause).__name__}
