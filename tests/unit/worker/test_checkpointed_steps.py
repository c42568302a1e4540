"""Steps that go on at the same time: all of them are waited for, and then the gravest error counts."""

import asyncio

import pytest

from deckgen.domain.errors import RetryableError
from deckgen.store.leases import LeaseLostError
from deckgen.worker.checkpointed_steps import DrainedError, all_of


async def fails(error: Exception) -> None:
    raise error


async def test_what_is_paid_for_is_waited_for() -> None:
    """A step in flight is not cancelled because another one has failed."""
    go_on, saved = asyncio.Event(), []

    async def slow() -> None:
        await go_on.wait()
        saved.append("slow")

    running = asyncio.create_task(all_of(fails(RetryableError("no")), slow()))
    go_on.set()
    with pytest.raises(RetryableError):
        await running
    assert saved == ["slow"]


@pytest.mark.parametrize(
    ("several", "gravest"),
    [
        ((RetryableError("no"), DrainedError()), DrainedError),
        ((RetryableError("no"), DrainedError(), LeaseLostError("job")), LeaseLostError),
    ],
)
async def test_the_gravest_error_counts(
    several: tuple[Exception, ...], gravest: type[Exception]
) -> None:
    """A lost lease ends all; a drain gives the job back, whatever else went wrong beside it."""
    with pytest.raises(gravest):
        await all_of(*(fails(error) for error in several))


async def test_results_come_in_order() -> None:
    """As they were asked for, whichever is first."""

    async def gives(value: int, turns: int) -> int:
        for _ in range(turns):
            await asyncio.sleep(0)
        return value

    assert await all_of(gives(1, 3), gives(2, 0)) == [1, 2]
