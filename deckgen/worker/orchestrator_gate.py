"""The gate to the orchestrator: while it is closed, a worker begins no job.

A job that was begun while no steps are served would fail through no fault of its own. One probe asks
for all jobs of a worker, less and less often; a job whose call breaks closes the gate for all.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable

from deckgen.domain.errors import OutageError
from deckgen.observability.logs import get_logger

log = get_logger(__name__)

FIRST_SECONDS, MOST_SECONDS = 0.1, 5.0  # between two probes


class OrchestratorGate:
    """Open at first; `ready` raises OutageError if no steps can be served.

    `opened` is awaited whenever the gate opens again.
    """

    def __init__(
        self, ready: Callable[[], Awaitable[None]], opened: Callable[[], Awaitable[None]]
    ) -> None:
        self._ready, self._opened = ready, opened
        self._closed = asyncio.Event()
        self._wait = 0.0
        self.reason = ""

    @property
    def is_open(self) -> bool:
        return not self._closed.is_set()

    def close(self, reason: str) -> None:
        """Close the gate until a probe succeeds."""
        if self.is_open:
            log.warning("orchestrator.away", reason=reason)
        self.ask(reason)

    def ask(self, reason: str) -> None:
        """Close the gate when nothing is known to be wrong, as at the start of a worker."""
        self.reason = reason
        self._closed.set()

    def passed(self) -> None:
        """Record that a step was served: the next outage is a new one."""
        self._wait = 0.0

    async def keep(self) -> None:
        """Open the gate again whenever a probe succeeds, for ever."""
        while True:
            await self._closed.wait()
            # A server that says it is ready, but takes no step, is asked less and less often too.
            await asyncio.sleep(self._wait * random.uniform(0.5, 1.0))  # noqa: S311 - spreads load
            self._wait = min(MOST_SECONDS, max(FIRST_SECONDS, 2 * self._wait))
            await self._probe()

    async def _probe(self) -> None:
        try:
            await self._ready()
        except OutageError as error:
            self.reason = error.message
        except Exception:
            log.exception("worker.bug")
        else:
            self.reason = ""
            self._closed.clear()
            log.info("orchestrator.ready")
            await self._opened()
