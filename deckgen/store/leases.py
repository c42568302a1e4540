"""The right of a worker to a job: it is taken, kept, and lost by a silent worker."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from deckgen.domain.briefs import Brief
from deckgen.domain.job_kinds import job_kinds
from deckgen.domain.model_calls import Call, ModelPolicy
from deckgen.domain.step_contract import DatasetInfo
from deckgen.domain.steps import CONTRACT, SERVED_CONTRACTS, UNWRITTEN_CONTRACT, Step
from deckgen.store.pool import Pool
from deckgen.store.queries import queries

MAX_CRASHES = 3  # in a row, without a step finished in between
CRASH_MESSAGE = (
    f"The worker died {MAX_CRASHES} times while it made this deck, so it is not tried again. "
    "Try a smaller table, or ask the operator to look at the workers' logs."
)


class LeaseLostError(Exception):
    """Another worker has the job now, or it is over: stop, and write nothing more."""


@dataclass(frozen=True)
class Checkpoint:
    """The saved result of a step, and the call to a model that gave it, if there was one."""

    step: Step
    part: str
    result: Any
    call: Call | None


@dataclass(frozen=True)
class Lease:
    """The right to work on a job until the lease runs out, proved by `token`.

    `checkpoints` holds the finished steps by their keys. `parameters` are those of the job's kind; a
    job that changes a deck has the `deck` as it is. `contract` is the version of the steps that the job
    began with. `age` is the time in seconds since it was accepted; nobody began it before its
    `is_first_start`.
    """

    job_id: str
    tenant_id: str
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
    is_first_start: bool
    traceparent: str | None
    contract: int
    policy: ModelPolicy
    kind: str
    parameters: Any
    deck: Any
    checkpoints: dict[str, Checkpoint]

    @classmethod
    def of(cls, row: Any) -> Self:
        """Returns the lease in a row of `claim`."""
        return cls(
            job_id=str(row["id"]),
            tenant_id=row["tenant_id"],
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
            is_first_start=row["is_first_start"],
            traceparent=row["traceparent"],
            contract=row["contract"],
            policy=ModelPolicy.model_validate(row["policy"]),
            kind=row["kind"],
            parameters=row["parameters"],
            deck=row["deck"],
            checkpoints={key: _checkpoint(saved) for key, saved in (row["checkpoints"] or {}).items()},
        )


async def claim(
    pool: Pool, dispatches: Sequence[tuple[str, int]], *, worker_id: str, lease_seconds: float
) -> list[Any]:
    """Take the leases of jobs that are due; returns a row for `Lease.of` for each dispatch, or None.

    A dispatch is a job's id and the number of the dispatch that was picked up. It gets None if another
    worker has the job, if the job is over or was dispatched again, or if this version knows neither its
    kind nor the version of the steps that it began with.
    """
    ordered = sorted(dispatches)  # all who lock several jobs do so in one order
    rows = queries().claim_jobs(
        pool,
        job_ids=[job_id for job_id, _ in ordered],
        dispatch_nos=[number for _, number in ordered],
        worker_id=worker_id,
        lease_seconds=lease_seconds,
        contract=CONTRACT,
        unwritten=UNWRITTEN_CONTRACT,
        served=SERVED_CONTRACTS,
        kinds=[*job_kinds()],
    )
    rows_by_dispatch = {(str(row["id"]), row["dispatch_no"]): row async for row in rows}
    return [rows_by_dispatch.pop(dispatch, None) for dispatch in dispatches]


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
    ordered = sorted(leases, key=lambda lease: lease.job_id)
    rows = queries().renew_leases(
        pool,
        job_ids=[lease.job_id for lease in ordered],
        lease_tokens=[lease.token for lease in ordered],
        lease_seconds=lease_seconds,
    )
    return {(str(row["id"]), row["lease_token"]) async for row in rows}


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


async def database_time(pool: Pool) -> datetime:
    """Returns the time by the database's clock."""
    now: datetime = await queries().database_time(pool)
    return now


async def reclaim(
    pool: Pool, *, lease_seconds: float, not_after: datetime, since_break: float | None = None
) -> list[Reclaimed]:
    """Take back the jobs of silent workers.

    `since_break` is for how many seconds the database has answered without a break, None if there was
    none. If that is shorter than a lease, no job is taken: living workers need the time to renew
    theirs. A job whose lease was last renewed before the break is not to blame. A statement that the
    database begins after `not_after`, by its own clock, changes nothing.
    """
    rows = queries().reclaim_jobs(
        pool,
        lease_seconds=lease_seconds,
        since_break=since_break,
        not_after=not_after,
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
