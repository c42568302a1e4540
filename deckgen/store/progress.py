"""The progress of a job as its worker writes it: each write is one statement that names the lease."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from deckgen.domain.errors import DeckgenError
from deckgen.domain.job_warnings import warnings_of
from deckgen.domain.jobs import ModelWork
from deckgen.store.leases import Checkpoint, Lease, LeaseLostError
from deckgen.store.pool import Pool
from deckgen.store.queries import queries


@dataclass(frozen=True)
class StepToSave:
    """A finished step, to be saved; it took `seconds`."""

    lease: Lease
    key: str
    checkpoint: Checkpoint
    seconds: float


@dataclass(frozen=True)
class JobToComplete:
    """A finished job, to be completed with its deck."""

    lease: Lease
    deck: Any

    def note(self) -> dict[str, Any]:
        """Returns what the job's end says of the deck: what a model did for it, and its warnings."""
        work = ModelWork.of(self.deck)
        warnings = [warning.to_json() for warning in warnings_of(self.deck)]
        return {"model": work and work.to_json(), "warnings": warnings or None}


async def save_steps(pool: Pool, steps: Sequence[StepToSave]) -> list[bool]:
    """Save the results of steps with their events; False for a step whose job is no longer ours."""
    ordered = sorted(steps, key=lambda step: step.lease.job_id)
    checkpoints = [step.checkpoint for step in ordered]
    rows = queries().save_steps(
        pool,
        **_leases(ordered),
        keys=[step.key for step in ordered],
        steps=[checkpoint.step for checkpoint in checkpoints],
        parts=[checkpoint.part for checkpoint in checkpoints],
        results=[checkpoint.result for checkpoint in checkpoints],
        calls=[checkpoint.call and checkpoint.call.to_json() for checkpoint in checkpoints],
        seconds=[step.seconds for step in ordered],
    )
    return await _held(steps, rows)


async def complete(pool: Pool, jobs: Sequence[JobToComplete]) -> list[bool]:
    """Complete jobs with their decks; False for a job that is no longer ours."""
    ordered = sorted(jobs, key=lambda job: job.lease.job_id)
    rows = queries().complete_jobs(
        pool,
        **_leases(ordered),
        decks=[job.deck for job in ordered],
        notes=[job.note() for job in ordered],
    )
    return await _held(jobs, rows)


def _leases(ordered: Sequence[StepToSave | JobToComplete]) -> dict[str, Any]:
    """Returns the leases in the order of the job ids, in which all lock: no two wait for each other."""
    return {
        "job_ids": [entry.lease.job_id for entry in ordered],
        "lease_tokens": [entry.lease.token for entry in ordered],
    }


async def _held(entries: Sequence[StepToSave | JobToComplete], rows: Any) -> list[bool]:
    still_held = {(str(row["id"]), row["lease_token"]) async for row in rows}
    return [(entry.lease.job_id, entry.lease.token) in still_held for entry in entries]


async def save_draft(pool: Pool, lease: Lease, deck: Any) -> None:
    """Let the draft be read while the job goes on."""
    await _fenced("save_draft", pool, lease, deck=deck)


async def fail(pool: Pool, lease: Lease, error: DeckgenError) -> None:
    await _fenced("fail_job", pool, lease, error_code=error.code, error_message=error.message)


async def delay(
    pool: Pool,
    lease: Lease,
    error: DeckgenError,
    *,
    seconds: float,
    uses_attempt: bool = True,
    is_crash: bool = False,
) -> None:
    """Record the error of an attempt; another one follows after `seconds`."""
    await _fenced(
        "delay_job",
        pool,
        lease,
        error_code=error.code,
        error_message=error.message,
        delay_seconds=seconds,
        uses_attempt=uses_attempt,
        is_crash=is_crash,
    )


async def release(pool: Pool, lease: Lease) -> None:
    """Give the job back for another worker; no attempt is used."""
    await _fenced("release_job", pool, lease)


async def _fenced(statement: str, pool: Pool, lease: Lease, **values: Any) -> None:
    """Run a statement that changes nothing unless the lease still holds."""
    run = getattr(queries(), statement)
    if await run(pool, job_id=lease.job_id, lease_token=lease.token, **values) is None:
        raise LeaseLostError(lease.job_id)
