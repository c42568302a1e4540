"""What the console reads; no statement reads more than a bound of what a tenant has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from deckgen.domain.console import (
    HOURS,
    STRETCH_SECONDS,
    STRETCHES,
    STRETCHES_OF_AN_HOUR,
    Count,
    ErrorCount,
    FoundCounts,
    JobContent,
    OpenJobs,
    Overview,
    Period,
    SavedStep,
    Stretch,
    Times,
)
from deckgen.domain.events import Event
from deckgen.domain.finding import JobFilter
from deckgen.domain.jobs import JobStatus
from deckgen.store import finding
from deckgen.store.pool import Connection, Pool
from deckgen.store.queries import queries

MAX_COUNTED = 50_000  # jobs of a day; of more the latest are counted
MAX_COUNT = 1_000  # beside a filter, and of what waits: "1,000+"
MAX_STEPS, MAX_EVENTS, TEXT_LENGTH = 500, 200, 2_000


async def overview(pool: Pool) -> Overview:
    """Returns the jobs that a caller sees, now and in the last day."""
    at = datetime.now(UTC)
    since = at - timedelta(hours=HOURS)
    stretches = {"since": since, "seconds": STRETCH_SECONDS, "limit": MAX_COUNTED}
    async with pool.acquire() as connection:
        await finding.plan_anew(connection)
        accepted = [row async for row in queries().accepted_by_time(connection, **stretches)]
        ended = [row async for row in queries().ended_by_time(connection, **stretches)]
        hour = {"since": at - timedelta(hours=1), "limit": MAX_COUNTED}
        times = await queries().times_of_ended(connection, **hour)
        standing = await queries().open_jobs(connection, limit=MAX_COUNT + 1)
    tally = _Tally(since, accepted, ended)
    return Overview(
        at=at,
        now=_open_jobs(standing),
        day=tally.period(0),
        hour=tally.period(STRETCHES - STRETCHES_OF_AN_HOUR),
        series=tally.series(),
        waited=_times(times["waited"]),
        ran=_times(times["ran"]),
    )


class _Tally:
    """The jobs of a day in its stretches: what was accepted, and what ended how."""

    def __init__(self, since: datetime, accepted: Sequence[Any], ended: Sequence[Any]) -> None:
        self._since, self._accepted, self._ended = since, accepted, ended
        # Where more happened than is counted, the counting begins with the first that was counted.
        firsts = [
            min(row["first"] for row in rows)
            for rows in (accepted, ended)
            if sum(row["jobs"] for row in rows) >= MAX_COUNTED
        ]
        self._counted_from = max(firsts, default=since)

    def period(self, first: int) -> Period:
        """Returns what happened from one stretch on."""
        since = max(self._begin(first), self._counted_from)
        errors: dict[str, int] = {}
        for row in self._ended:
            if row["stretch"] >= first and row["status"] == JobStatus.FAILED:
                errors[row["error_code"]] = errors.get(row["error_code"], 0) + row["jobs"]
        ranked = sorted(errors.items(), key=lambda error: (-error[1], error[0]))
        return Period(
            since=since,
            is_whole=since == self._begin(first),
            errors=[ErrorCount(code=code, count=count) for code, count in ranked],
            **self._counts(range(first, STRETCHES + 1)),
        )

    def series(self) -> list[Stretch]:
        return [
            Stretch(begins_at=self._begin(number), **self._counted(number))
            for number in range(STRETCHES)
        ]

    def _begin(self, number: int) -> datetime:
        return self._since + timedelta(seconds=number * STRETCH_SECONDS)

    def _counted(self, number: int) -> Mapping[str, int | None]:
        # What happened while this was asked belongs to the last stretch.
        numbers = range(number, number + 2 if number == STRETCHES - 1 else number + 1)
        counts = self._counts(numbers)
        return counts if self._begin(number) >= self._counted_from else dict.fromkeys(counts)

    def _counts(self, numbers: range) -> dict[str, int]:
        def ended(status: JobStatus) -> int:
            return sum(
                row["jobs"]
                for row in self._ended
                if row["stretch"] in numbers and row["status"] == status
            )

        return {
            "accepted": sum(row["jobs"] for row in self._accepted if row["stretch"] in numbers),
            "completed": ended(JobStatus.COMPLETED),
            "failed": ended(JobStatus.FAILED),
            "cancelled": ended(JobStatus.CANCELLED),
        }


def _open_jobs(row: Any) -> OpenJobs:
    names = ("waiting", "delayed", "active")
    counts = {name: Count.up_to(MAX_COUNT, row[name]) for name in names}
    return OpenJobs(oldest_waiting_since=row["oldest_waiting"], **counts)


def _times(found: Sequence[float] | None) -> Times:
    p50, p95 = found or (None, None)
    return Times(p50=p50, p95=p95)


async def count_found(pool: Pool, tenant: str, job_filter: JobFilter) -> FoundCounts:
    """Returns how many of the tenant's jobs match, whatever their status; pool as in finding.find."""
    job_filter = job_filter.model_copy(update={"status": None})
    if job_filter.q is not None:
        places = await finding.find(pool, tenant, job_filter, None, limit=MAX_COUNT + 1)
        rows = queries().statuses_of_jobs(pool, job_ids=[place.job_id for place in places])
        counts = {row["status"]: row["jobs"] async for row in rows}
    else:
        counts = await finding.count(pool, tenant, job_filter, limit=MAX_COUNT + 1)
    total = sum(counts.values())
    # Of the latest that have the words the statuses are counted: each of them may have more then.
    is_part = job_filter.q is not None and total > MAX_COUNT
    by_status = {status: Count.up_to(MAX_COUNT, counts.get(status, 0)) for status in JobStatus}
    return FoundCounts(
        all=Count.up_to(MAX_COUNT, total),
        by_status={
            status: count.model_copy(update={"is_more": count.is_more or is_part})
            for status, count in by_status.items()
        },
    )


@dataclass(frozen=True)
class Kept:
    """What is kept of a job beside what every client sees."""

    content: JobContent | None
    dispatched_at: datetime | None
    trace_id: str | None
    steps: list[SavedStep]
    events: list[Event]
    last_event: int
    predecessor: UUID | None
    successor: UUID | None


async def kept_of_job(pool: Pool, job_id: UUID) -> Kept | None:
    """Returns what else is kept of a job; None if the caller sees none with this id."""
    async with pool.acquire() as connection:
        row = await queries().job_of_page(connection, job_id=job_id)
        if row is None:
            return None
        return Kept(
            content=_content(row),
            trace_id=row["traceparent"].split("-")[1] if row["traceparent"] else None,
            steps=await _steps(connection, job_id),
            events=await _events(connection, job_id),
            **{name: row[name] for name in ("dispatched_at", "last_event", "predecessor", "successor")},
        )


async def _steps(connection: Connection, job_id: UUID) -> list[SavedStep]:
    rows = queries().steps_of_job(connection, job_id=job_id, limit=MAX_STEPS)
    return [SavedStep(**{**row, "part": row["part"] or None}) async for row in rows]


async def _events(connection: Connection, job_id: UUID) -> list[Event]:
    rows = queries().latest_events(connection, job_id=job_id, limit=MAX_EVENTS)
    return [Event(**row) async for row in rows]


def _content(row: Any) -> JobContent | None:
    context, parameters = row["context"] or {}, row["parameters"] or {}
    if not context:
        return None
    return JobContent(
        text=(context.get("businessContext") or "")[:TEXT_LENGTH],
        instruction=(parameters.get("instruction") or "")[:TEXT_LENGTH] or None,
        industry=context.get("industry"),
        audience=context.get("audience"),
        table_name=row["dataset_name"],
    )


async def last_saved_steps(pool: Pool, job_ids: Sequence[str]) -> dict[str, datetime]:
    """Returns when each of these jobs last saved a step, if it has."""
    rows = queries().last_saved_steps(pool, job_ids=[UUID(job_id) for job_id in job_ids])
    return {str(row["job_id"]): row["saved_at"] async for row in rows}
