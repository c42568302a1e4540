"""deckgen turns a table and a brief into a presentation whose every number can be proved."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from deckgen.client.answers import AnswerNotUnderstood as AnswerNotUnderstood
    from deckgen.client.answers import GenerationFailed as GenerationFailed
    from deckgen.client.awaited import AsyncClient as AsyncClient
    from deckgen.client.http import Client as Client
    from deckgen.domain.access import Caller as Caller
    from deckgen.domain.access import Scope as Scope
    from deckgen.domain.errors import Conflict as Conflict
    from deckgen.domain.errors import DeckgenError as DeckgenError
    from deckgen.domain.errors import InvalidRequest as InvalidRequest
    from deckgen.domain.errors import NotAllowed as NotAllowed
    from deckgen.domain.errors import NotFound as NotFound
    from deckgen.domain.errors import TooLarge as TooLarge
    from deckgen.domain.errors import TooManyJobs as TooManyJobs
    from deckgen.domain.errors import TooManyRequests as TooManyRequests
    from deckgen.domain.errors import Unauthenticated as Unauthenticated
    from deckgen.domain.errors import Unavailable as Unavailable
    from deckgen.domain.errors import UnreadableData as UnreadableData
    from deckgen.http.problems import error_handlers as error_handlers
    from deckgen.queue.service import AsyncOrchestrator as AsyncOrchestrator
    from deckgen.worker.embedded import start_worker as start_worker

# The public names by the modules that they are in; type checkers read those above.
PLACES = {
    "deckgen.client.answers": ["AnswerNotUnderstood", "GenerationFailed"],
    "deckgen.client.awaited": ["AsyncClient"],
    "deckgen.client.http": ["Client"],
    "deckgen.domain.access": ["Caller", "Scope"],
    "deckgen.domain.errors": [
        "Conflict",
        "DeckgenError",
        "InvalidRequest",
        "NotAllowed",
        "NotFound",
        "TooLarge",
        "TooManyJobs",
        "TooManyRequests",
        "Unauthenticated",
        "Unavailable",
        "UnreadableData",
    ],
    "deckgen.http.problems": ["error_handlers"],
    "deckgen.queue.service": ["AsyncOrchestrator"],
    "deckgen.worker.embedded": ["start_worker"],
}
PUBLIC = {name: module for module, names in PLACES.items() for name in names}
__all__ = [*PUBLIC]  # noqa: PLE0604 - they are strings


def __getattr__(name: str) -> Any:
    """Load each public name when it is first used, as no part of deckgen needs all of it."""
    if name in PUBLIC:
        return getattr(import_module(PUBLIC[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
