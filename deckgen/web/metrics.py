"""What Prometheus reads of an API: its requests, and the whole queue."""

from starlette.requests import Request
from starlette.responses import Response

from deckgen.domain.errors import Unavailable
from deckgen.http import metrics as door
from deckgen.queue.demand import Collected
from deckgen.web.state import state

FIGURES = "figures"  # there is one only


async def metrics(request: Request) -> Response:
    """Get the figures of this process and of the queue, for Prometheus.

    The database is asked at most once a second, however many ask. Who has METRICS_TOKEN may read them
    or, where that is not set, who is on this machine.
    """
    shared = state(request)
    door.require_reader(request, shared.settings.metrics_token)
    try:
        figures = await shared.queue_figures.once(FIGURES, shared.decks.get_figures)
    except Unavailable:
        figures = None
    return door.answer(request, Collected(figures))
