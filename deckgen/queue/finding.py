"""Find jobs, and do the same to many of them: each gets what it would get alone."""

from typing import Any

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
)
from deckgen.domain.jobs import JobStatus
from deckgen.domain.requests import parse
from deckgen.queue.many import Many
from deckgen.store import away, finding
from deckgen.store import pool as store
from deckgen.store.finding import Match

MOST = 250_000  # that are changed by one request: more than may wait by default
PREVIEWED = 10


async def find(database: store.Pool, request: FindRequest) -> FoundJobs:
    """A page of the jobs that match, the newest first."""
    query = request.digest
    before = Cursor.decoded(request.cursor, query) if request.cursor is not None else None
    async with away.database():
        places = await finding.find(database, request, before, most=request.limit + 1)
        page = places[: request.limit]
        jobs = await finding.briefly(database, [place.job_id for place in page])
    is_last = len(places) == len(page)
    return FoundJobs(jobs=jobs, next_cursor=None if is_last else page[-1].encoded(query))


async def change_many(
    database: store.Pool, many: Many, action: Action, body: Any
) -> Preview | BulkResult:
    """Do `action` to all jobs that match now, if they are as many as the request says.

    Those that come to match later are left alone.
    """
    request = parse(ManyRequest, body)
    statuses = _statuses(action, request)
    wanted = JobFilter.model_validate({name: getattr(request, name) for name in request.given_fields})
    wanted = wanted.model_copy(update={"status": statuses})
    async with away.database():
        matches = await finding.match(database, wanted, most=MOST + 1)
        if len(matches) > MOST:
            raise InvalidRequest(
                f"More than {MOST:,} jobs match. Narrow the filter, as by user or since.",
                code="too_many_matches",
            )
        if request.dry_run:
            first = [match.job_id for match in matches[:PREVIEWED]]
            return Preview(count=len(matches), jobs=await finding.briefly(database, first))
    _check_count(request, matches)
    return await many.change(action, matches, statuses)


def _statuses(action: Action, request: ManyRequest) -> tuple[JobStatus, ...]:
    """Those of the filter; InvalidRequest if the action is for none such."""
    for status in request.status or ():
        if status not in action.statuses:
            possible = ", ".join(action.statuses)
            raise InvalidRequest(
                f"There is no {action} for jobs that are {status}: status can be {possible}.",
                code="status_not_possible",
            )
    return request.status or action.statuses


def _check_count(request: ManyRequest, matches: list[Match]) -> None:
    if len(matches) != request.count:
        raise Conflict(
            f"{len(matches)} jobs match now, and count says {request.count}: nothing was changed. Look "
            "at them with dryRun, and send the count that it tells.",
            code="count_mismatch",
        )
