"""Jobs: request a deck, ask how far it is, ask how the queue is."""

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from deckgen.domain.requests import PriorityRequest, ReviseRequest, RevisionRequest, parse
from deckgen.web.bodies import small_body
from deckgen.web.documents import Document
from deckgen.web.state import deck_id, job_id, slide_id, state
from deckgen.web.uploads import read_generate_request

QUEUE = "queue"  # there is one only


async def generate(request: Request) -> Response:
    """Request a deck. Answers at once with 202 and the id of the job that makes it.

    The body is JSON with the text of a CSV as `csvData`, or multipart/form-data with `context` as JSON
    text and the table as the file `csvData`: CSV, XLSX or Parquet, which its content tells. A deck
    whose job is not over yet keeps that job: the answer has its id and `existing: true`. So has a
    request with an Idempotency-Key that its user has sent before, while that job is kept.
    """
    shared = state(request)
    body = await read_generate_request(request, shared.settings, shared.readers)
    structlog.contextvars.bind_contextvars(deckId=body.deck_id)
    submitted = await shared.decks.submit(body, request.headers.get("idempotency-key"))
    return JSONResponse(
        submitted.to_json(), status_code=202, headers={"Location": submitted.status_url}
    )


async def revise(request: Request) -> Response:
    """Have one slide of a completed deck written anew, by an instruction in the user's own words.

    A job like any other: 202 with its id. The slide keeps its chart and its proof, and the former deck
    is kept under /versions. 404 without deck or slide, 422 for a slide that no model words, 409 while
    another job is at work on the deck; the job fails if no model is configured, or if what it writes is
    refused, and the deck stays as it was.
    """
    path = {"deckId": deck_id(request), "slideId": slide_id(request)}
    given = parse(ReviseRequest, await small_body(request))
    body = parse(RevisionRequest, given.to_json() | path)
    submitted = await state(request).decks.revise(body, request.headers.get("idempotency-key"))
    return JSONResponse(
        submitted.to_json(), status_code=202, headers={"Location": submitted.status_url}
    )


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

    409 if it has not failed or has none left, or was to revise a deck that has changed since.
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
