"""The right of a worker to a job: taken, kept, and lost by who is silent."""

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

    `checkpoints` has the steps that were finished before, by their keys. `parameters` are those
    of its kind; a job that changes a deck has the `deck` as it is. `contract` is the version of the
    steps that it began with. `age` is in seconds since the job was accepted.
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
    kind: str
    parameters: Any
    deck: Any
    checkpoints: dict[str, Checkpoint]

    @classmethod
    def of(cls, row: Any) -> Self:
        """The lease of a job that was claimed."""
        return cls(
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
            kind=row["kind"],
            parameters=row["parameters"],
            deck=row["deck"],
            checkpoints={key: _checkpoint(one) for key, one in (row["checkpoints"] or {}).items()},
        )


async def claim(
    pool: Pool, dispatches: Sequence[tuple[str, int]], *, worker_id: str, lease_seconds: float
) -> list[Any]:
    """Take the leases of jobs that are due: a row for `Lease.of`, None if another has it or it is over.

    A dispatch is a job's id and the number of the dispatch that was picked up; None too if it is not
    the job's last one, if the job was begun with steps of a version that is not known here, or if its
    kind is not.
    """
    ordered = sorted(dispatches)  # whoever locks several jobs does so in one order
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
    found = {(str(row["id"]), row["dispatch_no"]): row async for row in rows}
    return [found.pop(dispatch, None) for dispatch in dispatches]


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
    """What the clock of the database says."""
    now: datetime = await queries().database_time(pool)
    return now


async def reclaim(
    pool: Pool, *, lease_seconds: float, not_after: datetime, since_break: float | None = None
) -> list[Reclaimed]:
    """Take back the jobs of silent workers.

    `since_break` is for how many seconds the database has answered since it last did not, None if it
    always has. Less than a lease: nobody's job is taken, as the living must have the time to renew
    theirs. A job whose lease was last renewed before that is not to blame. A question that the database
    begins with after `not_after`, by its own clock, changes nothing.
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
