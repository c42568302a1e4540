"""The way in for Python callers and for the HTTP API: submit jobs, ask about them and change them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from deckgen.domain.asking import AskRequest, Replies
from deckgen.domain.decks import Verification
from deckgen.domain.events import Event
from deckgen.domain.finding import Action, BulkResult, FindRequest, FoundJobs, Preview
from deckgen.domain.job_kinds import kind_of
from deckgen.domain.job_kinds.generate import GenerateRequest
from deckgen.domain.jobs import Job, QueueStatus, Readiness, Submitted
from deckgen.domain.model_calls import Account
from deckgen.domain.presentations import DeckVersions, Presentation, PresentationSummary
from deckgen.domain.previews import PreviewRequest
from deckgen.domain.refreshing import Refresh
from deckgen.domain.requests import JobRequest, PriorityRequest, parse
from deckgen.domain.signing_keys import JsonWebKeySet
from deckgen.domain.table_models import TableModel
from deckgen.domain.workers import WorkerList
from deckgen.observability.logs import get_logger
from deckgen.queue import finding, previews
from deckgen.queue.connected import Connected
from deckgen.queue.demand import QueueFigures, queue_figures
from deckgen.queue.event_stream import Follower
from deckgen.queue.health import queue_status, readiness
from deckgen.queue.submit import accept, submitted
from deckgen.queue.table_files import TableAsRead
from deckgen.store import accounts, away, jobs

log = get_logger(__name__)


class AsyncOrchestrator(Connected):
    """The queue of decks: use as `async with AsyncOrchestrator() as deckgen:`, or connect and close.

    It sees and changes what is one tenant's; the queue, its figures and its pause are everybody's.
    Errors are those of deckgen.domain.errors: InvalidRequest, Conflict, NotFound, and Unavailable while
    the database can't be reached.
    """

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
        end is posted to `webhook_url`, signed with the tenant's secret. `policy` holds what the model
        may take: `maxTokens`, `maxCost`, `onModelFailure`.
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

        NotAllowed for a caller that is bound to another user. NotFound and InvalidRequest, as the kind
        of job says, for one about a deck that there is.
        """
        self._caller.require_user(request.user_id)
        kind = kind_of(request)
        request = await self._with_version(request)
        if kind.changes_deck:
            kind.check(request, (await self.get_presentation(request.deck_id)).deck)
        seconds = await self._estimates.seconds(request.priority)
        job_id, existing = await accept(
            self._database, self._settings, request, idempotency_key, tenant=self._caller.tenant
        )
        ids = {"jobId": job_id, "deckId": request.deck_id}
        log.info("job.accepted", **ids, priority=request.priority, existing=existing)
        if not existing:
            await self._dispatcher.dispatch((self._caller.tenant, request.user_id))
        return submitted(request, job_id, existing=existing, seconds=seconds)

    async def _with_version(self, request: JobRequest) -> JobRequest:
        """Returns the request with the version of the template that it means now."""
        brief = request.brief
        if brief is None or brief.template is None:
            return request
        worn = await self.templates.find(brief.template, "context.template")
        return request.model_copy(
            update={"context": brief.model_copy(update={"template": worn.reference})}
        )

    async def get_job_status(self, job_id: str) -> Job:
        """Returns the job's status, progress by step, attempts, times and error."""
        return await self._jobs.get(job_id)

    async def cancel_job(self, job_id: str) -> Job:
        """End a job that waits, is delayed or runs; Conflict if it has ended otherwise."""
        return await self._jobs.cancel(job_id)

    async def retry_job(self, job_id: str) -> Job:
        """Run a failed job again from its checkpoints; Conflict if there is nothing to go on from."""
        return await self._jobs.retry(job_id)

    async def dismiss_job(self, job_id: str) -> Job:
        """Record that nothing is to be done about a failed job; Conflict if it has not failed."""
        return await self._jobs.dismiss(job_id)

    async def change_priority(self, job_id: str, priority: int) -> Job:
        """Change the priority, 1 to 10, of a waiting job; Conflict if it runs or is over."""
        request = parse(PriorityRequest, {"priority": priority})
        return await self._jobs.change_priority(job_id, request.priority)

    async def events_after(self, job_id: str, number: int) -> list[Event]:
        """Returns the events of a job with a higher number, in order; NotFound without such a job."""
        return await self._jobs.events_after(job_id, number)

    async def follow_job(self, job_id: str, number: int = 0) -> Follower:
        """Returns a follower: iterate over it for the events after `number`, until the job's end.

        A client that has heard that end gets nothing. InvalidRequest for a number that no event has.
        """
        return await self._jobs.follow(job_id, number)

    async def find_jobs(self, query: Mapping[str, Any]) -> FoundJobs:
        """Returns a page of the jobs that match, the newest first; the fields are those of the API."""
        request = parse(FindRequest, query)
        async with self._searches:
            return await finding.find(self._connections.reading, self._caller, request)

    async def retry_jobs(self, request: Mapping[str, Any]) -> Preview | BulkResult:
        """Run all failed jobs again that match, `count` of them; a preview if `dryRun` is true."""
        return await self._change_jobs(Action.RETRY, request)

    async def cancel_jobs(self, request: Mapping[str, Any]) -> Preview | BulkResult:
        """End all jobs that match and are not over, likewise."""
        return await self._change_jobs(Action.CANCEL, request)

    async def dismiss_jobs(self, request: Mapping[str, Any]) -> Preview | BulkResult:
        """Record that nothing is to be done about all failed jobs that match, likewise."""
        return await self._change_jobs(Action.DISMISS, request)

    async def change_priorities(self, request: Mapping[str, Any]) -> Preview | BulkResult:
        """Give all waiting jobs that match the `priority`, likewise."""
        return await self._change_jobs(Action.PRIORITY, request)

    async def _change_jobs(self, action: Action, request: Mapping[str, Any]) -> Preview | BulkResult:
        database, changes = self._connections.database, self._bulk_changes
        return await finding.change_many(database, self._caller, changes, action, request)

    async def pause_queue(self) -> None:
        """Start nothing more, in any process; running jobs go on."""
        async with away.database():
            await jobs.pause(self._connections.database.serving(self._caller))

    async def resume_queue(self) -> None:
        """Start the waiting jobs."""
        async with away.database():
            await jobs.resume(self._connections.database.serving(self._caller))
        await self._dispatcher.dispatch()

    async def get_presentation(self, deck_id: str) -> Presentation:
        """Returns the deck's status, its JSON once it is completed, or the error message."""
        return await self._decks.get(deck_id)

    async def get_summary(self, deck_id: str) -> PresentationSummary:
        """Returns the same without the documents, which are not read: their hashes stand for them."""
        return await self._decks.get_summary(deck_id)

    async def get_deck(self, deck_id: str, sha256: str) -> dict[str, Any] | None:
        """Returns the deck or draft with this hash of a summary; None if another has replaced it."""
        return await self._decks.get_document(deck_id, sha256)

    async def get_unknown(self, deck_ids: list[str]) -> list[str]:
        """Returns the ids under which there is no deck, or no longer one."""
        return await self._decks.get_unknown(deck_ids)

    async def get_versions(self, deck_id: str) -> DeckVersions:
        """Returns the decks that a later one has replaced, the oldest first, and the present one."""
        return await self._decks.get_versions(deck_id)

    async def get_version(self, deck_id: str, number: int) -> dict[str, Any]:
        """Returns one of the former decks or the present one, by its number."""
        return await self._decks.get_version(deck_id, number)

    async def verify_presentation(self, deck_id: str) -> Verification:
        """Compute the last completed deck again from its table, and check its signature.

        Conflict if there is no deck yet.
        """
        return await self._decks.verify(deck_id)

    async def verify_presentation_file(self, deck_id: str, content: bytes) -> Verification:
        """Verify a PowerPoint file over the table of the last completed deck, as `deckgen verify` does:
        what was changed, added or moved in it is named.

        Conflict if there is no deck yet, InvalidRequest for a file that holds no proof.
        """
        return await self._decks.verify_file(deck_id, content)

    async def refresh_presentation(
        self, deck_id: str, content: bytes, csv_data: bytes, *, csv_name: str = "table.csv"
    ) -> tuple[Refresh, bytes]:
        """Put the numbers of a new table into a PowerPoint file, as `deckgen refresh` does: returns
        what became of it, and the file. Nothing is stored.

        NotFound if there is no such deck, InvalidRequest for a file that holds no proof, or a table
        without the columns that the deck needs.
        """
        return await self._decks.refresh(deck_id, content, csv_data, csv_name)

    async def preview_table(
        self,
        csv_data: str | bytes,
        context: Mapping[str, Any] | None = None,
        *,
        csv_name: str | None = None,
    ) -> TableModel:
        """Returns what a table means, with reasons, and how the context's questions are understood: no
        job, and nothing is kept.

        After PREVIEW_SECONDS the answer has what is decided, and names the rest in `unfinished`.
        UnreadableData for a table that no deck can be made of, Unavailable without the orchestrator.
        """
        values = {"csvData": csv_data, "csvName": csv_name, "context": context}
        given = {name: value for name, value in values.items() if value is not None}
        return await previews.preview(self._settings, parse(PreviewRequest, given))

    async def ask(
        self, deck_id: str, question: str, *, locale: str | None = None, language: str | None = None
    ) -> Replies:
        """Returns the answers to a question about the table of a deck: no job, and nothing is kept.

        Each is computed, or says why it was not. Conflict if there is no deck yet, or it was made from
        a brief alone; Unavailable without the orchestrator.
        """
        request = parse(AskRequest, {"question": question, "locale": locale, "language": language})
        return await self._decks.ask(deck_id, request)

    async def get_table_tag(self, deck_id: str) -> str:
        """Returns what tells the table of the last completed deck from others: its upload's SHA-256,
        and how it is read.
        """
        return await self._decks.get_table_tag(deck_id)

    async def get_table(self, deck_id: str) -> TableAsRead:
        """Returns the table of the last completed deck as it was read: Parquet in an open file, which
        the caller closes. Conflict if there is no deck yet, NotFound if it was made from a brief alone.
        """
        return await self._decks.get_table(deck_id)

    async def get_signing_keys(self) -> JsonWebKeySet:
        """Returns the public keys of all decks that were ever signed here."""
        return await self._decks.get_signing_keys()

    async def get_account(self, first: date, last: date, user_id: str | None = None) -> Account:
        """Returns the costs of calls to models on these days (UTC), both included, by day and user."""
        async with away.database():
            return Account(days=await accounts.by_day(self._database, first, last, user_id))

    async def get_queue_status(self) -> QueueStatus:
        """Returns jobs by status and figures, with the reasons if the queue is not healthy."""
        connections = self._connections
        return await queue_status(connections.reading.service, connections.delivery, self._settings)

    async def get_workers(self) -> WorkerList:
        """Returns the workers that live, with what each does; NotAllowed for who is no operator."""
        return await self.console.workers()

    async def get_figures(self) -> QueueFigures:
        """Returns the figures of the queue, with the workers that it wants."""
        return await queue_figures(self._connections.reading.service, self._settings)

    async def get_readiness(self) -> Readiness:
        """Returns the reasons why no job can be accepted; without Redis jobs are, and wait."""
        return await readiness(self._connections.reading.service, self._connections.delivery)
