"""deckgen turns a table and a brief into a presentation whose every number can be proved."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from deckgen.client.http import Client as Client
    from deckgen.domain.access import Caller as Caller
    from deckgen.domain.access import Scope as Scope
    from deckgen.http.problems import error_handlers as error_handlers
    from deckgen.queue.service import AsyncOrchestrator as AsyncOrchestrator
    from deckgen.worker.embedded import start_worker as start_worker

# Where each public name is.
PUBLIC = {
    "AsyncOrchestrator": "deckgen.queue.service",
    "Caller": "deckgen.domain.access",
    "Client": "deckgen.client.http",
    "Scope": "deckgen.domain.access",
    "error_handlers": "deckgen.http.problems",
    "start_worker": "deckgen.worker.embedded",
}
__all__ = ["AsyncOrchestrator", "Caller", "Client", "Scope", "error_handlers", "start_worker"]


def __getattr__(name: str) -> Any:
    """Load each public name when it is first used, as no part of deckgen needs all of it."""
    if name in PUBLIC:
        return getattr(import_module(PUBLIC[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
