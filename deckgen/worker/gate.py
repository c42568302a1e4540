"""Whether steps can be served: no job is begun while the orchestrator can't do its part.

A job that was begun then would fail through no fault of its own. One probe asks for all jobs of a
worker, less and less often; whoever has a call broken shuts the gate for all.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable

from deckgen.domain.errors import OutageError
from deckgen.observability.logs import get_logger

log = get_logger(__name__)

FIRST_SECONDS, MOST_SECONDS = 0.1, 5.0  # between two probes


class Gate:
    """Open at first. `ready` returns if steps can be served, and raises an OutageError if not.

    `opened` is awaited whenever it opens again.
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
        """Until the next probe that succeeds."""
        if self.is_open:
            log.warning("orchestrator.away", reason=reason)
        self.ask(reason)

    def ask(self, reason: str) -> None:
        """As `close`, when nothing is known to be wrong: at the start of a worker."""
        self.reason = reason
        self._closed.set()

    def passed(self) -> None:
        """A step was served: the next outage is a new one."""
        self._wait = 0.0

    async def keep(self) -> None:
        """Open it again whenever that is right, for ever."""
        while True:
            await self._closed.wait()
            # A server that says it is ready, and takes no step, is asked less and less often too.
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
