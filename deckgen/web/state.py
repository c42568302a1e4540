"""The state that the endpoints share, and the ids in their paths."""

import re
from dataclasses import dataclass, field

import structlog
from starlette.requests import Request

from deckgen.bounded.children import Children
from deckgen.config.settings import Settings
from deckgen.domain.access import Caller
from deckgen.domain.documents import is_id
from deckgen.domain.errors import NotFound
from deckgen.domain.jobs import QueueStatus, Readiness
from deckgen.queue.decks import unknown_deck
from deckgen.queue.demand import QueueFigures
from deckgen.queue.service import AsyncOrchestrator
from deckgen.runtime.single_flight import SingleFlight
from deckgen.web.caller_limits import CallerLimits
from deckgen.web.callers import Callers
from deckgen.web.exports import Exports
from deckgen.web.preview_limits import PreviewLimits

STATUS_SECONDS = 1.0


@dataclass(frozen=True)
class State:
    settings: Settings
    decks: AsyncOrchestrator
    callers: Callers
    limits: CallerLimits | None  # of what a caller takes; none where everybody is on this machine
    exports: Exports
    readers: Children
    previews: PreviewLimits
    queue_status: SingleFlight[QueueStatus] = field(
        default_factory=lambda: SingleFlight(STATUS_SECONDS)
    )
    pages: dict[str, bytes] = field(default_factory=dict)  # of the reference, by their paths
    queue_figures: SingleFlight[QueueFigures] = field(
        default_factory=lambda: SingleFlight(STATUS_SECONDS)
    )
    readiness: SingleFlight[Readiness] = field(default_factory=lambda: SingleFlight(STATUS_SECONDS))


def state(request: Request) -> State:
    shared: State = request.app.state.shared
    return shared


def caller(request: Request) -> Caller:
    """Returns who makes the request, of a route that needs a scope."""
    known: Caller = request.scope["state"]["caller"]
    return known


def decks(request: Request) -> AsyncOrchestrator:
    """Returns what the caller sees and may change."""
    return state(request).decks.acting_for(caller(request))


def job_id(request: Request) -> str:
    """Returns the job's id in the URL, and names it in the log from here on."""
    value: str = request.path_params["job_id"]
    structlog.contextvars.bind_contextvars(jobId=value)
    return value


def deck_id(request: Request) -> str:
    """Returns the deck's id in the URL, and names it in the log; NotFound if it is no id."""
    value: str = request.path_params["deck_id"]
    if not is_id(value):
        raise unknown_deck(value)
    structlog.contextvars.bind_contextvars(deckId=value)
    return value


def ids_of_path(request: Request) -> dict[str, str]:
    """Returns the ids in the URL by their names in JSON; NotFound if one is no id."""
    ids = {}
    for name, value in request.path_params.items():
        noun, _, _ = name.partition("_")
        if name == "deck_id":
            deck_id(request)
        elif not is_id(value):
            raise NotFound(f"There is no {noun} {value!r}.", code=f"{noun}_not_found")
        ids[f"{noun}Id"] = value
    return ids


def version_number(request: Request, name: str = "number") -> int:
    """Returns the number of a version in the URL; NotFound if it is no number."""
    value: str = request.path_params[name]
    if not re.fullmatch("[0-9]{1,18}", value):
        raise NotFound(f"There is no version {value!r}.", code="version_not_found")
    return int(value)
