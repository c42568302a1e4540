"""What the console shows: a tenant's jobs lately, one of them with all that is kept, and costs."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from deckgen.domain.access import Caller
from deckgen.domain.console import (
    Costs,
    CostsRequest,
    FoundCounts,
    JobPage,
    Overview,
    costs_by_step,
    timeline,
)
from deckgen.domain.errors import NotFound
from deckgen.domain.finding import JobBrief, JobFilter
from deckgen.domain.jobs import Job, StepProgress
from deckgen.domain.requests import parse
from deckgen.domain.webhook_log import LogRequest
from deckgen.domain.workers import RunningJob, Worker, WorkerList
from deckgen.queue.connections import Connections
from deckgen.queue.finding import of_caller
from deckgen.queue.jobs import Jobs
from deckgen.store import away, console, costs, finding, jobs, webhook_log, workers

MAX_DELIVERIES = 50


class Console:
    """A caller's tenant as the person on call sees it; the workers are everybody's."""

    def __init__(self, connections: Connections, caller: Caller, jobs_: Jobs) -> None:
        self._connections = connections
        self._reading = connections.reading.acting_for(caller)
        self._reading_all = connections.reading.service
        self._writing_all = connections.database.service
        self._caller, self._jobs = caller, jobs_

    async def overview(self) -> Overview:
        """Returns the jobs that are not over, and what happened in the last day and hour."""
        async with away.database():
            return await console.overview(self._reading)

    async def count_jobs(self, query: Mapping[str, Any]) -> FoundCounts:
        """Returns how many jobs match a filter with each status, up to a bound; `query` is as in
        `find_jobs`, and a status in it counts for nothing.
        """
        job_filter = of_caller(parse(JobFilter, query), self._caller)
        async with away.database():
            return await console.count_found(self._reading_all, self._caller.tenant, job_filter)

    async def job(self, job_id: str) -> JobPage:
        """Returns a job with all that is kept of it; NotFound if there is none."""
        job = await self._jobs.get(job_id)
        async with away.database():
            kept = await console.kept_of_job(self._reading, UUID(job_id))
            if kept is None:  # it was removed since
                raise NotFound(f"There is no job {job_id}.", code="job_not_found")
            deliveries = await webhook_log.page(
                self._reading, LogRequest(job=UUID(job_id)), None, limit=MAX_DELIVERIES
            )
            neighbours = [each for each in (kept.predecessor, kept.successor) if each is not None]
            briefs = await finding.briefly(self._reading, neighbours) if neighbours else []
        return JobPage(
            job=job,
            content=kept.content,
            dispatched_at=kept.dispatched_at,
            trace_id=kept.trace_id,
            timeline=timeline(job, kept.dispatched_at, kept.steps),
            events=kept.events,
            last_event=kept.last_event,
            costs=costs_by_step(job.usage),
            deliveries=deliveries,
            predecessor=_named(briefs, kept.predecessor),
            successor=_named(briefs, kept.successor),
        )

    async def costs(self, query: Mapping[str, Any] | None = None) -> Costs:
        """Returns what models cost in the last days, by day, user and model: `{"days": 30}`, of all
        that the caller sees or of one `user`.
        """
        request = parse(CostsRequest, query or {})
        last = datetime.now(UTC).date()
        first = last - timedelta(days=request.days - 1)
        reading = self._reading
        if request.user is not None:
            self._caller.require_user(request.user)
            reading = self._connections.reading.acting_for(replace(self._caller, user_id=request.user))
        async with away.database():
            await costs.sum_days(reading, self._writing_all, self._caller.tenant, first, last)
            return await costs.of_span(reading, first, last)

    async def workers(self) -> WorkerList:
        """Returns the workers that live, with what each does; NotAllowed for who is no operator."""
        self._caller.require_operator()
        async with away.database():
            living = await workers.living(self._reading_all)
            job_ids = [running.job_id for worker in living for running in worker.jobs]
            if not job_ids:
                return WorkerList(workers=living)
            found = await jobs.get_many(self._reading_all, job_ids)
            saved = await console.last_saved_steps(self._reading_all, job_ids)
        running_jobs = {job.job_id: job for job in found if job is not None}
        return WorkerList(workers=[_with_steps(worker, running_jobs, saved) for worker in living])


def _named(briefs: list[JobBrief], job_id: UUID | None) -> JobBrief | None:
    return next((brief for brief in briefs if brief.job_id == str(job_id)), None)


def _with_steps(worker: Worker, found: Mapping[str, Job], saved: Mapping[str, datetime]) -> Worker:
    """Returns the worker with the step that each of its jobs is at, as far as they still run."""
    told = [_with_step(running, found.get(running.job_id), saved) for running in worker.jobs]
    return worker.model_copy(update={"jobs": told})


def _with_step(running: RunningJob, job: Job | None, saved: Mapping[str, datetime]) -> RunningJob:
    step = _active_step(job) if job else None
    if step is None:
        return running
    since = max(running.since, saved.get(running.job_id, running.since))
    return running.model_copy(
        update={"step": step.name, "done": step.done, "of": step.of, "step_since": since}
    )


def _active_step(job: Job) -> StepProgress | None:
    return next((step for step in job.progress.steps if step.status == "active"), None)
