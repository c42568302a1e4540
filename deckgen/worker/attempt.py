"""One execution of a job: claim, perform, report. An attempt ends in exactly one of the outcomes."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import stamina
import structlog

from deckgen.domain.contract import StepRequest
from deckgen.domain.errors import DeckgenError, PermanentError, RetryableError
from deckgen.domain.model import content_hash
from deckgen.domain.steps import INPUTS, READS_DATASET, Step, plan, step_key
from deckgen.queue.messages import delivery_id
from deckgen.settings import Settings
from deckgen.store import datasets, jobs, steps
from deckgen.store.jobs import Lease, LeaseLostError
from deckgen.store.pool import is_away
from deckgen.worker.runtime import Runtime

log = structlog.get_logger()
T = TypeVar("T")


@dataclass(frozen=True)
class Completed:
    deck: Any


@dataclass(frozen=True)
class Retried:
    error: DeckgenError
    seconds: float


@dataclass(frozen=True)
class Failed:
    error: DeckgenError


@dataclass(frozen=True)
class Released:
    """The worker stops: another one goes on, and no attempt is used."""


Outcome = Completed | Retried | Failed | Released


class DrainedError(Exception):
    """The worker is draining, and the step in flight is saved."""


async def run_attempt(runtime: Runtime, job_id: str, number: int) -> None:
    """Execute a job if it is due and nobody else has it; otherwise return quietly."""
    lease = await durably(
        jobs.claim,
        runtime.database,
        job_id,
        number,
        worker_id=runtime.worker_id,
        lease_seconds=runtime.settings.lease_seconds,
    )
    if lease is None:
        return
    with (
        runtime.holding(lease, delivery_id(job_id, number)),
        structlog.contextvars.bound_contextvars(job=job_id, deck=lease.deck_id),
    ):
        log.info("job.started", attempt=lease.attempt)
        runtime.hints.tell(job_id)
        try:
            await _report(runtime, lease, await _perform(runtime, lease))
        except LeaseLostError:
            log.warning("job.lease_lost", attempt=lease.attempt)
    runtime.hints.tell(job_id)
    await runtime.dispatcher.dispatch(lease.user_id)
    if lease.has_webhook:
        await runtime.dispatcher.dispatch_webhooks()


async def _perform(runtime: Runtime, lease: Lease) -> Outcome:
    try:
        return Completed(await _walk_steps(runtime, lease))
    except DrainedError:
        return Released()
    except asyncio.CancelledError:
        accept_cancellation()
        return Released()
    except LeaseLostError:
        raise
    except DeckgenError as error:
        return _judge(error, lease, runtime.settings)
    except Exception:
        log.exception("job.bug")
        bug = RetryableError("Something unexpected went wrong inside deckgen.", code="internal_error")
        return _judge(bug, lease, runtime.settings)


async def _walk_steps(runtime: Runtime, lease: Lease) -> Any:
    """Run each step that has no checkpoint yet; returns the last one's result, the deck."""
    saved = await durably(steps.saved, runtime.database, lease.job_id)
    results: dict[Step, Any] = {}
    sha256 = lease.dataset.sha256 if lease.dataset else None
    dataset: bytes | None = None
    for step in plan(has_dataset=lease.dataset is not None):
        inputs = {name: results[name] for name in INPUTS[step] if name in results}
        key = step_key(lease.job_id, step, [lease.brief.to_json(), sha256, content_hash(inputs)])
        result = saved.get(key)
        if result is None:
            if runtime.draining.is_set():
                raise DrainedError
            if sha256 and dataset is None and step in READS_DATASET:
                dataset = await durably(datasets.load_gzip, runtime.database, sha256)
            sent = dataset if step in READS_DATASET else None
            result = await _execute(runtime, lease, step, key, inputs, sent)
        results[step] = result
    return results[Step.ASSEMBLE]


async def _execute(
    runtime: Runtime, lease: Lease, step: Step, key: str, inputs: dict[Step, Any], dataset: bytes | None
) -> Any:
    """Call the orchestrator, and save what it answers before anything else happens."""
    started = time.monotonic()
    request = StepRequest(
        job_id=lease.job_id,
        deck_id=lease.deck_id,
        brief=lease.brief,
        dataset=lease.dataset,
        inputs=inputs,
    )
    response = await runtime.orchestrator.execute(step, request, key=key, dataset=dataset)
    seconds = round(time.monotonic() - started, 4)
    await durably(
        jobs.save_step,
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


def _judge(error: DeckgenError, lease: Lease, settings: Settings) -> Outcome:
    """Retry what may succeed later, while there are attempts left."""
    if isinstance(error, PermanentError):
        return Failed(error)
    if lease.attempt >= lease.max_attempts:
        tried = DeckgenError(f"{error.message} It was tried {lease.attempt} times.", code=error.code)
        return Failed(tried)
    asked = error.retry_after if isinstance(error, RetryableError) else None
    return Retried(error, max(asked or 0.0, backoff(lease.attempt, settings)))


def backoff(attempt: int, settings: Settings) -> float:
    """Exponential backoff with full jitter, in seconds (AWS Architecture Blog, 2015)."""
    ceiling = min(settings.retry_max_seconds, settings.retry_base_seconds * 2 ** (attempt - 1))
    return random.uniform(0, ceiling)  # noqa: S311 - spreads load, guards nothing


async def _report(runtime: Runtime, lease: Lease, outcome: Outcome) -> None:
    match outcome:
        case Completed(deck):
            await durably(jobs.complete, runtime.database, lease, deck)
            log.info("job.completed", attempt=lease.attempt)
        case Retried(error, seconds):
            await durably(jobs.delay, runtime.database, lease, error, seconds=seconds)
            log.warning("job.delayed", code=error.code, error=error.message, seconds=round(seconds, 1))
        case Failed(error):
            await durably(jobs.fail, runtime.database, lease, error)
            log.error("job.failed", code=error.code, error=error.message)
        case Released():
            await durably(jobs.release, runtime.database, lease)
            log.info("job.released", attempt=lease.attempt)


async def durably(call: Callable[..., Awaitable[T]], *args: Any, **kwargs: Any) -> T:
    """Call the store, again with backoff for as long as PostgreSQL is away.

    A repeated write does no harm: each one changes nothing if it was done already.
    """
    async for attempt in stamina.retry_context(on=is_away, attempts=None, timeout=None, wait_max=2.0):
        with attempt:
            return await call(*args, **kwargs)
    raise AssertionError("stamina ends only with a result or an error")
