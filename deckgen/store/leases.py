"""What a worker does to a job, under a lease: every write names its token, and is one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from deckgen.domain.briefs import Brief
from deckgen.domain.calls import Call, ModelPolicy
from deckgen.domain.contract import DatasetInfo
from deckgen.domain.errors import DeckgenError
from deckgen.domain.jobs import ModelWork
from deckgen.domain.requests import Revision
from deckgen.domain.steps import CONTRACT, SERVED_CONTRACTS, UNWRITTEN_CONTRACT, Step
from deckgen.store.pool import Pool
from deckgen.store.queries import queries

MAX_CRASHES = 3  # in a row, without a step finished in between
CRASH_MESSAGE = (
    f"The worker died {MAX_CRASHES} times while it made this deck, so it is not tried again. "
    "Try a smaller table, or ask the operator to look at the workers' logs."
)


class LeaseLostError(Exception):
    """Somebody else has the job now, or it is over: stop, and write nothing more."""


@dataclass(frozen=True)
class Checkpoint:
    """The saved result of a step, and the call to the model that gave it, if it was one that did."""

    step: Step
    part: str
    result: Any
    call: Call | None


@dataclass(frozen=True)
class Lease:
    """The right to work on a job until the lease runs out, proved by `token`.

    `checkpoints` has the steps that were finished before, by their keys. A job that revises a deck has
    its `revision` and the `deck`. `contract` is the version of the steps that it began with. `age` is
    in seconds since the job was accepted.
    """

    job_id: str
    token: int
    deck_id: str
    user_id: str
    brief: Brief
    dataset: DatasetInfo | None
    has_webhook: bool
    priority: int
    attempt: int
    max_attempts: int
    crashes: int
    age: float
    contract: int
    policy: ModelPolicy
    revision: Revision | None
    deck: Any
    checkpoints: dict[str, Checkpoint]


async def claim(
    pool: Pool, job_id: str, number: int, *, worker_id: str, lease_seconds: float
) -> Lease | None:
    """Take the lease of a job that is due; None if another has it or it is over.

    `number` is that of the dispatch that was picked up; None too if it is not the job's last one, or if
    the job was begun with steps of a version that is not known here.
    """
    row = await queries().claim_job(
        pool,
        job_id=job_id,
        dispatch_no=number,
        worker_id=worker_id,
        lease_seconds=lease_seconds,
        contract=CONTRACT,
        unwritten=UNWRITTEN_CONTRACT,
        served=SERVED_CONTRACTS,
    )
    if row is None:
        return None
    return Lease(
        job_id=str(row["id"]),
        token=row["lease_token"],
        deck_id=row["deck_id"],
        user_id=row["user_id"],
        brief=Brief.model_validate(row["context"]),
        dataset=_dataset(row),
        has_webhook=row["has_webhook"],
        priority=row["priority"],
        attempt=row["attempts"],
        max_attempts=row["max_attempts"],
        crashes=row["crashes"],
        age=row["age"],
        contract=row["contract"],
        policy=ModelPolicy.model_validate(row["policy"]),
        revision=row["revision"] and Revision.model_validate(row["revision"]),
        deck=row["deck"],
        checkpoints={key: _checkpoint(one) for key, one in (row["checkpoints"] or {}).items()},
    )


def _checkpoint(saved: Any) -> Checkpoint:
    call = saved["call"] and Call.model_validate(saved["call"])
    return Checkpoint(Step(saved["step"]), saved["part"], saved["result"], call)


def _dataset(row: Any) -> DatasetInfo | None:
    if row["dataset_sha256"] is None:
        return None
    return DatasetInfo(
        name=row["dataset_name"], sha256=row["dataset_sha256"], bytes=row["dataset_bytes"]
    )


async def renew(pool: Pool, leases: Sequence[Lease], *, lease_seconds: float) -> set[tuple[str, int]]:
    """Prolong leases; returns job id and token of those that still held."""
    rows = queries().renew_leases(
        pool,
        job_ids=[lease.job_id for lease in leases],
        lease_tokens=[lease.token for lease in leases],
        lease_seconds=lease_seconds,
    )
    return {(str(row["id"]), row["lease_token"]) async for row in rows}


async def save_step(
    pool: Pool, lease: Lease, key: str, checkpoint: Checkpoint, *, seconds: float
) -> None:
    """Keep a step's result with its event; LeaseLostError if the job is no longer ours."""
    await _fenced(
        "save_step",
        pool,
        lease,
        key=key,
        step=checkpoint.step,
        part=checkpoint.part,
        result=checkpoint.result,
        call=checkpoint.call and checkpoint.call.to_json(),
        seconds=seconds,
    )


async def save_draft(pool: Pool, lease: Lease, deck: Any) -> None:
    """Let the draft be read while the job goes on."""
    await _fenced("save_draft", pool, lease, deck=deck)


async def complete(pool: Pool, lease: Lease, deck: Any, model_work: ModelWork | None = None) -> None:
    """`model_work` is what is told of a deck that a model was to write."""
    told = model_work and model_work.to_json()
    await _fenced("complete_job", pool, lease, deck=deck, model_work=told)


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


@dataclass(frozen=True)
class Reclaimed:
    """A job that was taken back from a silent worker, as it is now; `attempt` is the lost one."""

    job_id: str
    deck_id: str
    user_id: str
    status: str
    worker_id: str
    priority: int
    attempt: int
    max_attempts: int


async def reclaim(
    pool: Pool, *, lease_seconds: float, since_break: float | None = None
) -> list[Reclaimed]:
    """Take back the jobs of silent workers.

    `since_break` is for how many seconds the database has answered since it last did not, None if it
    always has. Less than a lease: nobody's job is taken, as the living must have the time to renew
    theirs. A job whose lease was last renewed before that is not to blame.
    """
    rows = queries().reclaim_jobs(
        pool,
        lease_seconds=lease_seconds,
        since_break=since_break,
        max_crashes=MAX_CRASHES,
        crash_message=CRASH_MESSAGE,
    )
    copied = ("deck_id", "user_id", "status", "worker_id", "priority", "max_attempts")
    return [
        Reclaimed(
            job_id=str(row["id"]), attempt=row["attempts"] + 1, **{name: row[name] for name in copied}
        )
        async for row in rows
    ]
