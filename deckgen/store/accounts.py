"""The account of calls to models: it is written with the steps that they were made for."""

from datetime import date
from uuid import UUID

from deckgen.domain.calls import CallOfStep, DayOfUser, Usage
from deckgen.store.pool import Pool
from deckgen.store.queries import queries


async def of_job(pool: Pool, job_id: UUID) -> Usage:
    """Every call that a job has paid for, in the order in which they were answered."""
    rows = queries().calls_of_job(pool, job_id=job_id)
    return Usage.of([CallOfStep(**dict(row)) async for row in rows])


async def by_day(pool: Pool, first: date, last: date, user_id: str | None) -> list[DayOfUser]:
    """What was paid on these days (UTC), both included, by user and model; of all users for None."""
    rows = queries().calls_by_day(pool, first=first, last=last, user_id=user_id)
    return [DayOfUser(**dict(row)) async for row in rows]
