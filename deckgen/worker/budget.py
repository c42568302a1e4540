"""The budget of a job: no call to the model begins that could go beyond what its request allows."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager

from deckgen.domain.model_calls import CallOfStep, ModelPolicy, UpperBound


class Budget:
    """`paid` gives the calls that were paid for so far."""

    def __init__(self, policy: ModelPolicy, paid: Callable[[], Iterable[CallOfStep]]) -> None:
        self._policy, self._paid = policy, paid
        self._begun: list[UpperBound] = []
        self._ended = asyncio.Condition()

    @asynccontextmanager
    async def room(self, most: UpperBound) -> AsyncIterator[bool]:
        """Whether a call that takes `most` still fits; if it may fit later, it is waited for.

        Room is kept for it while the block runs: calls in flight may each take the most that they can.
        """
        async with self._ended:
            await self._ended.wait_for(lambda: self._fits(most) or not self._begun)
            fits = self._fits(most)
            if fits:
                self._begun.append(most)
        try:
            yield fits
        finally:
            if fits:
                async with self._ended:
                    self._begun.remove(most)
                    self._ended.notify_all()

    def _fits(self, most: UpperBound) -> bool:
        paid = list(self._paid())
        all_most = [*self._begun, most]
        tokens = sum(call.tokens_in + call.tokens_out for call in paid)
        return _within(self._policy.max_tokens, tokens, [one.tokens for one in all_most]) and _within(
            self._policy.max_cost,
            sum(call.cost or 0.0 for call in paid),
            [one.cost for one in all_most],
        )


def _within(limit: float | None, paid: float, more: Iterable[float | None]) -> bool:
    """What has no known price fits no limit of costs."""
    if limit is None:
        return True
    listed = list(more)
    return None not in listed and paid + sum(one or 0.0 for one in listed) <= limit
