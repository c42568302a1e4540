"""What a worker writes of a job in work: every write names the lease, and is one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from deckgen.domain.errors import DeckgenError
from deckgen.domain.jobs import ModelWork
from deckgen.store.leases import Checkpoint, Lease, LeaseLostError
from deckgen.store.pool import Pool
from deckgen.store.queries import queries


@dataclass(frozen=True)
class Saved:
    """A step that is done, to be kept; `seconds` is what it took."""

    lease: Lease
    key: str
    checkpoint: Checkpoint
    seconds: float


@dataclass(frozen=True)
class Made:
    """A job that is done, with its deck; `model_work` is told of one that a model was to write."""

    lease: Lease
    deck: Any
    model_work: ModelWork | None = None


async def save_steps(pool: Pool, several: Sequence[Saved]) -> list[bool]:
    """Keep the results of steps with their events; False for one whose job is no longer ours."""
    ordered = sorted(several, key=lambda one: one.lease.job_id)
    checkpoints = [one.checkpoint for one in ordered]
    rows = queries().save_steps(
        pool,
        **_leases(ordered),
        keys=[one.key for one in ordered],
        steps=[checkpoint.step for checkpoint in checkpoints],
        parts=[checkpoint.part for checkpoint in checkpoints],
        results=[checkpoint.result for checkpoint in checkpoints],
        calls=[checkpoint.call and checkpoint.call.to_json() for checkpoint in checkpoints],
        seconds=[one.seconds for one in ordered],
    )
    return await _held(several, rows)


async def complete(pool: Pool, several: Sequence[Made]) -> list[bool]:
    """The ends of jobs, with their decks; False for one that is no longer ours."""
    ordered = sorted(several, key=lambda one: one.lease.job_id)
    rows = queries().complete_jobs(
        pool,
        **_leases(ordered),
        decks=[one.deck for one in ordered],
        model_works=[one.model_work and one.model_work.to_json() for one in ordered],
    )
    return await _held(several, rows)


def _leases(ordered: Sequence[Saved | Made]) -> dict[str, Any]:
    """Whoever locks several jobs does so in the order of their ids, or two wait for each other."""
    return {
        "job_ids": [one.lease.job_id for one in ordered],
        "lease_tokens": [one.lease.token for one in ordered],
    }


async def _held(several: Sequence[Saved | Made], rows: Any) -> list[bool]:
    held = {(str(row["id"]), row["lease_token"]) async for row in rows}
    return [(one.lease.job_id, one.lease.token) in held for one in several]


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
    """Another attempt follows after `seconds`."""
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
