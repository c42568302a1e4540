"""Jobs found in PostgreSQL by their fields and by words, each through indexes."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from deckgen.domain.cursors import Cursor
from deckgen.domain.finding import JobBrief, JobFilter
from deckgen.domain.jobs import JobError, JobStatus
from deckgen.store.pool import Connection, Pool
from deckgen.store.queries import queries

# A walk through the newest jobs soon finds words that many jobs have, of which the index would list
# all. Words that so many jobs do not have are rare, or old: then the index is asked.
STRIDES = (200, 1_800, 6_000)
RARE = 5_000  # jobs, which the index finds sooner than such a walk


@dataclass(frozen=True)
class Match:
    """A job that matched, and the number of its last event at that moment."""

    job_id: UUID
    last_event: int


async def find(
    pool: Pool, tenant: str, job_filter: JobFilter, before: Cursor | None, *, limit: int
) -> list[Cursor]:
    """Returns the places of the tenant's next jobs that match, the newest first.

    The pool is the service's: row security would keep the index of words from being used.
    """
    async with _planned_anew(pool) as connection:
        search = _Search(connection, tenant, job_filter)
        places: list[Cursor] = []
        for stride in await search.strides(limit):
            rows = await search.walk(before, stride)
            places += [_place(row) for row in rows if row["is_found"]]
            if not job_filter.q or len(places) >= limit or not rows or rows[-1]["number"] < stride:
                return places[:limit]
            before = _place(rows[-1])
        return places + [_place(row) for row in await search.index(before, limit - len(places))]


class _Search:
    """The statements that search for a filter; words alone need no look at the jobs."""

    def __init__(self, connection: Connection, tenant: str, job_filter: JobFilter) -> None:
        self._connection, self._where = connection, _where(tenant, job_filter)
        self._is_of_words = "q" in job_filter.given_fields and set(job_filter.given_fields) <= {
            "q",
            "since",
        }
        if self._is_of_words:
            self._where = {name: self._where[name] for name in ("tenant", "q", "since")}

    async def strides(self, limit: int) -> Sequence[int]:
        """Returns how many jobs to walk through, stride by stride, before the index is asked."""
        if self._where["q"] is None:
            return (limit,)
        if self._is_of_words:
            return STRIDES
        where = {"tenant": self._where["tenant"], "q": self._where["q"]}
        (explained,) = await queries().expect_words(self._connection, **where)
        return STRIDES if explained["Plan"]["Plan Rows"] > RARE else STRIDES[:1]

    async def walk(self, before: Cursor | None, limit: int) -> list[Any]:
        walk = queries().walk_words if self._is_of_words else queries().walk_jobs
        return await self._rows(walk, before, limit)

    async def index(self, before: Cursor | None, limit: int) -> list[Any]:
        search = queries().search_words if self._is_of_words else queries().search_jobs
        return await self._rows(search, before, limit)

    async def _rows(self, statement: Any, before: Cursor | None, limit: int) -> list[Any]:
        rows = statement(self._connection, **self._where, **_after(before), limit=limit)
        return [row async for row in rows]


async def match(pool: Pool, tenant: str, job_filter: JobFilter, *, limit: int) -> list[Match]:
    """Returns the tenant's jobs that match, the newest first, at most `limit`; pool as in `find`."""
    async with _planned_anew(pool) as connection:
        rows = queries().match_jobs(connection, **_where(tenant, job_filter), limit=limit)
        return [Match(row["id"], row["last_event"]) async for row in rows]


async def count(pool: Pool, tenant: str, job_filter: JobFilter, *, limit: int) -> dict[str, int]:
    """Returns how many of the tenant's jobs match by status, words aside, each at most `limit`."""
    where = _where(tenant, job_filter)
    named = ("tenant", "code", "codes", "user_id", "deck_id", "since")
    async with _planned_anew(pool) as connection:
        rows = queries().count_found_jobs(
            connection, **{name: where[name] for name in named}, limit=limit
        )
        return {row["status"]: row["jobs"] async for row in rows}


async def briefly(pool: Pool, job_ids: Sequence[UUID]) -> list[JobBrief]:
    """Returns these jobs as a list shows them, the newest first."""
    return [_brief(row) async for row in queries().jobs_in_brief(pool, job_ids=list(job_ids))]


@asynccontextmanager
async def _planned_anew(pool: Pool) -> AsyncIterator[Connection]:
    """A transaction that plans each statement anew: a plan for any values would read all jobs."""
    async with pool.acquire() as connection:
        await plan_anew(connection)
        yield connection


async def plan_anew(connection: Connection) -> None:
    """Have each statement of the transaction planned for its values, and not compiled."""
    await connection.execute("SET LOCAL plan_cache_mode = force_custom_plan; SET LOCAL jit = off")


def _where(tenant: str, job_filter: JobFilter) -> dict[str, Any]:
    codes = list(job_filter.code or ())
    statuses = set(job_filter.status or JobStatus)
    if codes:
        statuses.discard(JobStatus.COMPLETED)  # has no error
    return {
        "tenant": tenant,
        "q": job_filter.q,
        "statuses": sorted(statuses),
        # A single code is a constant, so that its index is in order of time.
        "code": codes[0] if len(codes) == 1 else None,
        "codes": codes if len(codes) > 1 else None,
        "user_id": job_filter.user,
        "deck_id": job_filter.deck,
        "since": job_filter.since_time,
    }


def _after(place: Cursor | None) -> dict[str, datetime | UUID | None]:
    if place is None:
        return {"before": None, "before_id": None}
    return {"before": place.created_at, "before_id": place.job_id}


def _place(row: Any) -> Cursor:
    return Cursor(row["created_at"], row["id"])


def _brief(row: Any) -> JobBrief:
    copied = ("deck_id", "user_id", "kind", "status", "priority", "attempts")
    times = ("created_at", "started_at", "finished_at", "run_after", "dismissed_at")
    code, message = row["error_code"], row["error_message"]
    return JobBrief(
        job_id=str(row["id"]),
        error=JobError(code=code, message=message) if code is not None else None,
        brief=_first_words(row["brief"]),
        **{name: row[name] for name in copied + times},
    )


def _first_words(text: str | None, limit: int = 120) -> str | None:
    if not text:
        return None
    words = " ".join(text.split())
    if len(words) <= limit:
        return words
    return (words[:limit].rpartition(" ")[0] or words[:limit]) + "…"


@dataclass(frozen=True)
class LockedJob:
    """A job that is locked, as it is by then."""

    deck_id: str
    changes_deck: bool
    status: JobStatus
    last_event: int
    is_purged: bool
    is_dismissed: bool
    deck_has_open_job: bool
    deck_is_newer: bool


async def lock(connection: Connection, job_ids: Sequence[UUID]) -> dict[UUID, LockedJob]:
    """Lock the jobs that exist and that nobody else is changing, until the transaction ends."""
    rows = queries().lock_matched_jobs(connection, job_ids=list(job_ids))
    return {row["id"]: _standing(row) async for row in rows}


async def wait_for(connection: Connection, job_id: UUID, *, seconds: float) -> None:
    """Lock a job that somebody is changing; LockNotAvailableError if it takes longer than `seconds`."""
    await connection.execute(f"SET LOCAL lock_timeout = {int(seconds * 1000)}")
    await queries().lock_job(connection, job_id=job_id)


def _standing(row: Any) -> LockedJob:
    copied = ("deck_id", "changes_deck", "last_event", "deck_has_open_job", "deck_is_newer")
    return LockedJob(
        status=JobStatus(row["status"]),
        is_purged=row["purged_at"] is not None,
        is_dismissed=row["dismissed_at"] is not None,
        **{name: row[name] for name in copied},
    )
