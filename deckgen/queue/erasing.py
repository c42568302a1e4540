"""The work of a deletion: from its receipt on, a short transaction at a time, until nothing is left.

The process that was asked does it, and a worker's reconciler if that process has died.
"""

from collections.abc import Awaitable, Callable
from uuid import UUID

import asyncpg

from deckgen.domain.access import Caller
from deckgen.observability.logs import get_logger
from deckgen.queue import control
from deckgen.queue.event_notifier import EventNotifier
from deckgen.queue.pool import DeliveryPool
from deckgen.redis.kept_answers import forget_answers
from deckgen.redis.refusals import REDIS_AWAY
from deckgen.store import deletions
from deckgen.store.deletions import Batch, Deletion
from deckgen.store.pool import Database, Pool

log = get_logger(__name__)

MayGoOn = Callable[[], bool]
Work = Callable[[Pool, Deletion], Awaitable[Batch]]
# First what runs: so a worker lets go before its rows do.
STAGES: tuple[Work, ...] = (
    deletions.cancel_jobs,
    deletions.delete_jobs,
    deletions.delete_versions,
    deletions.take_names_off_calls,
)
OF_MANY: tuple[Work, ...] = (deletions.delete_decks,)  # a single deck goes with the end
DEADLOCKS = 3  # in a row: the other transaction goes on, and this one is repeated


class Eraser:
    def __init__(self, database: Database, delivery: DeliveryPool, notifier: EventNotifier) -> None:
        self._database, self._delivery, self._notifier = database, delivery, notifier

    async def erase(self, deletion: Deletion, may_go_on: MayGoOn = lambda: True) -> bool:
        """Remove what is left; True if nothing is, False if it may not go on before that.

        An error of the database leaves the rest to the next who goes on.
        """
        pool = self._database.acting_for(Caller(deletion.tenant))  # sees all users of the tenant
        for stage in STAGES if deletion.names["deck_id"] else STAGES + OF_MANY:
            while not (batch := await _repeated(stage, pool, deletion)).is_empty:
                await self._tell(batch)
                if not may_go_on():
                    return False
        await deletions.forget_places(self._database.service, deletion)
        await _repeated(deletions.complete, pool, deletion)
        log.info("deletion.completed", deletion=str(deletion.id), what=deletion.what)
        return True

    async def _tell(self, batch: Batch) -> None:
        """Tell workers and followers of what was cancelled, and Redis of what was removed."""
        if batch.cancelled:
            dispatches = {str(job_id): number for job_id, number in batch.cancelled.items()}
            await control.tell(self._delivery, dispatches, cancelled=list(dispatches))
            self._tell_followers(batch.cancelled)
        if batch.step_keys:
            try:
                await forget_answers(self._delivery, batch.step_keys)
            except REDIS_AWAY as error:  # they expire within the hour
                log.warning("deletion.answers_left", error=repr(error))

    def _tell_followers(self, job_ids: dict[UUID, int]) -> None:
        for job_id in job_ids:
            self._notifier.tell(str(job_id))


async def _repeated(work: Work, pool: Pool, deletion: Deletion) -> Batch:
    """Returns what a transaction did, begun anew if it had to give way to another."""
    for _ in range(DEADLOCKS - 1):
        try:
            return await work(pool, deletion)
        except asyncpg.DeadlockDetectedError:
            continue
    return await work(pool, deletion)
