"""The search for jobs, and the change of all that match."""

from typing import Any, TypeVar

from deckgen.domain.access import Caller
from deckgen.domain.cursors import Cursor
from deckgen.domain.errors import Conflict, InvalidRequest
from deckgen.domain.finding import (
    Action,
    BulkResult,
    FindRequest,
    FoundJobs,
    JobFilter,
    ManyRequest,
    Preview,
    PriorityManyRequest,
)
from deckgen.domain.jobs import JobStatus
from deckgen.domain.requests import parse
from deckgen.queue.bulk_changes import BulkChanges
from deckgen.store import away, finding
from deckgen.store import pool as store
from deckgen.store.finding import Match

MAX_MATCHES = 250_000  # of one request: more jobs than may wait by default
PREVIEWED_JOBS = 10

F = TypeVar("F", bound=JobFilter)


async def find(database: store.Database, caller: Caller, request: FindRequest) -> FoundJobs:
    """Returns a page of the caller's jobs that match, the newest first."""
    request = of_caller(request, caller)
    query = request.digest
    before = Cursor.decoded(request.cursor, query) if request.cursor is not None else None
    async with away.database():
        places = await finding.find(
            database.service, caller.tenant, request, before, limit=request.limit + 1
        )
        page = places[: request.limit]
        jobs = await finding.briefly(database.acting_for(caller), [place.job_id for place in page])
    is_last = len(places) == len(page)
    return FoundJobs(jobs=jobs, next_cursor=None if is_last else page[-1].encoded(query))


async def change_many(
    database: store.Database, caller: Caller, bulk_changes: BulkChanges, action: Action, body: Any
) -> Preview | BulkResult:
    """Do `action` to all the caller's jobs that match now, if the request says their number.

    Jobs that come to match later are left alone.
    """
    request: ManyRequest
    priority = None
    if action is Action.PRIORITY:
        request = wanted = parse(PriorityManyRequest, body)
        priority = wanted.priority
    else:
        request = parse(ManyRequest, body)
    statuses = _statuses(action, request)
    job_filter = JobFilter.model_validate(
        {name: getattr(request, name) for name in request.given_fields}
    )
    job_filter = of_caller(job_filter.model_copy(update={"status": statuses}), caller)
    async with away.database():
        matches = await finding.match(
            database.service, caller.tenant, job_filter, limit=MAX_MATCHES + 1
        )
        if len(matches) > MAX_MATCHES:
            raise InvalidRequest(
                f"More than {MAX_MATCHES:,} jobs match. Narrow the filter, for example by user.",
                code="too_many_matches",
            )
        if request.dry_run:
            first = [match.job_id for match in matches[:PREVIEWED_JOBS]]
            jobs = await finding.briefly(database.acting_for(caller), first)
            return Preview(count=len(matches), jobs=jobs)
    _check_count(request, matches)
    return await bulk_changes.change(action, matches, statuses, priority=priority)


def of_caller(job_filter: F, caller: Caller) -> F:
    """Returns the filter, within the user that the caller is bound to."""
    if caller.user_id is None:
        return job_filter
    if job_filter.user is not None:
        caller.require_user(job_filter.user)
    return job_filter.model_copy(update={"user": caller.user_id})


def _statuses(action: Action, request: ManyRequest) -> tuple[JobStatus, ...]:
    """Returns the statuses of the filter; InvalidRequest if the action does not apply to one."""
    for status in request.status or ():
        if status not in action.statuses:
            possible = ", ".join(action.statuses)
            raise InvalidRequest(
                f"Jobs that are {status} can't be changed by {action}. Use a status of: {possible}.",
                code="status_not_possible",
            )
    return request.status or action.statuses


def _check_count(request: ManyRequest, matches: list[Match]) -> None:
    if len(matches) != request.count:
        raise Conflict(
            f"{len(matches)} jobs match now, but count says {request.count}, so nothing was changed. "
            "Look at the jobs with dryRun, and send the count that it returns.",
            code="count_mismatch",
        )
