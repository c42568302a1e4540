"""The time for which PostgreSQL has answered this process without a break.

A lease that ran out while the database answered nobody says nothing against the job or its worker.
"""

import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from deckgen.store.away import AWAY

T = TypeVar("T")


class DatabaseOutages:
    """Watches statements: one that fails, or takes longer than `patience` seconds, is a break."""

    def __init__(self, patience: float) -> None:
        self.patience = patience
        self._breaks = False
        self._since: float | None = None

    async def watch(self, call: Callable[[], Awaitable[T]]) -> T:
        """Returns the result of the call, and remembers a break."""
        began = time.monotonic()
        try:
            result = await call()
        except AWAY:
            self._breaks = True
            raise
        if self._breaks or time.monotonic() - began > self.patience:
            self._since, self._breaks = time.monotonic(), False
        return result

    @property
    def seconds_since_break(self) -> float | None:
        """The seconds since the last break: 0 while it lasts, None if there was none."""
        if self._breaks:
            return 0.0
        return None if self._since is None else time.monotonic() - self._since
