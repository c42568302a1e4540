"""Submit jobs and ask about them: what the HTTP API is made of, and Python callers use directly."""

import asyncio
import re
from collections.abc import Mapping
from datetime import date
from functools import partial
from types import TracebackType
from typing import Any, Self
from uuid import UUID

from structlog.contextvars import bound_contextvars

from deckgen.config.settings import Settings, load_settings
from deckgen.domain.decks import Verification
from deckgen.domain.documents import is_id
from deckgen.domain.errors import Conflict, FieldError, InvalidRequest, NotFound
from deckgen.domain.estimates import in_words
from deckgen.domain.events import Event
from deckgen.domain.finding import Action, BulkResult, FindRequest, FoundJobs, Preview
from deckgen.domain.job_kinds import kind_of
from deckgen.domain.job_kinds.generate import GenerateRequest
from deckgen.domain.jobs import Job, JobStatus, QueueStatus, Readiness, Submitted
from deckgen.domain.model_calls import Account
from deckgen.domain.presentations import DeckVersions, Presentation, PresentationSummary
from deckgen.domain.requests import JobRequest, PriorityRequest, parse
from deckgen.domain.signing_keys import JsonWebKeySet
from deckgen.observability.logs import get_logger
from deckgen.queue import control, finding
from deckgen.queue.dispatch import Dispatcher
from deckgen.queue.estimates import Estimates
from deckgen.queue.event_notifier import Hints
from deckgen.queue.event_stream import Follower, Following
from deckgen.queue.health import queue_status, why_not_delivered, why_not_stored
from deckgen.queue.many import Many
from deckgen.queue.pool import create_pool
from deckgen.queue.submit import accept
from deckgen.queue.verification import verify, with_signature
from deckgen.runtime.batching import Gathering
from deckgen.store import accounts, away, events, jobs, presentations, signing_keys
from deckgen.store import pool as store

log = get_logger(__name__)

REDIS_RETRIES = 1
READING = 0.3  # of the connections to PostgreSQL: the others write
SEARCHES = 2  # at a time: who asks for one job does not wait for those who look through all
MAX_VERSION = 2**31 - 1  # what PostgreSQL's integers hold
JOB_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)


class AsyncOrchestrator:
    """Use as `async with AsyncOrchestrator() as deckgen:`, or call `connect()` and `close()`.

    Errors are those of deckgen.domain.errors: InvalidRequest, Conflict, NotFound, and Unavailable while
    the database can't be reached.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self._settings = settings or load_settings()

    async def connect(self) -> None:
        """Make the pools; connections are opened when they are first needed."""
        create = partial(
            store.create_pool,
            self._settings.database_url.get_secret_value(),
            statement_cache=self._settings.database_statement_cache,
        )
        reading = max(1, round(READING * self._settings.database_pool_size))
        self._database = await create(max_size=max(1, self._settings.database_pool_size - reading))
        # Who asks how far a job is does not wait for requests that are being written.
        self._reading = await create(max_size=reading)
        self._delivery = create_pool(self._settings, retries=REDIS_RETRIES)
        self._dispatcher = Dispatcher(
            self._database, self._delivery, user_concurrency=self._settings.user_concurrency
        )
        self._estimates = Estimates(self._database, slots=self._settings.queue_concurrency)
        # What is asked for while a statement is on its way is asked for by the next one, all together.
        self._jobs = Gathering(partial(jobs.get_many, self._reading))
        self._summaries = Gathering(partial(presentations.summaries, self._reading))
        self._hints = Hints(self._delivery)
        self._searches = asyncio.Semaphore(SEARCHES)
        self._many = Many(self._database, self._delivery, self._dispatcher, self._hints)
        self._following = Following(self._database, self._delivery)

    async def close(self) -> None:
        await self._following.close()
        await self._hints.close()
        await self._delivery.aclose()
        await self._reading.close()
        await self._database.close()

    async def __aenter__(self) -> Self:
        await self.connect()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    async def enqueue_presentation_generation(
        self,
        deck_id: str,
        user_id: str,
        context: Mapping[str, Any],
        csv_data: str | bytes | None = None,
        priority: int = 5,
        *,
        csv_name: str | None = None,
        idempotency_key: str | None = None,
        webhook_url: str | None = None,
        policy: Mapping[str, Any] | None = None,
    ) -> Submitted:
        """Accept a job: when this returns, it is in PostgreSQL and will end.

        `context` has the fields of the API (`businessContext`, `industry`, ...), `csv_data` is the
        content of a file called `csv_name` (CSV, XLSX or Parquet), `priority` is 1 to 10, higher is
        more urgent. A deck whose job is not over yet keeps that job, and the answer says so. A second
        call with the same `idempotency_key` gets the job of the first, whatever became of it. The job's
        end is posted to `webhook_url`, signed with WEBHOOK_SECRET. `policy` holds what the model may
        take: `maxTokens`, `maxCost`, `onModelFailure`.
        """
        request = parse(
            GenerateRequest,
            {
                "deckId": deck_id,
                "userId": user_id,
                "context": dict(context),
                "csvData": csv_data,
                "priority": priority,
                "webhookUrl": webhook_url,
            }
            | ({"csvName": csv_name} if csv_name else {})
            | dict(policy or {}),
        )
        return await self.submit(request, idempotency_key)

    async def submit(self, request: JobRequest, idempotency_key: str | None = None) -> Submitted:
        """Accept a request that was checked by its model.

        NotFound and InvalidRequest, as the kind of job says, for one about a deck that there is.
        """
        kind = kind_of(request)
        if kind.changes_deck:
            kind.check(request, (await self.get_presentation(request.deck_id)).deck)
        seconds = await self._estimates.seconds(request.priority)
        accepted = await accept(self._database, self._settings, request, idempotency_key)
        return await self._submitted(request, *accepted, seconds)

    async def _submitted(
        self,
        request: JobRequest,
        job_id: str,
        existing: bool,
        seconds: int,
    ) -> Submitted:
        ids = {"jobId": job_id, "deckId": request.deck_id}
        log.info("job.accepted", **ids, priority=request.priority, existing=existing)
        if not existing:
            await self._dispatcher.dispatch(request.user_id)
        return Submitted(
            job_id=job_id,
            deck_id=request.deck_id,
            status=JobStatus.WAITING,
            estimated_time=in_words(seconds),
            estimated_seconds=seconds,
            existing=existing,
            status_url=f"/api/ai/jobs/{job_id}",
            deck_url=f"/api/presentations/{request.deck_id}",
        )

    async def get_job_status(self, job_id: str) -> Job:
        """The job's status, progress by step, attempts, times and error."""
        async with away.database():
            job = await self._jobs.do(job_id) if _is_uuid(job_id) else None
        if job is None:
            raise _unknown(job_id)
        return job

    async def cancel_job(self, job_id: str) -> Job:
        """End a job that waits, is delayed or runs. Conflict if it has ended otherwise."""
        job = await self.get_job_status(job_id)
        with bound_contextvars(jobId=job_id, deckId=job.deck_id):
            await control.cancel(self._database, self._delivery, job_id)
        self._hints.tell(job_id)
        await self._dispatcher.dispatch(job.user_id)
        await self._dispatcher.dispatch_webhooks()
        return await self.get_job_status(job_id)

    async def retry_job(self, job_id: str) -> Job:
        """Run a failed job again from its checkpoints. Conflict if there is nothing to go on from."""
        job = await self.get_job_status(job_id)
        with bound_contextvars(jobId=job_id, deckId=job.deck_id):
            await control.redrive(self._database, job_id)
        self._hints.tell(job_id)
        await self._dispatcher.dispatch(job.user_id)
        return await self.get_job_status(job_id)

    async def dismiss_job(self, job_id: str) -> Job:
        """Say of a failed job that nothing is to be done about it. Conflict if it has not failed."""
        job = await self.get_job_status(job_id)
        with bound_contextvars(jobId=job_id, deckId=job.deck_id):
            await control.dismiss(self._database, job_id)
        return await self.get_job_status(job_id)

    async def find_jobs(self, query: Mapping[str, Any]) -> FoundJobs:
        """A page of the jobs that match, the newest first; the fields are those of the API."""
        request = parse(FindRequest, query)
        async with self._searches:
            return await finding.find(self._reading, request)

    async def retry_jobs(self, request: Mapping[str, Any]) -> Preview | BulkResult:
        """Run all failed jobs again that match, `count` of them; a preview if `dryRun` is true."""
        return await finding.change_many(self._database, self._many, Action.RETRY, request)

    async def cancel_jobs(self, request: Mapping[str, Any]) -> Preview | BulkResult:
        """End all jobs that match and are not over, likewise."""
        return await finding.change_many(self._database, self._many, Action.CANCEL, request)

    async def dismiss_jobs(self, request: Mapping[str, Any]) -> Preview | BulkResult:
        """Say of all failed jobs that match that nothing is to be done about them, likewise."""
        return await finding.change_many(self._database, self._many, Action.DISMISS, request)

    async def change_priority(self, job_id: str, priority: int) -> Job:
        """Of a job that waits, 1 to 10. Conflict if it runs or is over."""
        request = parse(PriorityRequest, {"priority": priority})
        job = await self.get_job_status(job_id)
        with bound_contextvars(jobId=job_id, deckId=job.deck_id):
            await control.change_priority(self._database, self._delivery, job_id, request.priority)
        self._hints.tell(job_id)
        await self._dispatcher.dispatch(job.user_id)
        return await self.get_job_status(job_id)

    async def pause_queue(self) -> None:
        """Start nothing more, in any process; what runs goes on."""
        async with away.database():
            await jobs.pause(self._database)

    async def resume_queue(self) -> None:
        """Start what waits."""
        async with away.database():
            await jobs.resume(self._database)
        await self._dispatcher.dispatch()

    async def events_after(self, job_id: str, number: int) -> list[Event]:
        """The events of a job with a higher number, in order."""
        async with away.database():
            return await events.after(self._database, job_id, number)

    async def follow_job(self, job_id: str, number: int = 0) -> Follower:
        """Iterate over the result for the events after `number`, as they come, to the job's end.

        A client that has heard that end gets nothing. InvalidRequest for a number that no event has.
        """
        async with away.database():
            last = await events.last(self._database, [job_id]) if _is_uuid(job_id) else {}
        if not last:
            raise _unknown(job_id)
        (found,) = last.values()
        if number > found.number:
            raise InvalidRequest.of(
                FieldError("Last-Event-ID", "must be the number of an event of this job"),
                code="invalid_last_event_id",
            )
        follower = self._following.follow(str(UUID(job_id)), number)
        if found.is_over and number == found.number:
            follower.end()
        return follower

    async def get_presentation(self, deck_id: str) -> Presentation:
        """The deck's status, its JSON once it is completed, or the error message."""
        async with away.database():
            known = is_id(deck_id)
            presentation = await presentations.get(self._database, deck_id) if known else None
        if presentation is None:
            raise unknown_deck(deck_id)
        return presentation

    async def get_summary(self, deck_id: str) -> PresentationSummary:
        """The same without the documents, which are not read: their hashes stand for them."""
        async with away.database():
            summary = await self._summaries.do(deck_id) if is_id(deck_id) else None
        if summary is None:
            raise unknown_deck(deck_id)
        return summary

    async def get_deck(self, deck_id: str, sha256: str) -> dict[str, Any] | None:
        """The deck or draft with this hash of a summary; None if another has taken its place."""
        async with away.database():
            return await presentations.deck_of_hash(self._reading, deck_id, sha256)

    async def get_unknown(self, deck_ids: list[str]) -> list[str]:
        """Those of the ids under which there is no deck, or no more."""
        async with away.database():
            return await presentations.unknown(self._reading, deck_ids)

    async def get_versions(self, deck_id: str) -> DeckVersions:
        """The decks that a later one has taken the place of, the oldest first."""
        await self.get_presentation(deck_id)
        async with away.database():
            return DeckVersions(versions=await presentations.versions(self._database, deck_id))

    async def get_version(self, deck_id: str, number: int) -> dict[str, Any]:
        """One of the former decks, by its number."""
        async with away.database():
            known = is_id(deck_id) and number <= MAX_VERSION
            deck = await presentations.version(self._database, deck_id, number) if known else None
        if deck is None:
            raise NotFound(
                f"There is no version {number} of the deck {deck_id!r}.", code="version_not_found"
            )
        return deck

    async def get_account(self, first: date, last: date, user_id: str | None = None) -> Account:
        """What was paid for calls to models on these days (UTC), both included, by day and user."""
        async with away.database():
            days = await accounts.by_day(self._database, first, last, user_id)
        return Account(days=days)

    async def verify_presentation(self, deck_id: str) -> Verification:
        """Compute the last completed deck again from its table, and check its signature.

        Conflict if there is no deck yet.
        """
        presentation = await self.get_presentation(deck_id)
        async with away.database():
            found = await presentations.get_with_data(self._database, deck_id)
        if found is None:
            raise Conflict(
                f"There is no deck yet: it is {presentation.status}.", code="deck_not_completed"
            )
        keys = await self.get_signing_keys()
        verification = await verify(self._settings, found)
        return await asyncio.to_thread(with_signature, verification, found, keys)

    async def get_signing_keys(self) -> JsonWebKeySet:
        """The public keys of all that was ever signed here."""
        async with away.database():
            return await signing_keys.public_keys(self._database)

    async def get_queue_status(self) -> QueueStatus:
        """Jobs by status, figures, and whether the queue is healthy, with the reasons if it is not."""
        return await queue_status(self._reading, self._delivery, self._settings)

    async def get_readiness(self) -> Readiness:
        """Whether jobs can be accepted: that a row can be written. Without Redis they are, and wait."""
        stored, delivered = await asyncio.gather(
            why_not_stored(self._reading), why_not_delivered(self._delivery)
        )
        return Readiness(reasons=stored, warnings=delivered)


def unknown_deck(deck_id: str) -> NotFound:
    return NotFound(f"There is no deck {deck_id!r}.", code="deck_not_found")


def _unknown(job_id: str) -> NotFound:
    return NotFound(f"There is no job {job_id!r}, or it is not kept any more.", code="job_not_found")


def _is_uuid(value: str) -> bool:
    """Whether it is one as we write it; Python and PostgreSQL each know further forms."""
    return bool(JOB_ID.fullmatch(value))
