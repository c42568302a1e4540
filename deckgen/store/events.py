"""Events of jobs: written by the statements that change a job, read here."""

from deckgen.domain.events import Event
from deckgen.store.pool import Pool
from deckgen.store.queries import queries


async def after(pool: Pool, job_id: str, number: int) -> list[Event]:
    """The events of a job whose number is higher, in order."""
    rows = queries().events_after(pool, job_id=job_id, number=number)
    return [Event(**row) async for row in rows]
