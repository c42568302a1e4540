"""What the endpoints share."""

import re
from dataclasses import dataclass, field

import structlog
from starlette.requests import Request

from deckgen.bounded.children import Children
from deckgen.config.settings import Settings
from deckgen.domain.documents import is_id
from deckgen.domain.errors import NotFound
from deckgen.domain.jobs import QueueStatus, Readiness
from deckgen.queue.service import AsyncOrchestrator, unknown_deck
from deckgen.runtime.single_flight import Recent
from deckgen.web.exports import Exports

STATUS_SECONDS = 1.0


@dataclass(frozen=True)
class State:
    settings: Settings
    decks: AsyncOrchestrator
    exports: Exports
    readers: Children
    queue_status: Recent[QueueStatus] = field(default_factory=lambda: Recent(STATUS_SECONDS))
    readiness: Recent[Readiness] = field(default_factory=lambda: Recent(STATUS_SECONDS))


def state(request: Request) -> State:
    shared: State = request.app.state.shared
    return shared


def job_id(request: Request) -> str:
    """The job in the URL; what is logged of the request from here on names it."""
    value: str = request.path_params["job_id"]
    structlog.contextvars.bind_contextvars(jobId=value)
    return value


def deck_id(request: Request) -> str:
    """The deck in the URL, named in the log as well; NotFound if no deck can be called so."""
    value: str = request.path_params["deck_id"]
    if not is_id(value):
        raise unknown_deck(value)
    structlog.contextvars.bind_contextvars(deckId=value)
    return value


def ids_of_path(request: Request) -> dict[str, str]:
    """The ids in the URL, by their names in JSON; NotFound if nothing can be called so."""
    ids = {}
    for name, value in request.path_params.items():
        noun, _, _ = name.partition("_")
        if name == "deck_id":
            deck_id(request)
        elif not is_id(value):
            raise NotFound(f"There is no {noun} {value!r}.", code=f"{noun}_not_found")
        ids[f"{noun}Id"] = value
    return ids


def version_number(request: Request) -> int:
    """The number of a former deck in the URL; NotFound if it is none."""
    value: str = request.path_params["number"]
    if not re.fullmatch("[0-9]{1,18}", value):
        raise NotFound(f"There is no version {value!r}.", code="version_not_found")
    return int(value)
