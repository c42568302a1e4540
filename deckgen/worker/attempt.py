"""One execution of a job: claim, perform, report. An attempt ends in exactly one of the outcomes."""

import asyncio
import random
import time
from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog

from deckgen.domain.contract import StepRequest
from deckgen.domain.errors import DeckgenError, PermanentError, RetryableError
from deckgen.domain.model import content_hash
from deckgen.domain.steps import INPUTS, READS_DATASET, Step, plan, step_key
from deckgen.observability.logs import get_logger
from deckgen.queue.messages import delivery_id
from deckgen.settings import Settings
from deckgen.store import datasets, leases
from deckgen.store.leases import Lease, LeaseLostError
from deckgen.store.pool import durably
from deckgen.worker.failures import tell_failure
from deckgen.worker.keeping import make_sure
from deckgen.worker.runtime import Held, Runtime

log = get_logger(__name__)

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
class Failed:
    """`error` is told to people, `cause` is what was raised."""

    error: DeckgenError
    cause: Exception


@dataclass(frozen=True)
class Released:
    """The worker stops: another one goes on, and no attempt is used."""


Outcome = Completed | Retried | Failed | Released


class DrainedError(Exception):
    """The worker is draining, and the step in flight is saved."""


async def run_attempt(runtime: Runtime, job_id: str, number: int) -> None:
    """Execute a job if it is due and nobody else has it; otherwise return quietly."""
    asked_at = time.monotonic()
    lease = await durably(
        leases.claim,
        runtime.database,
        job_id,
        number,
        worker_id=runtime.worker_id,
        lease_seconds=runtime.settings.lease_seconds,
    )
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
        return Completed(await _walk_steps(runtime, held))
    except DrainedError:
        return Released()
    except asyncio.CancelledError:
        accept_cancellation()
        return Released()
    except LeaseLostError:
        raise
    except DeckgenError as error:
        return _judge(error, error, held.lease, runtime.settings)
    except Exception as bug:
        unknown = RetryableError(BUG, code="internal_error")
        return _judge(unknown, bug, held.lease, runtime.settings)


async def _walk_steps(runtime: Runtime, held: Held) -> Any:
    """Run each step that has no checkpoint yet; returns the last one's result, the deck."""
    lease, results = held.lease, dict[Step, Any]()
    sha256 = lease.dataset.sha256 if lease.dataset else None
    dataset: bytes | None = None
    for step in plan(has_dataset=lease.dataset is not None):
        inputs = {name: results[name] for name in INPUTS[step] if name in results}
        key = step_key(lease.job_id, step, [lease.brief.to_json(), sha256, content_hash(inputs)])
        result = lease.checkpoints.get(key)
        if result is None:
            if runtime.draining.is_set():
                raise DrainedError
            if sha256 and dataset is None and step in READS_DATASET:
                dataset = await durably(datasets.load_gzip, runtime.database, sha256)
            sent = dataset if step in READS_DATASET else None
            result = await _execute(runtime, held, step, key, inputs, sent)
        results[step] = result
    return results[Step.ASSEMBLE]


async def _execute(
    runtime: Runtime, held: Held, step: Step, key: str, inputs: dict[Step, Any], dataset: bytes | None
) -> Any:
    """Call the orchestrator, and save what it answers before anything else happens."""
    lease, held.step = held.lease, step
    started = time.monotonic()
    request = StepRequest(
        job_id=lease.job_id,
        deck_id=lease.deck_id,
        brief=lease.brief,
        dataset=lease.dataset,
        inputs=inputs,
    )
    response = await runtime.orchestrator.execute(
        step, request, key=key, dataset=dataset, before=partial(make_sure, runtime, held)
    )
    seconds = round(time.monotonic() - started, 4)
    await durably(
        leases.save_step,
        runtime.database,
        lease,
        step,
        key,
        result=response.result,
        usage=response.usage.to_json(),
        seconds=seconds,
    )
    log.info("step.completed", step=step, seconds=seconds)
    runtime.hints.tell(lease.job_id)
    return response.result


def accept_cancellation() -> None:
    """The task goes on, to report: timeouts in it must not take the old request for their own."""
    task = asyncio.current_task()
    if task is not None:
        task.uncancel()


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
            await durably(leases.complete, database, lease, deck)
            log.info("job.completed", **common)
        case Retried(error, cause, delay):
            if not isinstance(cause, DeckgenError):
                log.error("job.bug", step=held.step, attempt=lease.attempt, exc_info=cause)
            await durably(leases.delay, database, lease, error, seconds=delay)
            log.warning("job.delayed", **common, **_told(held, error, cause), delay=round(delay, 1))
        case Failed(error, cause):
            await durably(leases.fail, database, lease, error)
            bug = None if isinstance(cause, DeckgenError) else cause
            log.error("job.failed", **common, **_told(held, error, cause), exc_info=bug)
        case Released():
            await durably(leases.release, database, lease)
            log.info("job.released", **common)


def _told(held: Held, error: DeckgenError, cause: Exception) -> dict[str, Any]:
    return {"step": held.step, "code": error.code, "errorClass": type(cause).__name__}
