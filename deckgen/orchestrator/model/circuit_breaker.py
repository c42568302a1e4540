"""A circuit breaker: a provider that is down is not called, so that jobs don't wait for time-outs.

Each process has its own.
"""

import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Literal

from deckgen.observability.logs import get_logger

log = get_logger(__name__)

LAST_CALLS = 20
TRIAL_SECONDS = 1.0  # when to look again whether a trial that is under way has ended

State = Literal["closed", "open", "half-open"]


class CircuitOpen(Exception):
    """The provider was not called; it may be after `retry_after` seconds."""

    def __init__(self, provider: str, retry_after: float) -> None:
        super().__init__(
            f"{provider} failed again and again: it is not called for {retry_after:.1f} seconds."
        )
        self.retry_after = retry_after


class Breaker:
    """A breaker that opens after `threshold` outages, if they are at least half of the last calls.

    While it is open, calls are refused for so many seconds. Calls made together also time out together,
    so some outages in a row among many answers mean nothing. Then it is half-open: one call goes
    through, and its outcome closes the breaker or opens it again.
    """

    def __init__(
        self,
        provider: str,
        outages: tuple[type[Exception], ...],
        *,
        threshold: int = 5,
        seconds: float = 30.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._provider, self._outages = provider, outages
        self._threshold, self._seconds, self._clock = threshold, seconds, clock
        self._outcomes: deque[bool] = deque(maxlen=LAST_CALLS)  # true for each outage
        self._open_until: float | None = None  # by the clock; None while it is closed
        self._trying = False

    @property
    def state(self) -> State:
        if self._open_until is None:
            return "closed"
        return "half-open" if self._trying or self._clock() >= self._open_until else "open"

    @asynccontextmanager
    async def call(self) -> AsyncIterator[None]:
        """Guard a call; CircuitOpen if it must not be made.

        An outage counts against the provider. Any other end counts for it, since a refusal is an
        answer. A cancellation counts for nothing, so a deadline belongs inside, where it is an outage.
        """
        trial = self._admit()
        try:
            yield
        except Exception as error:
            self._ended(trial=trial, outage=isinstance(error, self._outages))
            raise
        else:
            self._ended(trial=trial, outage=False)
        finally:
            if trial:
                self._trying = False

    def _admit(self) -> bool:
        """Returns true if the call is a trial; CircuitOpen if it must not be made."""
        if self._open_until is None:
            return False
        if self._trying:
            raise CircuitOpen(self._provider, TRIAL_SECONDS)
        if (seconds_left := self._open_until - self._clock()) > 0:
            raise CircuitOpen(self._provider, seconds_left)
        self._trying = True
        return True

    def _ended(self, *, trial: bool, outage: bool) -> None:
        if not trial and self._open_until is not None:
            return  # the call began before the breaker opened, so its outcome is out of date
        self._outcomes.append(outage)
        if trial and not outage:
            self._outcomes.clear()
            self._open_until = None
            log.info("breaker.closed", provider=self._provider)
        elif trial or (outage and self._is_down()):
            self._open_until = self._clock() + self._seconds
            log.warning("breaker.opened", provider=self._provider, outages=sum(self._outcomes))

    def _is_down(self) -> bool:
        outages = sum(self._outcomes)
        return outages >= self._threshold and 2 * outages >= len(self._outcomes)
