"""deckgen turns a table and a brief into a presentation whose every number can be proved."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from deckgen.queue.service import AsyncOrchestrator as AsyncOrchestrator
    from deckgen.worker.embedded import start_worker as start_worker

__all__ = ["AsyncOrchestrator", "start_worker"]


def __getattr__(name: str) -> Any:
    """Load each public name when it is first used, as no part of deckgen needs all of it."""
    if name == "AsyncOrchestrator":
        from deckgen.queue.service import AsyncOrchestrator

        return AsyncOrchestrator
    if name == "start_worker":
        from deckgen.worker.embedded import start_worker

        return start_worker
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
