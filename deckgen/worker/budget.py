"""The budget of a job: no call to the model begins that could exceed its request's limits."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager

from deckgen.domain.model_calls import CallOfStep, ModelPolicy, UpperBound


class Budget:
    """The limits of a policy, and the calls that `paid` returns as paid for so far."""

    def __init__(self, policy: ModelPolicy, paid: Callable[[], Iterable[CallOfStep]]) -> None:
        self._policy, self._paid = policy, paid
        self._begun: list[UpperBound] = []
        self._ended = asyncio.Condition()

    @asynccontextmanager
    async def room(self, upper_bound: UpperBound) -> AsyncIterator[bool]:
        """Yields True if a call of at most `upper_bound` fits; waits if it may fit later.

        Its room is reserved while the block runs: each call in flight may take its upper bound.
        """
        async with self._ended:
            await self._ended.wait_for(lambda: self._fits(upper_bound) or not self._begun)
            fits = self._fits(upper_bound)
            if fits:
                self._begun.append(upper_bound)
        try:
            yield fits
        finally:
            if fits:
                async with self._ended:
                    self._begun.remove(upper_bound)
                    self._ended.notify_all()

    def _fits(self, upper_bound: UpperBound) -> bool:
        paid = list(self._paid())
        upper_bounds = [*self._begun, upper_bound]
        tokens = sum(call.tokens_in + call.tokens_out for call in paid)
        return _within(
            self._policy.max_tokens, tokens, [bound.tokens for bound in upper_bounds]
        ) and _within(
            self._policy.max_cost,
            sum(call.cost or 0.0 for call in paid),
            [bound.cost for bound in upper_bounds],
        )


def _within(limit: float | None, paid: float, amounts: Iterable[float | None]) -> bool:
    """True if all fits the limit; an amount without a known price fits none."""
    if limit is None:
        return True
    known = list(amounts)
    return None not in known and paid + sum(amount or 0.0 for amount in known) <= limit
