"""The account of calls to models.

A call is counted with the step that it was made for, or later if no worker was there to save the step.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from deckgen.domain.model_calls import Call, DayOfUser
from deckgen.domain.steps import Step
from deckgen.store.pool import Pool
from deckgen.store.queries import queries


@dataclass(frozen=True)
class PaidCall:
    """A call that was answered, for the step of a job with this key."""

    job_id: UUID
    key: str
    step: Step
    part: str
    call: Call


async def add(pool: Pool, calls: Sequence[PaidCall]) -> None:
    """Count calls that may not be in the account yet; none is counted twice."""
    await queries().add_calls(
        pool,
        job_ids=[paid.job_id for paid in calls],
        keys=[paid.key for paid in calls],
        steps=[paid.step for paid in calls],
        parts=[paid.part for paid in calls],
        calls=[paid.call.to_json() for paid in calls],
    )


async def by_day(pool: Pool, first: date, last: date, user_id: str | None) -> list[DayOfUser]:
    """Returns the tokens and costs of these days (UTC), both included, by user and model."""
    rows = queries().calls_by_day(pool, first=first, last=last, user_id=user_id)
    return [DayOfUser(**dict(row)) async for row in rows]
