"""Endpoints of jobs and of the queue: request a deck, ask how far it is, change it."""

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from deckgen.domain.job_kind import JobKind
from deckgen.domain.requests import JobRequest, PriorityRequest, parse
from deckgen.web.bodies import small_body
from deckgen.web.documents import Document, unless_known
from deckgen.web.state import caller, decks, ids_of_path, job_id, state
from deckgen.web.themes import check
from deckgen.web.uploads import read_with_table

QUEUE = "queue"  # there is one only


def request_of(kind: JobKind) -> Callable[[Request], Awaitable[Response]]:
    """Returns the endpoint that takes requests for a kind of job: 202, and the job's id."""

    async def endpoint(request: Request) -> Response:
        ids = ids_of_path(request)
        job_request = _job_request(kind, await _values(request, kind), ids)
        brief = job_request.brief
        check(brief.theme if brief else None, "context.theme")
        structlog.contextvars.bind_contextvars(deckId=job_request.deck_id)
        submitted = await decks(request).submit(job_request, request.headers.get("idempotency-key"))
        location = {"Location": submitted.status_url}
        return JSONResponse(submitted.to_json(), status_code=202, headers=location)

    endpoint.__doc__ = kind.description
    return endpoint


async def _values(request: Request, kind: JobKind) -> Any:
    if kind.takes_table:
        return await read_with_table(
            request, kind.name, state(request).settings, state(request).readers
        )
    return await small_body(request)


def _job_request(kind: JobKind, values: Any, ids: dict[str, str]) -> JobRequest:
    """Returns the whole request: what was posted, with the ids of its path."""
    body = parse(kind.body, values)
    return body if kind.body is kind.request else parse(kind.request, body.to_json() | ids)


async def job(request: Request) -> Response:
    """Get one job: status, progress by step, attempts, times, error, and what a model wrote.

    Long after its end only status, times and error are kept (`purgedAt` says since when), and later
    nothing: 404. The deck stays. With an ETag: 304 if the client has it.
    """
    found_job = await decks(request).get_job_status(job_id(request))
    return unless_known(request, found_job)


async def change(request: Request) -> Response:
    """Change the priority of a waiting job: `{"priority": 9}`. 409 if it runs or is over."""
    body = parse(PriorityRequest, await small_body(request))
    changed = await decks(request).change_priority(job_id(request), body.priority)
    return JSONResponse(changed.to_json())


async def cancel(request: Request) -> Response:
    """Cancel a job that waits, is delayed or runs. 409 if it has ended otherwise."""
    cancelled = await decks(request).cancel_job(job_id(request))
    return JSONResponse(cancelled.to_json())


async def retry(request: Request) -> Response:
    """Retry a failed job, from its checkpoints.

    409 if it has not failed or has no checkpoints left, or if it was to change a deck that has changed
    since.
    """
    job = await decks(request).retry_job(job_id(request))
    return JSONResponse(job.to_json(), status_code=202)


async def dismiss(request: Request) -> Response:
    """Dismiss a failed job: nothing is to be done about it, and it is kept no longer than others.

    It stays failed, and can still be retried. 409 if it has not failed.
    """
    dismissed = await decks(request).dismiss_job(job_id(request))
    return JSONResponse(dismissed.to_json())


async def pause(request: Request) -> Response:
    """Pause the queue: no process starts a job; running jobs go on, and requests are accepted."""
    caller(request).require_operator()
    await decks(request).pause_queue()
    state(request).queue_status.forget(QUEUE)
    return await queue_status(request)


async def resume(request: Request) -> Response:
    """Resume the queue: waiting jobs start again."""
    caller(request).require_operator()
    await decks(request).resume_queue()
    state(request).queue_status.forget(QUEUE)
    return await queue_status(request)


async def workers(request: Request) -> Response:
    """List the workers that live: since when, and what each does and for how long."""
    return Document(await decks(request).get_workers())


async def queue_status(request: Request) -> Response:
    """Get the jobs by status and the health of the queue: 503 with reasons if it is not healthy.

    The status is read at most once a second, however many clients ask.
    """
    caller(request).require_operator()
    shared = state(request)
    status = await shared.queue_status.once(QUEUE, shared.decks.get_queue_status)
    return Document(status, status_code=200 if status.healthy else 503)
