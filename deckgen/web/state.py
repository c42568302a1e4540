"""What the endpoints share."""

from dataclasses import dataclass

from starlette.requests import Request

from deckgen.queue.client import AsyncOrchestrator
from deckgen.settings import Settings


@dataclass(frozen=True)
class State:
    settings: Settings
    decks: AsyncOrchestrator


def state(request: Request) -> State:
    shared: State = request.app.state.shared
    return shared
