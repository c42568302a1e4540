"""One execution of a job: claim, perform, report. An attempt ends in exactly one of the outcomes."""

import asyncio
import random
import time
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
from deckgen.domain.jobs import ModelWork
from deckgen.observability.logs import get_logger
from deckgen.queue.messages import delivery_id
from deckgen.store import progress
from deckgen.store.away import durably
from deckgen.store.leases import MAX_CRASHES, Lease, LeaseLostError
from deckgen.worker.checkpointed_steps import DrainedError, Walk
from deckgen.worker.failure_reports import tell_failure
from deckgen.worker.kinds import runs
from deckgen.worker.model_upgrade import WaitForModel
from deckgen.worker.runtime import Held, Runtime

log = get_logger(__name__)

WAITS_LIKE_ATTEMPT = 4  # jobs that wait for the model do not come back all at once
OUTAGE_SECONDS = 2.0  # the gate, and no clock, says when a job that waits for it goes on
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
    """The model or the orchestrator can't be reached, and the job waits for it: no attempt is used.

    It is a crash if the job may have brought the orchestrator down.
    """

    error: DeckgenError
    seconds: float
    is_crash: bool = False


@dataclass(frozen=True)
class Failed:
    """`error` is told to people, `cause` is what was raised."""

    error: DeckgenError
    cause: Exception


@dataclass(frozen=True)
class Released:
    """The worker stops: another one goes on, and no attempt is used."""


Outcome = Completed | Retried | Postponed | Failed | Released


async def run_attempt(runtime: Runtime, job_id: str, number: int) -> None:
    """Execute a job if it is due and nobody else has it; otherwise return quietly."""
    asked_at = time.monotonic()
    lease = await runtime.together.claim(job_id, number)
    if lease is None:
        return
    with (
        runtime.holding(lease, delivery_id(job_id, number), asked_at) as held,
        structlog.contextvars.bound_contextvars(jobId=job_id, deckId=lease.deck_id),
    ):
        outcome = await _attempt(runtime, held)
    runtime.hints.tell(job_id)
    await runtime.dispatcher.dispatch(lease.user_id)
    if lease.has_webhook:
        await runtime.dispatcher.dispatch_webhooks()
    if isinstance(outcome, Failed):
        await tell_failure(runtime, held, outcome.error.code, outcome.cause)


async def _attempt(runtime: Runtime, held: Held) -> Outcome | None:
    """The outcome, once it is committed; None if it was not, because the job is no longer ours."""
    log.info("job.started", attempt=held.lease.attempt)
    runtime.hints.tell(held.lease.job_id)
    try:
        outcome = await _perform(runtime, held)
        await _report(runtime, held, outcome)
    except LeaseLostError:
        log.warning("job.lease_lost", attempt=held.lease.attempt)
        return None
    return outcome


async def _perform(runtime: Runtime, held: Held) -> Outcome:
    try:
        deck = await runs()[held.lease.kind](Walk(runtime, held))
        return Completed(await runtime.signer.sign(deck, held.lease))
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
        return _outage(outage, held)
    except DeckgenError as error:
        return _judge(error, error, held.lease, runtime.settings)
    except Exception as bug:
        unknown = RetryableError(BUG, code="internal_error")
        return _judge(unknown, bug, held.lease, runtime.settings)


def accept_cancellation() -> None:
    """The task goes on, to report: timeouts in it must not take the old request for their own."""
    task = asyncio.current_task()
    if task is not None:
        task.uncancel()


def _outage(error: OutageError, held: Held) -> Outcome:
    """What failed was not the job, unless it brings a server down again and again."""
    is_crash = isinstance(error, BrokenCallError)
    if is_crash and held.crashes + 1 >= MAX_CRASHES:
        crash = PermanentError(
            f"The server that worked on this deck broke down {MAX_CRASHES} times in a row, at last in "
            f"the step {held.step}, so it is not tried again. Try a smaller table, or ask the operator "
            "to look at the logs of orchestrator and workers.",
            code="step_crashes_server",
        )
        return Failed(crash, error)
    seconds = max(error.retry_after or 0.0, random.uniform(0, OUTAGE_SECONDS))  # noqa: S311 - spreads load
    return Postponed(error, seconds, is_crash)


def _judge(error: DeckgenError, cause: Exception, lease: Lease, settings: Settings) -> Outcome:
    """Retry what may succeed later, while there are attempts left."""
    if isinstance(error, PermanentError):
        return Failed(error, cause)
    if lease.attempt >= lease.max_attempts:
        tried = DeckgenError(f"{error.message} It was tried {lease.attempt} times.", code=error.code)
        return Failed(tried, cause)
    asked = error.retry_after if isinstance(error, RetryableError) else None
    return Retried(error, cause, max(asked or 0.0, backoff(lease.attempt, settings)))


def backoff(attempt: int, settings: Settings) -> float:
    """Exponential backoff with full jitter, in seconds (AWS Architecture Blog, 2015)."""
    ceiling = min(settings.retry_max_seconds, settings.retry_base_seconds * 2 ** (attempt - 1))
    return random.uniform(0, ceiling)  # noqa: S311 - spreads load, guards nothing


async def _report(runtime: Runtime, held: Held, outcome: Outcome) -> None:
    """Commit the outcome, then log it; messages of errors may quote data, so only codes are logged."""
    lease, database = held.lease, runtime.database
    common = {"attempt": lease.attempt, "seconds": round(time.monotonic() - held.began, 3)}
    match outcome:
        case Completed(deck):
            await runtime.together.complete(lease, deck, ModelWork.of(deck))
            log.info("job.completed", **common)
        case Retried(error, cause, delay):
            if not isinstance(cause, DeckgenError):
                log.error("job.bug", step=held.step, attempt=lease.attempt, exc_info=cause)
            await durably(progress.delay, database, lease, error, seconds=delay)
            log.warning("job.delayed", **common, **_told(held, error, cause), delay=round(delay, 1))
        case Postponed(error, delay, is_crash):
            how = {"seconds": delay, "uses_attempt": False, "is_crash": is_crash}
            await durably(progress.delay, database, lease, error, **how)
            log.warning("job.waits", **common, step=held.step, code=error.code, delay=round(delay, 1))
        case Failed(error, cause):
            await durably(progress.fail, database, lease, error)
            bug = None if isinstance(cause, DeckgenError) else cause
            log.error("job.failed", **common, **_told(held, error, cause), exc_info=bug)
        case Released():
            await durably(progress.release, database, lease)
            log.info("job.released", **common)


def _told(held: Held, error: DeckgenError, cause: Exception) -> dict[str, Any]:
    return {"step": held.step, "code": error.code, "errorClass": type(cause).__name__}
