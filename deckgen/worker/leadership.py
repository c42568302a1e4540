"""The leadership of the fleet: one worker at a time puts right for all what others left behind.

Its place is a row that it renews, and not an advisory lock of PostgreSQL's: that would need a session
of its own, which a PgBouncer does not give. The place of a worker that died is taken within two
seconds. A few heirs look often, and all others only with their heartbeat, so a large fleet costs no
more than a small one.
"""

import time

from deckgen.store import workers
from deckgen.store.pool import Pool

LEAD_SECONDS = 1.25
LOOK_SECONDS = 0.4  # how often the place is renewed, and heirs look


class Leadership:
    """This worker's hold on the place, in which it believes no longer than the row says."""

    def __init__(self, database: Pool, worker_id: str) -> None:
        self._database, self._worker_id = database, worker_id
        self._until = 0.0
        self._looks = True

    @property
    def has_place(self) -> bool:
        return time.monotonic() < self._until

    async def follow_heartbeat(self, place: workers.ReconcilerPlace) -> None:
        """Take in what the heartbeat said of the place."""
        self._looks = place.is_heir or not place.is_taken
        if not place.is_taken:
            await self.look()

    async def look(self) -> None:
        """Keep the place, or take it if it is free; do nothing if this worker is not to look."""
        if not (self._looks or self.has_place):
            return
        asked_at = time.monotonic()
        leads = await workers.lead(self._database, self._worker_id, seconds=LEAD_SECONDS)
        self._until = asked_at + LEAD_SECONDS if leads else 0.0
