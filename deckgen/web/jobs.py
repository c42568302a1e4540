"""Jobs: request a deck, ask how far it is, ask how the queue is."""

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from deckgen.domain.job_kind import JobKind
from deckgen.domain.requests import JobRequest, PriorityRequest, parse
from deckgen.web.bodies import small_body
from deckgen.web.documents import Document
from deckgen.web.state import ids_of_path, job_id, state
from deckgen.web.uploads import read_with_table

QUEUE = "queue"  # there is one only


def request_of(kind: JobKind) -> Callable[[Request], Awaitable[Response]]:
    """Returns the endpoint that takes requests for a kind of job: 202, and the job's id."""

    async def endpoint(request: Request) -> Response:
        ids = ids_of_path(request)
        wanted = _wanted(kind, await _values(request, kind), ids)
        structlog.contextvars.bind_contextvars(deckId=wanted.deck_id)
        submitted = await state(request).decks.submit(wanted, request.headers.get("idempotency-key"))
        location = {"Location": submitted.status_url}
        return JSONResponse(submitted.to_json(), status_code=202, headers=location)

    endpoint.__doc__ = kind.description
    return endpoint


async def _values(request: Request, kind: JobKind) -> Any:
    if kind.takes_table:
        return await read_with_table(request, kind, state(request).settings, state(request).readers)
    return await small_body(request)


def _wanted(kind: JobKind, values: Any, ids: dict[str, str]) -> JobRequest:
    """The request, whole: what was posted, and the ids of its path."""
    body = parse(kind.body, values)
    return body if kind.body is kind.request else parse(kind.request, body.to_json() | ids)


async def job(request: Request) -> Response:
    """One job: status, progress by step, attempts, times and error, and what a model wrote of its deck.

    Of a job that ended long ago only status, times and error are kept (`purgedAt` says since when), and
    later nothing: 404. Its deck stays.
    """
    found = await state(request).decks.get_job_status(job_id(request))
    return Document(found, headers={"Cache-Control": "no-store"})


async def change(request: Request) -> Response:
    """Change the priority of a job that waits: `{"priority": 9}`. 409 if it runs or is over."""
    body = parse(PriorityRequest, await small_body(request))
    changed = await state(request).decks.change_priority(job_id(request), body.priority)
    return JSONResponse(changed.to_json())


async def cancel(request: Request) -> Response:
    """End a job that waits, is delayed or runs. 409 if it has ended otherwise."""
    cancelled = await state(request).decks.cancel_job(job_id(request))
    return JSONResponse(cancelled.to_json())


async def retry(request: Request) -> Response:
    """Run a failed job again, from its checkpoints.

    409 if it has not failed or has none left, or was to change a deck that has changed since.
    """
    job = await state(request).decks.retry_job(job_id(request))
    return JSONResponse(job.to_json(), status_code=202)


async def dismiss(request: Request) -> Response:
    """Say of a failed job that nothing is to be done about it: it is kept no longer than others.

    It stays failed, and can still be retried. 409 if it has not failed.
    """
    dismissed = await state(request).decks.dismiss_job(job_id(request))
    return JSONResponse(dismissed.to_json())


async def pause(request: Request) -> Response:
    """Start nothing more, in any process; what runs goes on, and requests are accepted."""
    await state(request).decks.pause_queue()
    state(request).queue_status.forget(QUEUE)
    return await queue_status(request)


async def resume(request: Request) -> Response:
    """Start what waits."""
    await state(request).decks.resume_queue()
    state(request).queue_status.forget(QUEUE)
    return await queue_status(request)


async def queue_status(request: Request) -> Response:
    """Jobs by status and whether the queue is healthy: 503 with reasons when it is not.

    It is looked at once a second, however many ask.
    """
    shared = state(request)
    status = await shared.queue_status.once(QUEUE, shared.decks.get_queue_status)
    return Document(status, status_code=200 if status.healthy else 503)
