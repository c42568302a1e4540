"""Jobs: request a deck, ask how far it is, ask how the queue is."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from deckgen.web.state import state
from deckgen.web.uploads import read_generate_request


async def generate(request: Request) -> Response:
    """Request a deck. Answers at once with 202 and the id of the job that makes it.

    The body is JSON, or multipart/form-data with the CSV as the file `csvData` and `context` as JSON
    text. A deck whose job is not over yet keeps that job: the answer has its id and `existing: true`.
    """
    submitted = await state(request).decks.submit(
        await read_generate_request(request, state(request).settings)
    )
    return JSONResponse(
        submitted.to_json(), status_code=202, headers={"Location": submitted.status_url}
    )


async def job(request: Request) -> Response:
    """One job: status, progress by step, attempts, times and error."""
    found = await state(request).decks.get_job_status(request.path_params["job_id"])
    return JSONResponse(found.to_json(), headers={"Cache-Control": "no-store"})


async def queue_status(request: Request) -> Response:
    """Jobs by status and whether the queue is healthy: 503 with reasons when it is not."""
    status = await state(request).decks.get_queue_status()
    return JSONResponse(status.to_json(), status_code=200 if status.healthy else 503)
