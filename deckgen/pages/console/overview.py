"""The console's first page: how the queue stands."""

from starlette.requests import Request
from starlette.responses import Response

from deckgen.pages.shell import page
from deckgen.web.jobs import QUEUE
from deckgen.web.state import caller, state


async def show(request: Request) -> Response:
    """Show the jobs by status, and why the queue is not healthy, if it is not."""
    caller(request).require_operator()
    shared = state(request)
    status = await shared.queue_status.once(QUEUE, shared.decks.get_queue_status)
    return page(request, "console/overview.html", queue=status, counts=status.jobs.model_dump())
