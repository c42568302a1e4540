"""The time that a new job will take to end, as the queue stands."""

from deckgen.domain.estimates import estimate_seconds
from deckgen.runtime.batching import Batching
from deckgen.store import away, jobs
from deckgen.store import pool as store


class Estimates:
    """Estimates for a queue that runs `slots` jobs at a time."""

    def __init__(self, database: store.Pool, *, slots: int) -> None:
        self._database = database
        self._slots = slots
        self._priorities = Batching(self._look)

    async def seconds(self, priority: int) -> int:
        """Returns the seconds for a job of `priority`; Unavailable while the database is away."""
        async with away.database():
            return await self._priorities.do(priority)

    async def _look(self, priorities: list[int]) -> list[int]:
        """Returns an estimate for each of the requests that came in at the same time."""
        outlooks = {
            priority: await jobs.outlook(self._database, priority) for priority in set(priorities)
        }
        return [
            estimate_seconds(
                recent_seconds=outlooks[priority].recent_seconds,
                jobs_ahead=outlooks[priority].jobs_ahead,
                slots=self._slots,
            )
            for priority in priorities
        ]
