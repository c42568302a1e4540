"""Single jobs: their status and events, and the changes that a client makes to one."""

from functools import partial
from uuid import UUID

from structlog.contextvars import bound_contextvars

from deckgen.domain.access import Caller
from deckgen.domain.documents import uuid_of
from deckgen.domain.errors import FieldError, InvalidRequest, NotFound
from deckgen.domain.events import Event
from deckgen.domain.jobs import Job
from deckgen.queue import control
from deckgen.queue.connections import Connections
from deckgen.queue.dispatch import Dispatcher
from deckgen.queue.event_notifier import EventNotifier
from deckgen.queue.event_stream import Follower, Followers
from deckgen.runtime.batching import Batching
from deckgen.store import away, events
from deckgen.store import jobs as store


class Jobs:
    """The jobs that a caller sees, one at a time; each change is told to followers and workers."""

    def __init__(
        self,
        connections: Connections,
        caller: Caller,
        dispatcher: Dispatcher,
        notifier: EventNotifier,
        followers: Followers,
    ) -> None:
        self._database = connections.database.acting_for(caller)
        self._delivery, self._tenant, self._followers = connections.delivery, caller.tenant, followers
        self._dispatcher, self._notifier = dispatcher, notifier
        # Questions that come in while a statement is on its way share the next one.
        self._batches = Batching(partial(store.get_many, connections.reading.acting_for(caller)))

    async def get(self, job_id: str) -> Job:
        """Returns the job; NotFound if there is none, or it is no longer kept."""
        async with away.database():
            job = await self._batches.do(job_id) if uuid_of(job_id) else None
        if job is None:
            raise _unknown_job(job_id)
        return job

    async def cancel(self, job_id: str) -> Job:
        """End a job that is not over; Conflict if it has ended otherwise."""
        job = await self.get(job_id)
        with bound_contextvars(jobId=job_id, deckId=job.deck_id):
            await control.cancel(self._database, self._delivery, job_id)
        self._notifier.tell(job_id)
        await self._dispatcher.dispatch((self._tenant, job.user_id))
        await self._dispatcher.dispatch_webhooks()
        return await self.get(job_id)

    async def retry(self, job_id: str) -> Job:
        """Run a failed job again; Conflict if there is nothing to go on from."""
        job = await self.get(job_id)
        with bound_contextvars(jobId=job_id, deckId=job.deck_id):
            await control.redrive(self._database, job_id)
        self._notifier.tell(job_id)
        await self._dispatcher.dispatch((self._tenant, job.user_id))
        return await self.get(job_id)

    async def dismiss(self, job_id: str) -> Job:
        """Record that nothing is to be done about a failed job; Conflict if it has not failed."""
        job = await self.get(job_id)
        with bound_contextvars(jobId=job_id, deckId=job.deck_id):
            await control.dismiss(self._database, job_id)
        return await self.get(job_id)

    async def change_priority(self, job_id: str, priority: int) -> Job:
        """Change the priority of a waiting job; Conflict if it runs or is over."""
        job = await self.get(job_id)
        with bound_contextvars(jobId=job_id, deckId=job.deck_id):
            await control.change_priority(self._database, self._delivery, job_id, priority)
        self._notifier.tell(job_id)
        await self._dispatcher.dispatch((self._tenant, job.user_id))
        return await self.get(job_id)

    async def events_after(self, job_id: str, number: int) -> list[Event]:
        """Returns the events of a job with a higher number, in order."""
        async with away.database():
            await self._last_event(job_id)
            return await events.after(self._database, job_id, number)

    async def follow(self, job_id: str, number: int) -> Follower:
        """Returns a follower of the events after `number`; InvalidRequest if no event has it."""
        async with away.database():
            last = await self._last_event(job_id)
        if number > last.number:
            raise InvalidRequest.of(
                FieldError("Last-Event-ID", "must be the number of an event of this job"),
                code="invalid_last_event_id",
            )
        follower = self._followers.follow(str(UUID(job_id)), number)
        if last.is_over and number == last.number:
            follower.end()
        return follower

    async def _last_event(self, job_id: str) -> events.Last:
        """Returns the last event of a job; NotFound if there is no such job, or if it is another's."""
        last_events = await events.last(self._database, [job_id]) if uuid_of(job_id) else {}
        if not last_events:
            raise _unknown_job(job_id)
        (last,) = last_events.values()
        return last


def _unknown_job(job_id: str) -> NotFound:
    return NotFound(f"There is no job {job_id!r}, or it is no longer kept.", code="job_not_found")
