"""How long a new job will take to end, as the queue stands."""

from deckgen.domain.estimates import estimate_seconds
from deckgen.runtime.batching import Batching
from deckgen.store import away, jobs
from deckgen.store import pool as store


class Estimates:
    """`slots` is how many jobs run at a time."""

    def __init__(self, database: store.Pool, *, slots: int) -> None:
        self._database = database
        self._slots = slots
        self._priorities = Batching(self._look)

    async def seconds(self, priority: int) -> int:
        """For a job of `priority`; Unavailable while the database can't be reached."""
        async with away.database():
            return await self._priorities.do(priority)

    async def _look(self, priorities: list[int]) -> list[int]:
        """Requests that come in at the same time look at the queue together."""
        outlooks = {one: await jobs.outlook(self._database, one) for one in set(priorities)}
        return [
            estimate_seconds(
                recent_seconds=outlooks[one].recent_seconds,
                jobs_ahead=outlooks[one].jobs_ahead,
                slots=self._slots,
            )
            for one in priorities
        ]
