"""Events of jobs: written by the statements that change a job, read here."""

from collections.abc import Sequence
from dataclasses import dataclass

from deckgen.domain.events import Event
from deckgen.store.pool import Pool
from deckgen.store.queries import queries


async def after(pool: Pool, job_id: str, number: int) -> list[Event]:
    """Returns the events of a job with a higher number, in order."""
    rows = queries().events_after(pool, job_id=job_id, number=number)
    return [Event(**row) async for row in rows]


@dataclass(frozen=True)
class Last:
    """The number of a job's last event, and whether the job was over with it."""

    number: int
    is_over: bool


async def last(pool: Pool, job_ids: Sequence[str]) -> dict[str, Last]:
    """Returns the last event of each of these jobs; jobs that do not exist are left out."""
    rows = queries().last_events(pool, job_ids=job_ids)
    return {str(row["id"]): Last(row["last_event"], row["is_over"]) async for row in rows}
