"""The console's first page: how the queue stands, and what came of jobs in the last day."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from deckgen.pages.console import charts
from deckgen.pages.console.frame import console_page, is_operator
from deckgen.pages.shell import root
from deckgen.queue.service import AsyncOrchestrator
from deckgen.web.jobs import QUEUE
from deckgen.web.state import caller, decks, state

MOST_CODES = 3


async def show(request: Request) -> Response:
    """Show the tenant's jobs; to operators also whether the queue is healthy, and why not."""
    return console_page(request, "overview.html", "overview", **await _figures(request))


async def live(request: Request) -> Response:
    """Show the figures alone, as the part of the page that is asked for again and again."""
    return console_page(request, "live.html", "overview", **await _figures(request))


async def pause(request: Request) -> Response:
    """Pause the queue, and lead back."""
    return await _change(request, AsyncOrchestrator.pause_queue)


async def resume(request: Request) -> Response:
    """Resume the queue, and lead back."""
    return await _change(request, AsyncOrchestrator.resume_queue)


async def _change(request: Request, do: Callable[[AsyncOrchestrator], Awaitable[None]]) -> Response:
    caller(request).require_operator()
    await do(decks(request))
    state(request).queue_status.forget(QUEUE)
    return RedirectResponse(f"{root(request)}/console", 303)


async def _figures(request: Request) -> dict[str, Any]:
    shared, queue, workers = state(request), None, None
    if is_operator(caller(request)):
        queue = await shared.queue_status.once(QUEUE, shared.decks.get_queue_status)
        workers = (await decks(request).get_workers()).workers
    told = await decks(request).console.overview()
    series = {
        name: charts.line([getattr(stretch, name) for stretch in told.series])
        for name in ("accepted", "completed", "failed")
    }
    return {
        "queue": queue,
        "workers": workers,
        "told": told,
        "series": series,
        "codes": told.hour.errors[:MOST_CODES],
    }
