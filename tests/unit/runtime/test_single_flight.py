"""What is asked for several times is done once."""

import asyncio

import pytest

from deckgen.runtime.single_flight import SingleFlight
from tests.patience import PATIENCE_SECONDS


class Work:
    """Counts its executions; waits for `go_on`, and fails for as long as `fails` says."""

    def __init__(self, *, fails: int = 0) -> None:
        self.executions, self.fails = 0, fails
        self.started, self.go_on = asyncio.Event(), asyncio.Event()

    async def __call__(self) -> int:
        self.executions += 1
        self.started.set()
        await self.go_on.wait()
        if self.executions <= self.fails:
            raise ValueError("failed")
        return self.executions


async def test_it_is_not_done_again() -> None:
    """What is done for one is there for all who ask for the same, at the same time or just after."""
    recent, work = SingleFlight[int](keep_seconds=60), Work()
    asking = [asyncio.create_task(recent.once("k", work)) for _ in range(3)]
    await work.started.wait()
    work.go_on.set()
    assert [*await asyncio.gather(*asking), await recent.once("k", work)] == [1] * 4
    assert await recent.once("other", work) == 2


async def test_it_need_not_be_kept() -> None:
    """Then only those share it who ask while it is done."""
    recent, work = SingleFlight[int](keep_seconds=0), Work()
    work.go_on.set()
    assert await asyncio.gather(*(recent.once("k", work) for _ in range(2))) == [1, 1]
    assert await recent.once("k", work) == 2


async def test_it_is_not_kept_for_long() -> None:
    """Who asks later has it done again."""
    recent, work = SingleFlight[int](keep_seconds=0.01), Work()
    work.go_on.set()
    async with asyncio.timeout(PATIENCE_SECONDS):
        while await recent.once("k", work) == 1:  # noqa: ASYNC110 - its end sets no event
            await asyncio.sleep(0.01)
    assert work.executions == 2


async def test_what_is_forgotten_is_done_anew() -> None:
    """Also while it is done for others: who asks from then on does not get what is older."""
    recent, work = SingleFlight[int](keep_seconds=60), Work()
    earlier = asyncio.create_task(recent.once("k", work))
    await work.started.wait()
    recent.forget("k")
    later = asyncio.create_task(recent.once("k", work))
    await asyncio.sleep(0)
    work.go_on.set()
    await asyncio.gather(earlier, later)
    assert work.executions == 2
    await recent.once("k", work)
    assert work.executions == 2


async def test_errors_are_not_kept() -> None:
    """Work that failed is done again for the next who asks."""
    recent, work = SingleFlight[int](keep_seconds=60), Work(fails=1)
    work.go_on.set()
    with pytest.raises(ValueError, match="failed"):
        await recent.once("k", work)
    assert await recent.once("k", work) == 2


async def test_who_goes_away_stops_nothing() -> None:
    """A cancelled caller leaves the work to the others that wait for it."""
    recent, work = SingleFlight[int](keep_seconds=60), Work()
    first, second = (asyncio.create_task(recent.once("k", work)) for _ in range(2))
    await work.started.wait()
    first.cancel()
    work.go_on.set()
    assert await second == 1
    assert work.executions == 1


async def test_what_is_not_to_go_on_alone() -> None:
    """It goes on for as long as one waits for it; then it ends, and who asks next has it done anew."""
    recent, work = SingleFlight[int](keep_seconds=60, alone=False), Work()
    first, second = (asyncio.create_task(recent.once("k", work)) for _ in range(2))
    await work.started.wait()
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    assert not second.done()
    second.cancel()
    await asyncio.gather(second, return_exceptions=True)
    work.go_on.set()
    assert await recent.once("k", work) == 2
