"""Requests of each caller within any minute, counted in this process.

Two fixed windows stand for the one that slides: what was counted in the last one weighs as much of it
as still lies within the minute. The library `limits` costs as much as the request itself: its storage
starts a thread to forget, and its asynchronous one walks through all callers for each request.
"""

import math
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass

SECONDS = 60


@dataclass
class _Counts:
    window: int
    now: int = 0
    before: int = 0


@dataclass(frozen=True)
class Quota:
    """What is left of a caller's requests, and in how many seconds there are more."""

    is_exceeded: bool
    left: int
    seconds: int


class RequestRate:
    """Counts at most `most` requests a minute of each caller."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock = most, clock
        self._counts: dict[Hashable, _Counts] = {}
        self._window = 0

    def count(self, caller: Hashable) -> Quota:
        """Count a request, unless it is one too many."""
        window, passed = divmod(self._clock(), SECONDS)
        counts = self._of(caller, int(window))
        weighed = counts.now + counts.before * (1 - passed / SECONDS)
        is_exceeded = weighed + 1 > self._most
        if not is_exceeded:
            counts.now += 1
            weighed += 1
        left = max(0, math.floor(self._most - weighed))
        return Quota(is_exceeded, left, math.ceil(SECONDS - passed))

    def _of(self, caller: Hashable, window: int) -> _Counts:
        if window != self._window:
            self._window = window
            # Callers who have not come for two windows are forgotten.
            self._counts = {
                each: counts for each, counts in self._counts.items() if counts.window >= window - 1
            }
        counts = self._counts.setdefault(caller, _Counts(window))
        if counts.window != window:
            before = counts.now if counts.window == window - 1 else 0
            counts.window, counts.now, counts.before = window, 0, before
        return counts
