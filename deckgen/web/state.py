"""What the endpoints share."""

from dataclasses import dataclass, field

import structlog
from starlette.requests import Request

from deckgen.bounded.children import Children
from deckgen.domain.jobs import QueueStatus
from deckgen.queue.client import AsyncOrchestrator
from deckgen.recent import Recent
from deckgen.settings import Settings
from deckgen.web.exports import Exports

STATUS_SECONDS = 1.0


@dataclass(frozen=True)
class State:
    settings: Settings
    decks: AsyncOrchestrator
    exports: Exports
    readers: Children
    queue_status: Recent[QueueStatus] = field(default_factory=lambda: Recent(STATUS_SECONDS))


def state(request: Request) -> State:
    shared: State = request.app.state.shared
    return shared


def job_id(request: Request) -> str:
    """The job in the URL; what is logged of the request from here on names it."""
    value: str = request.path_params["job_id"]
    structlog.contextvars.bind_contextvars(jobId=value)
    return value


def deck_id(request: Request) -> str:
    """The deck in the URL, named in the log as well."""
    value: str = request.path_params["deck_id"]
    structlog.contextvars.bind_contextvars(deckId=value)
    return value
